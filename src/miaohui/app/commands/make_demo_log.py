"""`miaohui demo-log`: believable shop traffic, seeded, of any size."""

import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

import polars as pl

from miaohui.adapters.channels.table_export.tables import Format, write_frames
from miaohui.adapters.storage.parquet.parts import PART_ROWS, typed, write_part
from miaohui.app.commands.answers import day_of, one_of
from miaohui.app.commands.progress import Tell, watched
from miaohui.app.language import say
from miaohui.app.places import Database, Place
from miaohui.app.wiring import now, open_log_at
from miaohui.domain.traffic.arrivals import local_days
from miaohui.domain.traffic.columns import columns_of_shop
from miaohui.domain.traffic.plan import plan
from miaohui.domain.traffic.play import play_shop
from miaohui.domain.traffic.settings import TrafficSettings
from miaohui.domain.traffic.shops import ShopTraffic, shop_random
from miaohui.domain.vocabulary.problems import Problem, ReaderError
from miaohui.pipelines.facts import pour

FORMATS = ("csv", "xlsx", "jsonl", "parquet", "columns", "db")
FEW_SHOPS = 8
MOST_SHOPS = 999_999_999
MOST_ROWS_HELD = 2_000_000


def make_demo_log(
    out: Place, shops: int, days: int, events: int, first_day: str, seed: int
) -> None:
    """Play the shops and write their events; the ending of `out` chooses the format, none is a
    folder of columns."""
    format_ = "db" if isinstance(out, Database) else _format_of(out)
    day = day_of(first_day, "--first-day") or date(2026, 11, 1)
    dates = local_days(day, days)
    settings = TrafficSettings()
    planned = plan(shops, days, events, day, seed, settings)
    with watched(say("demo.playing")) as tell:
        if isinstance(out, Database) or format_ == "db":
            rows = _into_log(planned, settings, dates, seed, out, tell)
        elif format_ == "columns":
            rows = _into_columns(planned, settings, dates, seed, out, tell)
        else:
            frames = list(_in_time(_played(planned, settings, dates, seed, tell)))
            rows = write_frames(lambda: map(typed, frames), out, cast(Format, format_))
    sys.stdout.write(say("demo.done", {"rows": f"{rows:,}", "path": out}) + "\n")


def _format_of(out: Path) -> str:
    return one_of(out.suffix.lstrip(".").lower() or "columns", "OUT", FORMATS)


def _into_log(
    planned: Sequence[ShopTraffic],
    settings: TrafficSettings,
    days: Sequence[date],
    seed: int,
    out: Place,
    tell: Tell,
) -> int:
    rows = 0
    with open_log_at(out, create=True) as log:
        for number, shop in enumerate(planned, start=1):
            events = play_shop(settings, shop, days, shop_random(seed, shop))
            rows += pour(events, log, f"demo:{seed}:{shop.name}", 0, now).added
            tell(number, len(planned))
    return rows


def _into_columns(
    planned: Sequence[ShopTraffic],
    settings: TrafficSettings,
    days: Sequence[date],
    seed: int,
    out: Path,
    tell: Tell,
) -> int:
    """As a log arrives: all shops together, in order of time."""
    if out.exists() and any(out.iterdir()):
        raise ReaderError(Problem("columns.folder_not_empty", {"folder": str(out)}))
    out.mkdir(parents=True, exist_ok=True)
    rows = 0
    in_time = _in_time(_played(planned, settings, days, seed, tell))
    for part, frame in enumerate(in_time):
        write_part(typed(frame), out / f"part-{part:05d}.parquet")
        rows += len(frame)
    return rows


def _played(
    planned: Sequence[ShopTraffic],
    settings: TrafficSettings,
    days: Sequence[date],
    seed: int,
    tell: Tell,
) -> Iterator[pl.DataFrame]:
    """The events of each shop; many shops are played by several processes."""
    if len(planned) < FEW_SHOPS:
        for number, shop in enumerate(planned, start=1):
            yield _frame(settings, shop, days, seed)
            tell(number, len(planned))
        return
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        played = pool.map(
            _frame,
            *zip(*((settings, shop, days, seed) for shop in planned), strict=True),
            chunksize=4,
        )
        for number, frame in enumerate(played, start=1):
            yield frame
            tell(number, len(planned))


def _frame(
    settings: TrafficSettings, shop: ShopTraffic, days: Sequence[date], seed: int
) -> pl.DataFrame:
    columns = columns_of_shop(settings, shop, days, shop_random(seed, shop))
    frame = pl.DataFrame(
        columns, schema_overrides={name: pl.String for name in columns if name != "at"}
    )
    return frame.with_columns(pl.col("at").cast(pl.Datetime("us")).dt.replace_time_zone("UTC"))


def _in_time(frames: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """All shops together in order of time: set aside by day on disk, then sorted day by day."""
    with TemporaryDirectory(prefix="miaohui-") as folder:
        gathered: list[pl.DataFrame] = []
        for number, frame in enumerate(frames):
            gathered.append(frame)
            if sum(map(len, gathered)) >= MOST_ROWS_HELD:
                _set_aside(gathered, Path(folder), number)
                gathered.clear()
        if gathered:
            _set_aside(gathered, Path(folder), MOST_SHOPS)
        for day in sorted(Path(folder).iterdir()):
            of_day = pl.concat(pl.read_ipc(file) for file in sorted(day.iterdir()))
            yield from of_day.sort("at", maintain_order=True).iter_slices(PART_ROWS)


def _set_aside(frames: list[pl.DataFrame], folder: Path, number: int) -> None:
    rows = pl.concat(frames).with_columns(day=pl.col("at").dt.date().cast(pl.String))
    for (day,), of_day in rows.partition_by("day", as_dict=True, include_key=False).items():
        (folder / str(day)).mkdir(exist_ok=True)
        of_day.write_ipc(folder / str(day) / f"{number:09d}.arrow", compression="lz4")
