"""What the rivals of the benchmark compute is what we compute, to the last microsecond."""

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from benchmarks.rivals import duckdb_figures, pandas_figures
from msgspec.structs import replace
from tests.events import events_of, firsts
from tests.reference import nasty_logs

from miaohui.adapters.pack_files.library import load_pack
from miaohui.adapters.storage.parquet.facts import facts_of_frame
from miaohui.adapters.storage.parquet.parts import INSTANT, part_files, typed, write_parts
from miaohui.app.commands.make_demo_log import make_demo_log
from miaohui.domain.analytics.batch.engine import Cells, measure
from miaohui.domain.analytics.tallies import DENOMINATOR, EXCLUDED, NUMERATOR, PENDING
from miaohui.domain.rules.assessment import assessments_of
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.instants import DAY_MICROS

ASSESSMENTS = assessments_of(load_pack("pdd"))
NOT_LOOKED_FOR = ("delivery.confirmed", "delivery.failed")
WORDS = ("shop", "channel", "conversation", "buyer", "account", "kind", "source_id")
OF_PAYLOAD = ("purpose", "mark", "about")

Key = tuple[str, str | None, date, str]
Sums = tuple[int, int, int, int]
Figures = tuple[Mapping[Key, Sums], Mapping[Key, Sums]]
RIVALS = pytest.mark.parametrize(
    "rival", [duckdb_figures.figures, pandas_figures.figures], ids=["duckdb", "pandas"]
)


@pytest.fixture(scope="module")
def demo_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "log"
    make_demo_log(folder, shops=6, days=6, events=60_000, first_day="2026-11-01", seed=11)
    return folder


@pytest.fixture(scope="module")
def nasty_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty nasty logs as shops of one, in several parts, not in order of time."""
    folder = tmp_path_factory.mktemp("nasty") / "log"
    frames = [_frame(_nasty_events(seed)) for seed in range(40)]
    write_parts([frame for frame in frames if len(frame)], folder, part_rows=500)
    return folder


@RIVALS
def test_a_rival_agrees_with_the_engine_on_a_demo_log(
    demo_log: Path, rival: Callable[..., Any]
) -> None:
    assert _told(rival(demo_log)) == _ours(demo_log)


@RIVALS
@pytest.mark.parametrize("days_back", [1, 3.3])
def test_a_rival_agrees_with_the_engine_on_what_was_known_earlier(
    demo_log: Path, rival: Callable[..., Any], days_back: float
) -> None:
    newest = facts_of_frame(pl.scan_parquet(part_files(demo_log))).newest_at
    assert newest is not None
    as_of = newest - round(days_back * DAY_MICROS)
    assert _told(rival(demo_log, as_of)) == _ours(demo_log, as_of)


@RIVALS
def test_a_rival_agrees_with_the_engine_on_nasty_logs(
    nasty_log: Path, rival: Callable[..., Any]
) -> None:
    assert _told(rival(nasty_log)) == _ours(nasty_log)


def _ours(folder: Path, as_of: int | None = None) -> Figures:
    facts = facts_of_frame(pl.scan_parquet(part_files(folder)))
    (measured,) = measure(facts, ASSESSMENTS, as_of or facts.newest_at or 0)
    return (
        _of_cells(measured.by_day, measured.stores, measured.days),
        _of_cells(measured.by_account, measured.pairs, measured.days),
    )


def _of_cells(
    cells: Cells, heads: Sequence[tuple[str, str | None]], days: Sequence[date]
) -> dict[Key, Sums]:
    figures: dict[Key, Sums] = {}
    for (head, day), row in zip(cells.keys.tolist(), cells.tallies.tolist(), strict=True):
        for assessment, tally in zip(ASSESSMENTS, row, strict=True):
            sums = (tally[NUMERATOR], tally[DENOMINATOR], tally[PENDING], sum(tally[EXCLUDED:]))
            figures[*heads[head], days[day], assessment.metric.id] = sums
    return _not_all_zero(figures)


def _told(tables: tuple[Any, Any]) -> Figures:
    by_day, by_account = tables
    return _of_table(by_day, "channel"), _of_table(by_account, "account")


def _of_table(table: Any, second: str) -> dict[Key, Sums]:
    """An Arrow table or a frame of pandas, each row once."""
    names = ("shop", second, "day", "metric", "numerator", "denominator", "pending", "excluded")
    columns = table.to_pydict() if isinstance(table, pa.Table) else table.to_dict("list")
    rows = list(zip(*(_plain(columns[name]) for name in names), strict=True))
    figures = {row[:4]: row[4:] for row in rows}
    assert len(figures) == len(rows)
    return _not_all_zero(figures)


def _plain(cells: Iterable[Any]) -> Iterable[Any]:
    return (None if pd.isna(cell) else cell for cell in cells)


def _not_all_zero(figures: Mapping[Any, Any]) -> dict[Key, Sums]:
    return {key: sums for key, sums in figures.items() if any(sums)}


def _nasty_events(seed: int) -> list[Event]:
    """Without what the rivals do not look for: repeats and deliveries."""
    chance = random.Random(seed)
    events = firsts(events_of(nasty_logs.rows(chance, chance.choice([5, 40, 120]))))
    return [
        replace(event, shop=f"{seed} {event.shop}")
        for event in events
        if event.kind not in NOT_LOOKED_FOR
    ]


def _frame(events: Sequence[Event]) -> pl.DataFrame:
    columns: dict[str, list[Any]] = {
        **{name: [getattr(event, name) for event in events] for name in WORDS},
        **{name: [getattr(event.payload, name) for event in events] for name in OF_PAYLOAD},
        "at": [event.at for event in events],
        "actor": [event.actor.value for event in events],
        "origin": [event.origin.value for event in events],
    }
    kinds = {name: INSTANT if name == "at" else pl.String for name in columns}
    return typed(pl.DataFrame(columns, schema=kinds))
