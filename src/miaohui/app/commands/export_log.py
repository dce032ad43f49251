"""`miaohui export`: a log written back as the interchange table."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import cast

import polars as pl

from miaohui.adapters.channels.table_export.tables import Format, write_events, write_frames
from miaohui.adapters.storage.parquet.parts import holds_columns, part_files
from miaohui.app.commands.answers import one_of
from miaohui.app.language import say
from miaohui.app.places import Database, Place
from miaohui.app.sources import is_log
from miaohui.app.wiring import OpenLog, open_log_at
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.problems import Problem, ReaderError

FORMATS = ("csv", "xlsx", "jsonl", "parquet")


def export_log(source: Place, target: Path, format_: str | None, shops: Sequence[str]) -> None:
    """Write the events of a log, of some shops or of all, in the order of time."""
    ending = format_ or target.suffix.lstrip(".").lower()
    chosen = cast(Format, one_of(ending, "--format", FORMATS))
    if is_log(source):
        with open_log_at(source, create=False) as log:
            rows = write_events(_events(log, shops), target, chosen)
    elif isinstance(source, Database) or not source.exists():
        raise ReaderError(Problem("file.missing", {"path": str(source)}))
    elif holds_columns(source):
        rows = write_frames(_frames(source, shops), target, chosen)
    else:
        raise ReaderError(Problem("export.not_a_log", {"path": str(source)}))
    sys.stdout.write(say("export.done", {"rows": f"{rows:,}", "path": target}) + "\n")


def _events(log: OpenLog, shops: Sequence[str]) -> Callable[[], Iterable[Event]]:
    def events() -> Iterator[Event]:
        for shop in shops or log.shops():
            yield from log.read_by_time(shop)

    return events


def _frames(source: Path, shops: Sequence[str]) -> Callable[[], Iterable[pl.DataFrame]]:
    words = [pl.col(pl.Categorical).cast(pl.String)]

    def frames() -> Iterator[pl.DataFrame]:
        log = pl.scan_parquet(part_files(source)).with_columns(words)
        if shops:
            log = log.filter(pl.col("shop").is_in(list(shops)))
        in_time = log.sort("at", maintain_order=True).collect()
        yield from in_time.iter_slices(100_000)

    return frames
