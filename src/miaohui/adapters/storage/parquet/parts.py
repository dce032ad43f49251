"""The columns of a log: a folder of Parquet part files in log order, or one Parquet file."""

from collections.abc import Iterable
from pathlib import Path

import polars as pl

from miaohui.domain.vocabulary.interchange import COLUMNS, PAYLOAD_COLUMNS
from miaohui.domain.vocabulary.problems import Problem, ReaderError

MARK = "miaohui.columns"  # key of the file metadata that says the columns are typed as below
MARK_VERSION = "1"
WORDS = ("shop", "channel", "actor", "origin", "account", "kind", "purpose", "mark")
INSTANT = pl.Datetime("us", "UTC")
PART_ROWS = 500_000
FACT_COLUMNS = (
    "shop",
    "channel",
    "conversation",
    "at",
    "actor",
    "origin",
    "account",
    "kind",
    "source_id",
    "purpose",
    "mark",
    "about",
    "brief",
)


def write_parts(frames: Iterable[pl.DataFrame], folder: Path, part_rows: int = PART_ROWS) -> int:
    """Write typed frames of the interchange table as part files; how many rows there were.

    Raises ReaderError when the folder already holds anything.
    """
    if folder.exists() and any(folder.iterdir()):
        raise ReaderError(Problem("columns.folder_not_empty", {"folder": str(folder)}))
    folder.mkdir(parents=True, exist_ok=True)
    gathered: list[pl.DataFrame] = []
    written = waiting = part = 0
    for frame in frames:
        gathered.append(frame)
        waiting += len(frame)
        if waiting >= part_rows:
            write_part(pl.concat(gathered), folder / f"part-{part:05d}.parquet")
            gathered.clear()
            written, waiting, part = written + waiting, 0, part + 1
    if gathered or part == 0:
        frame = pl.concat(gathered) if gathered else typed(pl.DataFrame(schema={"at": INSTANT}))
        write_part(frame, folder / f"part-{part:05d}.parquet")
    return written + waiting


def write_part(frame: pl.DataFrame, path: Path) -> None:
    """Write one part: few different words are kept as a dictionary, instants as instants."""
    columns = [
        *(pl.col(name).cast(pl.Categorical) for name in WORDS if name in frame.columns),
        pl.col("at").cast(INSTANT),
    ]
    partial = path.with_suffix(".partial")
    frame.with_columns(columns).write_parquet(
        partial, compression="zstd", metadata={MARK: MARK_VERSION}
    )
    partial.replace(path)


def part_files(path: Path) -> list[Path]:
    """The part files of a folder in log order, or the file itself."""
    return sorted(path.glob("part-*.parquet")) if path.is_dir() else [path]


def scanned(path: Path) -> pl.LazyFrame:
    """The rows of a log as columns, in log order."""
    return pl.scan_parquet(part_files(path))


def holds_columns(path: Path) -> bool:
    """Whether a file or folder is a log as columns, typed by `write_part`."""
    files = part_files(path)
    if not files or any(each.suffix != ".parquet" for each in files):
        return False
    try:
        return pl.read_parquet_metadata(files[0]).get(MARK) == MARK_VERSION
    except (pl.exceptions.PolarsError, OSError):
        return False


def typed(frame: pl.DataFrame) -> pl.DataFrame:
    """Every column that a part must have, in order; missing ones are null."""
    wanted = (*COLUMNS, *PAYLOAD_COLUMNS, "extra")
    return frame.select(
        pl.col(name) if name in frame.columns else pl.lit(None, pl.String).alias(name)
        for name in wanted
    )
