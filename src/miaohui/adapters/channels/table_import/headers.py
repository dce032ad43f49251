"""Which columns a file has, and which of ours they are."""

import unicodedata
from collections.abc import Mapping, Sequence

import msgspec

from miaohui.adapters.channels.table_import.grids import Row
from miaohui.adapters.channels.table_import.rejects import shown
from miaohui.domain.rules.pack import TableLayout
from miaohui.domain.vocabulary.interchange import COLUMNS, PAYLOAD_COLUMNS
from miaohui.domain.vocabulary.problems import Problem, ReaderError

INTERCHANGE = "interchange"
REPLY_LINKED = "twitter_support"  # its rows say who talks with whom only by their links
EXTRA = "extra"
OURS = (*COLUMNS, *PAYLOAD_COLUMNS, EXTRA)
NEEDED = ("at", "actor")
PERSONS = ("conversation", "buyer")
INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060"))


class Plan(msgspec.Struct, frozen=True):
    """How the columns of a file become ours.

    `line`: where the headers stand. `columns`: ours → index in the file. `extras`: names and
    indexes of the columns kept beside. `values`: ours → word in the file → our word. A row
    whose first filled cell is one of `skip_rows` is no row. `layout`: `interchange`, `mapping`
    or the id of the pack's layout.
    """

    layout: str
    line: int
    headers: tuple[str, ...]
    columns: dict[str, int]
    extras: tuple[tuple[str, int], ...]
    constants: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}
    skip_rows: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether every row could become an event."""
        if self.layout == REPLY_LINKED:
            return True
        known = self.columns.keys() | self.constants.keys()
        return all(name in known for name in NEEDED) and any(name in known for name in PERSONS)


def plan_of(
    rows: Sequence[Row], layouts: Sequence[TableLayout], mapping: Mapping[str, str], file: str
) -> Plan:
    """How to read a file, by its first rows.

    The row and the layout that explain most columns win, the interchange table before a pack's
    layout. Raises ReaderError: `table.empty`, `mapping.*`, `table.report`,
    `table.columns_missing`, `table.unknown`.
    """
    refuse_unknown_columns(mapping)
    if not rows:
        raise ReaderError(Problem("table.empty", file=file))
    plans = [plan for row in rows for plan in plans_of(row, layouts, mapping)]
    best = max((plan for plan in plans if plan.is_complete), key=explained, default=None)
    refuse_reports(rows, layouts, 0 if best is None else explained(best), file)
    if best is None:
        raise no_plan(rows, plans, mapping, file)
    return best


def plans_of(row: Row, layouts: Sequence[TableLayout], mapping: Mapping[str, str]) -> list[Plan]:
    """Every way to take this row for the headers."""
    headers = named(row.cells)
    own = plan_with(INTERCHANGE, row.line, headers, {}, mapping)
    chats = [
        plan_with(layout.id, row.line, headers, layout.columns, mapping, layout)
        for layout in layouts
        if layout.kind == "chats" and has_required(layout, headers)
    ]
    found = [plan for plan in (own, *chats) if plan is not None]
    return [plan for plan in found if plan.columns]


def plan_with(
    name: str,
    line: int,
    headers: tuple[str, ...],
    aliases: Mapping[str, str],
    mapping: Mapping[str, str],
    layout: TableLayout | None = None,
) -> Plan | None:
    """The plan of one layout with the reader's mapping on top; None if a mapped header is not
    here."""
    constants = {ours: text[1:] for ours, text in mapping.items() if text.startswith("=")}
    wanted = {ours: plain(text) for ours, text in mapping.items() if not text.startswith("=")}
    places = {plain(header): index for index, header in reversed(list(enumerate(headers)))}
    if not set(wanted.values()) <= places.keys():
        return None
    mapped = {ours: places[header] for ours, header in wanted.items()}
    columns = recognised(headers, aliases, taken=mapping.keys(), used=set(mapped.values())) | mapped
    extras = tuple((h, i) for i, h in enumerate(headers) if i not in columns.values())
    fixed = {} if layout is None else dict(layout.constants)
    constants = {k: v for k, v in (fixed | constants).items() if k in constants or k not in columns}
    if layout is None:
        return Plan(name, line, headers, columns, extras, constants)
    rows = layout.skip_rows
    return Plan(name, line, headers, columns, extras, constants, layout.values, rows)


def recognised(
    headers: Sequence[str], aliases: Mapping[str, str], taken: object, used: set[int]
) -> dict[str, int]:
    """Our column → index by alias, then by our own name; the first header of a name wins."""
    ours_by_header = {plain(header): ours for header, ours in aliases.items()}
    columns: dict[str, int] = {}
    for index, header in enumerate(headers):
        ours = ours_by_header.get(plain(header))
        if ours in OURS and index not in used and ours not in taken:  # type: ignore[operator]
            columns.setdefault(ours, index)
    for index, header in enumerate(headers):
        ours = plain(header)
        if ours in OURS and index not in {*used, *columns.values()} and ours not in taken:  # type: ignore[operator]
            columns.setdefault(ours, index)
    return columns


def named(cells: Sequence[str]) -> tuple[str, ...]:
    """Headers without trailing blanks, each with a name of its own."""
    filled = [index for index, cell in enumerate(cells) if plain(cell)]
    names: dict[str, None] = {}
    for index, cell in enumerate(cells[: filled[-1] + 1] if filled else ()):
        name = cell if plain(cell) else f"column_{index + 1}"
        names[name if name not in names else free_name(name, names)] = None
    return tuple(names)


def free_name(name: str, names: Mapping[str, None]) -> str:
    """A name that is not among the names."""
    number = 2
    while f"{name}_{number}" in names:
        number += 1
    return f"{name}_{number}"


def plain(header: str) -> str:
    """A header as it is compared: without case, width, invisible characters and outer blanks."""
    visible = header.translate(INVISIBLE)
    return unicodedata.normalize("NFKC", visible).strip().casefold()


def explained(plan: Plan) -> int:
    """How many columns of the file a plan knows."""
    return len(plan.columns)


def has_required(layout: TableLayout, headers: Sequence[str]) -> bool:
    """Whether all headers (or columns of ours) that a layout insists on are here."""
    present = {plain(header) for header in headers}
    ours = {to for header, to in layout.columns.items() if plain(header) in present}
    return all(plain(name) in present or name in ours for name in layout.required)


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
    if nearest is not None and explained(nearest) >= 2:
        values = {"missing": ", ".join(missing_of(nearest)), "found": found}
        return ReaderError(Problem("table.columns_missing", values, file=file, line=nearest.line))
    return ReaderError(Problem("table.unknown", {"found": found}, file=file, line=widest.line))


def missing_of(plan: Plan) -> list[str]:
    """The columns a plan still needs."""
    known = plan.columns.keys() | plan.constants.keys()
    persons = [] if any(name in known for name in PERSONS) else [" | ".join(PERSONS)]
    return [name for name in NEEDED if name not in known] + persons
