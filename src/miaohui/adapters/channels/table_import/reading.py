"""All rows of a table, in the order in which they happened: as columns or as events."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from miaohui.adapters.channels.table_import.directions import Direction
from miaohui.adapters.channels.table_import.encodings import Progress
from miaohui.adapters.channels.table_import.event_rows import events_of
from miaohui.adapters.channels.table_import.fingerprints import Ordinals, with_source_ids
from miaohui.adapters.channels.table_import.grids import LINE, Grid
from miaohui.adapters.channels.table_import.rejects import RejectSink, ignore
from miaohui.adapters.channels.table_import.reply_links import LAYOUT, linked
from miaohui.adapters.channels.table_import.spool import Spool
from miaohui.adapters.channels.table_import.tables import Table, grids_of
from miaohui.adapters.channels.table_import.typed_rows import Typed, typed
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.problems import Problem, ReaderError


def read_frames(
    table: Table,
    reject: RejectSink = ignore,
    *,
    progress: Progress | None = None,
    taken: Progress | None = None,
    start_row: int = 0,
    spool_folder: Path | None = None,
) -> Iterator[pl.DataFrame]:
    """Batches of rows in the columns `shop, channel, conversation, buyer, at, actor, origin,
    account, kind, text, order, source_id, purpose, about, mark, by, rating, media, brief, extra`.

    `at` is Datetime in microseconds, UTC; the others are String, null where blank; `extra` is a
    JSON object of texts. Row order is the order of the log: a file whose instants mostly descend
    is turned round. The whole file is read, and every reject told, before the first batch comes:
    only then is its direction known. `start_row` rows are passed over: those that were taken
    before. `progress` hears bytes read and bytes in all, after that `taken` hears rows handed on
    and rows in all. Raises ReaderError `table.*`.
    """
    with Spool(spool_folder) as spool:
        direction = Direction()
        for rows in typed_rows(table, progress):
            for one in rows.rejects:
                reject(one)
            direction.take(rows.frame.get_column("at"))
            set_aside(spool, rows.frame, table)
        row = start_row
        for frame in handed_on(spool, start_row, is_reversed=direction.is_reversed):
            yield frame
            row += frame.height
            if taken is not None:
                taken(row, spool.rows)


def read_events(
    table: Table,
    reject: RejectSink = ignore,
    *,
    progress: Progress | None = None,
    taken: Progress | None = None,
    start_row: int = 0,
    spool_folder: Path | None = None,
) -> Iterator[Event]:
    """The same rows as events; `seq` is the row's place in the order handed on, from 1."""
    seq = start_row
    frames = read_frames(
        table,
        reject,
        progress=progress,
        taken=taken,
        start_row=start_row,
        spool_folder=spool_folder,
    )
    for frame in frames:
        yield from events_of(frame, seq + 1)
        seq += frame.height


def typed_rows(table: Table, progress: Progress | None = None) -> Iterator[Typed]:
    """The rows of the file in its own order."""
    grids = grids_of(table, progress)
    plan = table.plan
    if plan.layout == LAYOUT:
        plan, grids = linked(plan, lambda: grids_of(table), grids)
    for grid in gathered(grids):
        yield typed(grid, plan, table.terms)


GATHERED_ROWS = 20_000


def gathered(grids: Iterator[Grid]) -> Iterator[Grid]:
    """Small grids put together, so that work on whole columns pays."""
    held: list[Grid] = []
    count = 0
    for grid in grids:
        held.append(grid)
        count += grid.frame.height + len(grid.rejects)
        if count >= GATHERED_ROWS:
            yield together(held)
            held.clear()
            count = 0
    if held:
        yield together(held)


def together(grids: list[Grid]) -> Grid:
    """Several grids as one."""
    frame = pl.concat([grid.frame for grid in grids])
    return Grid(frame, tuple(reject for grid in grids for reject in grid.rejects))


def set_aside(spool: Spool, frame: pl.DataFrame, table: Table) -> None:
    """Keep a batch for later."""
    try:
        spool.add(frame)
    except OSError as error:
        values = {"why": error.strerror or type(error).__name__}
        raise ReaderError(Problem("table.no_room", values, file=str(table.path))) from None


def handed_on(spool: Spool, start_row: int, *, is_reversed: bool) -> Iterator[pl.DataFrame]:
    """The batches in the order of the log, source ids made, the first rows passed over."""
    ordinals = Ordinals()
    row = 0
    for batch in spool.take(is_reversed=is_reversed):
        frame = with_source_ids(batch, ordinals).drop(LINE)
        rest = frame.slice(max(start_row - row, 0)) if row < start_row else frame
        row += frame.height
        if rest.height:
            yield rest
