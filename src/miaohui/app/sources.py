"""Where figures come from: an embedded log, a log as columns, or tables read on the way."""

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import polars as pl

from miaohui.adapters.channels.table_import.event_rows import events_of
from miaohui.adapters.channels.table_import.reading import read_frames
from miaohui.adapters.channels.table_import.rejects import Reject
from miaohui.adapters.channels.table_import.tables import open_table
from miaohui.adapters.storage.parquet.facts import facts_of_frame, read_facts
from miaohui.adapters.storage.parquet.parts import holds_columns, part_files, write_parts
from miaohui.adapters.storage.sqlite.log import SqliteLog
from miaohui.app.wiring import open_embedded_log
from miaohui.domain.analytics.facts import Facts
from miaohui.domain.rules.pack import TableLayout
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.problems import Problem, ReaderError

WORDS_AS_TEXT = pl.col(pl.Categorical).cast(pl.String)
SQLITE_HEADER = b"SQLite format 3\x00"
ReadProgress = Callable[[int, int], None]  # bytes read, bytes in all
RejectOf = Callable[[Path, Reject], None]


@dataclass(frozen=True, slots=True)
class Reading:
    """How tables are read: the layouts we know, what the user mapped, and defaults."""

    layouts: Sequence[TableLayout]
    timezone: str
    mapping: Mapping[str, str] = field(default_factory=dict)
    shop: str | None = None


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
    paths: Sequence[Path], reading: Reading, progress: ReadProgress, reject: RejectOf
) -> Iterator[Source]:
    """Open logs or tables; tables become columns in a temporary folder while they are needed."""
    for path in paths:
        if not path.exists():
            raise ReaderError(Problem("file.missing", {"path": str(path)}))
    if len(paths) == 1 and is_embedded_log(paths[0]):
        with open_embedded_log(paths[0], create=False) as log:
            yield LogSource(log)
    elif len(paths) == 1 and holds_columns(paths[0]):
        yield ColumnsSource(paths[0])
    else:
        folder = Path(tempfile.mkdtemp(prefix="miaohui-"))
        try:
            columns = folder / "columns"
            write_parts(frames_of(paths, reading, progress, reject), columns)
            yield ColumnsSource(columns)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def is_embedded_log(path: Path) -> bool:
    """Whether a file is an SQLite database."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(SQLITE_HEADER)) == SQLITE_HEADER


def frames_of(
    paths: Sequence[Path], reading: Reading, progress: ReadProgress, reject: RejectOf
) -> Iterator[pl.DataFrame]:
    """The rows of tables, one file after the other."""
    everything = sum(path.stat().st_size for path in paths)
    before = 0
    for path in paths:
        table = open_table(path, reading.layouts, reading.mapping, reading.shop, reading.timezone)

        def tell(done: int, _: int, before: int = before) -> None:
            progress(before + done, everything)

        def refuse(rejected: Reject, path: Path = path) -> None:
            reject(path, rejected)

        yield from read_frames(table, refuse, progress=tell)
        before += path.stat().st_size


@dataclass(frozen=True, slots=True)
class ColumnsSource:
    """A log as columns."""

    path: Path

    def facts(self, shops: Sequence[str], with_brief: bool) -> Facts:
        """See Source."""
        return read_facts(self.path, shops, with_brief)

    def conversation(self, name: str) -> Sequence[Event]:
        """See Source."""
        files = part_files(self.path)
        rows = pl.scan_parquet(files).with_row_index("row").filter(pl.col("conversation") == name)
        frame = rows.collect()
        sources = frame["source_id"].to_list()
        about = pl.scan_parquet(files).filter(pl.col("about").is_in(sources)).collect()
        frame = pl.concat([frame.drop("row"), about]).with_columns(WORDS_AS_TEXT)
        return list(events_of(frame.unique(maintain_order=True), 1))

    def events(self) -> Iterator[Event]:
        """See Source."""
        seq = 1
        for file in part_files(self.path):
            frame = pl.read_parquet(file).with_columns(WORDS_AS_TEXT)
            yield from events_of(frame, seq)
            seq += len(frame)

    def named(self, shop: str, channel: str, conversations: Iterable[str]) -> Mapping[str, str]:
        """See Source."""
        _ = shop, channel
        return {conversation: conversation for conversation in conversations}


@dataclass(frozen=True, slots=True)
class LogSource:
    """An embedded log: facts know conversations by pseudonym only."""

    log: SqliteLog

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
