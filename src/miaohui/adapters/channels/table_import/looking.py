"""A dry run: what would be read from a file, without taking anything in."""

from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path

import msgspec
import polars as pl

from miaohui.adapters.channels.table_import.directions import Direction
from miaohui.adapters.channels.table_import.event_rows import events_of
from miaohui.adapters.channels.table_import.fingerprints import Ordinals, with_source_ids
from miaohui.adapters.channels.table_import.reading import typed_rows
from miaohui.adapters.channels.table_import.rejects import Reject
from miaohui.adapters.channels.table_import.tables import Table, open_table
from miaohui.domain.rules.pack import TableLayout
from miaohui.domain.vocabulary.events import Event

LOOKED_AT_ROWS = 10_000
SHOWN_EVENTS = 5


class Look(msgspec.Struct, frozen=True):
    """What a file is and how it would be read.

    `columns`: ours → header in the file or `=constant`; `kept_beside`: the other headers.
    `rows` readable ones and `rejects` among the first LOOKED_AT_ROWS rows or so; `is_whole`: the
    file has no more than those. `events`: the first ones in the order of the log, as far as seen.
    """

    path: Path
    format: str
    encoding: str | None
    separator: str | None
    sheet: str | None
    layout: str
    header_line: int
    columns: dict[str, str]
    kept_beside: tuple[str, ...]
    timezone: str
    is_reversed: bool
    rows: int
    is_whole: bool
    events: tuple[Event, ...]
    rejects: tuple[Reject, ...]


def look(
    path: Path,
    layouts: Sequence[TableLayout],
    mapping: Mapping[str, str],
    shop: str | None,
    timezone: str,
) -> Look:
    """Open a file and read its first rows; raises as `tables.open_table`."""
    table = open_table(path, layouts, mapping, shop, timezone)
    frames: list[pl.DataFrame] = []
    rejects: list[Reject] = []
    rows = typed_rows(table)
    is_whole = True
    for batch in rows:
        frames.append(batch.frame)
        rejects += batch.rejects
        if sum(frame.height for frame in frames) + len(rejects) >= LOOKED_AT_ROWS:
            is_whole = next(rows, None) is None
            break
    return seen(table, frames, tuple(rejects), is_whole=is_whole)


def seen(
    table: Table, frames: Sequence[pl.DataFrame], rejects: tuple[Reject, ...], *, is_whole: bool
) -> Look:
    """What the first rows tell."""
    direction = Direction()
    for frame in frames:
        direction.take(frame.get_column("at"))
    plan = table.plan
    return Look(
        path=table.path,
        format=table.format,
        encoding=None if table.encoding is None else table.encoding.name,
        separator=table.separator,
        sheet=None if table.sheet is None else table.sheet.name,
        layout=plan.layout,
        header_line=plan.line,
        columns={ours: plan.headers[index] for ours, index in plan.columns.items()}
        | {ours: f"={text}" for ours, text in plan.constants.items()},
        kept_beside=tuple(name for name, _ in plan.extras),
        timezone=table.terms.timezone,
        is_reversed=direction.is_reversed,
        rows=sum(frame.height for frame in frames),
        is_whole=is_whole,
        events=first_events(frames, is_reversed=direction.is_reversed),
        rejects=rejects,
    )


def first_events(frames: Sequence[pl.DataFrame], *, is_reversed: bool) -> tuple[Event, ...]:
    """The first events of the rows seen."""
    if not frames:
        return ()
    whole = pl.concat(frames)
    ordered = whole.reverse() if is_reversed else whole
    return tuple(islice(events_of(with_source_ids(ordered, Ordinals()), 1), SHOWN_EVENTS))
