"""Which columns a file has, and which of ours they are."""

from collections.abc import Collection, Mapping, Sequence

import msgspec

from miaohui.adapters.channels.table_import.grids import Row
from miaohui.adapters.channels.table_import.header_problems import (
    has_required,
    no_plan,
    refuse_reports,
    refuse_unknown_columns,
)
from miaohui.adapters.channels.table_import.plans import (
    INTERCHANGE,
    NEEDED,
    OURS,
    PACKED,
    Plan,
    explained,
    named,
    plain,
    unprefixed,
)
from miaohui.domain.rules.pack import TableLayout
from miaohui.domain.vocabulary.problems import Problem, ReaderError


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
    best = max((plan for plan in plans if plan.is_complete), key=preference, default=None)
    refuse_reports(rows, layouts, 0 if best is None else explained(best), file)
    if best is None:
        raise no_plan(rows, plans, mapping, file)
    return best


def plans_of(row: Row, layouts: Sequence[TableLayout], mapping: Mapping[str, str]) -> list[Plan]:
    """Every way to take this row for the headers."""
    headers = named(row.cells)
    own = plan_with(INTERCHANGE, row.line, headers, {}, mapping)
    if own is not None and mapping:
        own = msgspec.structs.replace(own, values=words_of(layouts))
    chats = [
        plan_with(layout.id, row.line, headers, layout.columns, mapping, layout)
        for layout in layouts
        if layout.kind == "chats" and has_required(layout, headers)
    ]
    found = [plan for plan in (own, *chats) if plan is not None]
    return [plan for plan in found if plan.columns]


def words_of(layouts: Sequence[TableLayout]) -> dict[str, dict[str, str]]:
    """Every word for our words that any layout knows, the first layout's first: who maps headers
    by hand should not have to map the cells as well."""
    words: dict[str, dict[str, str]] = {}
    for layout in reversed(layouts):
        for ours, said in layout.values.items():
            words.setdefault(ours, {}).update(said)
    return words


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
    headers: Sequence[str], aliases: Mapping[str, str], taken: Collection[str], used: set[int]
) -> dict[str, int]:
    """Our column → index by alias, then by our own name, then by `payload.` and our own name;
    the first header of a name wins."""
    ours_by_header = {plain(header): ours for header, ours in aliases.items()}
    columns: dict[str, int] = {}
    aliased = [ours_by_header.get(plain(header)) for header in headers]
    for names in (aliased, map(plain, headers), map(unprefixed, headers)):
        for index, ours in enumerate(names):
            is_free = index not in {*used, *columns.values()} and ours not in taken
            if is_free and ours in (*OURS, PACKED):
                columns.setdefault(str(ours), index)
    return columns


def preference(plan: Plan) -> tuple[bool, int]:
    """The interchange table under its own names goes before all layouts; then what explains
    most."""
    own = all(
        name in plan.columns and plain(plan.headers[plan.columns[name]]) == name for name in NEEDED
    )
    return plan.layout == INTERCHANGE and own, explained(plan)
