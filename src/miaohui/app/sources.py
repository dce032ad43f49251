"""Where figures come from: a log, a log as columns, or tables read on the way."""

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Protocol

import polars as pl

from miaohui.adapters.channels.table_import.event_rows import events_of
from miaohui.adapters.channels.table_import.reading import read_frames
from miaohui.adapters.channels.table_import.rejects import Reject
from miaohui.adapters.channels.table_import.tables import open_table
from miaohui.adapters.storage.parquet.facts import facts_of_frame
from miaohui.adapters.storage.parquet.interchange import clean_interchange
from miaohui.adapters.storage.parquet.parts import holds_columns, scanned, typed, write_parts
from miaohui.app.places import Database, Place
from miaohui.app.wiring import OpenLog, open_log_at
from miaohui.domain.analytics.facts import Facts
from miaohui.domain.rules.pack import TableLayout
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.problems import Problem, ReaderError

WORDS_AS_TEXT = pl.col(pl.Categorical).cast(pl.String)
SQLITE_HEADER = b"SQLite format 3\x00"
ReadProgress = Callable[[int, int], None]  # bytes read, bytes in all
RejectOf = Callable[[Path, Sequence[str], Reject], None]  # file, its headers, the row


@dataclass(frozen=True, slots=True)
class Reading:
    """How tables are read: the layouts we know, what the user mapped, and defaults."""

    layouts: Sequence[TableLayout]
    timezone: str
    mapping: Mapping[str, str] = field(default_factory=dict)
    shop: str | None = None
    with_brief: bool = False  # the pack voids perfunctory replies, so their words matter


class Source(Protocol):
    """What a report asks of a log."""

    def facts(self, shops: Sequence[str], with_brief: bool) -> Facts:
        """The facts of some shops, or of all if none is named."""
        ...

    def conversation(self, name: str) -> Sequence[Event]:
        """Every event of the conversations of that name."""
        ...

    def events(self) -> Iterator[Event]:
        """Every event in the order of the log."""
        ...

    def named(self, shop: str, channel: str, conversations: Iterable[str]) -> Mapping[str, str]:
        """The readable name of conversations as the facts name them."""
        ...


@contextmanager
def opened(
    places: Sequence[Place], reading: Reading, progress: ReadProgress, reject: RejectOf
) -> Iterator[Source]:
    """Open logs or tables; tables become columns in a temporary folder while they are needed."""
    if len(places) == 1 and is_log(places[0]):
        with open_log_at(places[0], create=False) as log:
            yield LogSource(log)
        return
    paths = [file_of(place) for place in places]
    if len(paths) == 1 and (columns := as_columns(paths[0], reading)) is not None:
        yield ColumnsSource(columns)
    else:
        folder = Path(tempfile.mkdtemp(prefix="miaohui-"))
        try:
            write_parts(frames_of(paths, reading, progress, reject), folder / "columns")
            yield ColumnsSource(scanned(folder / "columns"))
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def is_log(place: Place) -> bool:
    """Whether a log lies here, as opposed to a table or to columns."""
    return isinstance(place, Database) or is_embedded_log(place)


def is_embedded_log(path: Path) -> bool:
    """Whether a file is an SQLite database."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(SQLITE_HEADER)) == SQLITE_HEADER


def file_of(place: Place) -> Path:
    """A table or a log as columns. Raises ReaderError `file.is_log`, `file.missing`."""
    if isinstance(place, Database):
        raise ReaderError(Problem("file.is_log", {"path": str(place)}))
    if not place.exists():
        raise ReaderError(Problem("file.missing", {"path": str(place)}))
    return place


def frames_of(
    paths: Sequence[Path], reading: Reading, progress: ReadProgress, reject: RejectOf
) -> Iterator[pl.DataFrame]:
    """The rows of tables, one file after the other."""
    for path in paths:
        if path.is_dir():
            raise ReaderError(Problem("file.is_folder", {"path": str(path)}))
        if is_embedded_log(path):
            raise ReaderError(Problem("file.is_log", {"path": str(path)}))
    everything = sum(path.stat().st_size for path in paths)
    before = 0
    for path in paths:
        table = open_table(path, reading.layouts, reading.mapping, reading.shop, reading.timezone)

        def tell(done: int, _: int, before: int = before) -> None:
            progress(before + done, everything)

        yield from read_frames(table, partial(reject, path, table.headers), progress=tell)
        before += path.stat().st_size


def as_columns(path: Path, reading: Reading) -> pl.LazyFrame | None:
    """A log as columns, or a Parquet table clean enough to be read as one."""
    if holds_columns(path):
        return scanned(path)
    if path.suffix.lower() != ".parquet" or reading.mapping or reading.shop or reading.with_brief:
        return None
    return clean_interchange(path)


@dataclass(frozen=True, slots=True)
class ColumnsSource:
    """A log as columns."""

    log: pl.LazyFrame

    def facts(self, shops: Sequence[str], with_brief: bool) -> Facts:
        """See Source."""
        chosen = self.log
        if shops:
            chosen = chosen.filter(pl.col("shop").cast(pl.String).is_in(list(shops)))
        return facts_of_frame(chosen, with_brief)

    def conversation(self, name: str) -> Sequence[Event]:
        """See Source: with what became of its messages, wherever that was written down."""
        own = self.log.filter(pl.col("conversation").cast(pl.String) == name)
        ids = own.select(pl.col("source_id").cast(pl.String)).collect()["source_id"]
        about = pl.col("about").cast(pl.String).is_in(ids.to_list())
        chosen = self.log.filter((pl.col("conversation").cast(pl.String) == name) | about)
        return list(events_of(_complete(chosen), 1))

    def events(self) -> Iterator[Event]:
        """See Source."""
        yield from events_of(_complete(self.log), 1)

    def named(self, shop: str, channel: str, conversations: Iterable[str]) -> Mapping[str, str]:
        """See Source."""
        _ = shop, channel
        return {conversation: conversation for conversation in conversations}


def _complete(log: pl.LazyFrame) -> pl.DataFrame:
    """Every column of the interchange table, as text."""
    return typed(log.with_columns(WORDS_AS_TEXT).collect())


@dataclass(frozen=True, slots=True)
class LogSource:
    """A log: facts know conversations by pseudonym only."""

    log: OpenLog

    def facts(self, shops: Sequence[str], with_brief: bool) -> Facts:
        """See Source."""
        batches = [
            pl.DataFrame(each._asdict(), schema_overrides=COLUMN_KINDS)
            for each in self.log.read_facts(shops or None)
        ]
        frame = pl.concat(batches) if batches else pl.DataFrame(schema=COLUMN_KINDS)
        instants = pl.col("at").cast(pl.Datetime("us", "UTC"))
        return facts_of_frame(frame.lazy().with_columns(instants), with_brief)

    def conversation(self, name: str) -> Sequence[Event]:
        """See Source."""
        return [
            event
            for shop, channel in self.log.stores()
            for event in self.log.conversation_events(shop, channel, name)
        ]

    def events(self) -> Iterator[Event]:
        """See Source."""
        for shop in self.log.shops():
            yield from self.log.read(shop)

    def named(self, shop: str, channel: str, conversations: Iterable[str]) -> Mapping[str, str]:
        """See Source."""
        return self.log.names(shop, channel, conversations)


COLUMN_KINDS: dict[str, type[pl.DataType]] = {
    "shop": pl.String,
    "channel": pl.String,
    "conversation": pl.String,
    "at": pl.Int64,
    "actor": pl.String,
    "origin": pl.String,
    "account": pl.String,
    "kind": pl.String,
    "purpose": pl.String,
    "mark": pl.String,
    "about": pl.String,
    "brief": pl.String,
    "source_id": pl.String,
    "seq": pl.Int64,
}
