"""What to say of a file whose columns are not those of a chat log."""

from collections.abc import Mapping, Sequence

from miaohui.adapters.channels.table_import.grids import Row
from miaohui.adapters.channels.table_import.plans import (
    NEEDED,
    OURS,
    PERSONS,
    Plan,
    explained,
    named,
    plain,
)
from miaohui.adapters.channels.table_import.rejects import shown
from miaohui.domain.rules.pack import TableLayout
from miaohui.domain.vocabulary.problems import Problem, ReaderError


def refuse_unknown_columns(mapping: Mapping[str, str]) -> None:
    """Raise ReaderError `mapping.column_unknown` for what is no column of ours."""
    problems = [
        Problem("mapping.column_unknown", {"name": name, "known": ", ".join(OURS[:-1])})
        for name in mapping
        if name not in OURS[:-1]
    ]
    if problems:
        raise ReaderError(*problems)


def refuse_reports(
    rows: Sequence[Row], layouts: Sequence[TableLayout], explained_by_chats: int, file: str
) -> None:
    """Raise ReaderError `table.report` if a known report explains the file better."""
    for row in rows:
        headers = named(row.cells)
        present = {plain(header) for header in headers}
        for layout in layouts:
            score = sum(plain(header) in present for header in layout.columns)
            is_report = layout.kind == "report" and has_required(layout, headers)
            if is_report and score > max(explained_by_chats, 0 if layout.required else 2):
                values = {"zh": layout.label.zh, "en": layout.label.en, "id": layout.id}
                raise ReaderError(Problem("table.report", values, file=file, line=row.line))


def has_required(layout: TableLayout, headers: Sequence[str]) -> bool:
    """Whether all headers (or columns of ours) that a layout insists on are here."""
    present = {plain(header) for header in headers}
    ours = {to for header, to in layout.columns.items() if plain(header) in present}
    return all(plain(name) in present or name in ours for name in layout.required)


def no_plan(
    rows: Sequence[Row], plans: Sequence[Plan], mapping: Mapping[str, str], file: str
) -> ReaderError:
    """What to say when no row explains the file."""
    widest = max(rows, key=lambda row: len(named(row.cells)))
    found = ", ".join(shown(name) for name in named(widest.cells)[:40])
    absent = [text for text in mapping.values() if not text.startswith("=")]
    present = {plain(name) for row in rows for name in named(row.cells)}
    lost = [text for text in absent if plain(text) not in present]
    if lost:
        values = {"headers": ", ".join(lost), "found": found}
        return ReaderError(Problem("mapping.header_unknown", values, file=file))
    nearest = max(plans, key=explained, default=None)
    if nearest is not None and is_near(nearest):
        values = {"missing": ", ".join(missing_of(nearest)), "found": found}
        return ReaderError(Problem("table.columns_missing", values, file=file, line=nearest.line))
    return ReaderError(Problem("table.unknown", {"found": found}, file=file, line=widest.line))


def is_near(plan: Plan) -> bool:
    """Whether the row is a row of headers, only not of all that are needed."""
    return explained(plan) >= 2 and any(name in plan.columns for name in NEEDED)


def missing_of(plan: Plan) -> list[str]:
    """The columns a plan still needs."""
    known = plan.columns.keys() | plan.constants.keys()
    persons = [] if any(name in known for name in PERSONS) else [" | ".join(PERSONS)]
    return [name for name in NEEDED if name not in known] + persons
