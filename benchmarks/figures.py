"""From a log as columns to all Pinduoduo figures per shop, agent and day."""

from pathlib import Path

from benchmarks.contest import Result, contest
from benchmarks.lines import Line
from benchmarks.logs import MILLION, log_of

BIG = 10 * MILLION


def lines() -> list[Line]:
    """Against the floor, DuckDB and pandas on 10 million events; growth over 1, 10, 30."""
    folder = str(log_of(BIG))
    results = contest(
        {
            "floor": ["benchmarks.figures:floor", folder],
            "ours": ["benchmarks.figures:ours", folder],
            "duckdb": ["benchmarks.figures:duckdb", folder],
            "pandas": ["benchmarks.figures:pandas", folder],
        },
        runs=5,
        fewer={"pandas": 2},
    )
    ours, floor = results["ours"], results["floor"]
    return [
        _line("figures.10M.floor: read columns, sort one key", floor, floor, "1"),
        _line("figures.10M.ours", ours, floor, "× floor, at most 3, aim 1.5"),
        _against("figures.10M.duckdb", results["duckdb"], ours, "× ours, at least 2"),
        _against("figures.10M.pandas", results["pandas"], ours, "× ours, at least 6"),
        Line("figures.10M.ours.memory", ours.peak_bytes / 1e9, "GB", None, "under 2", ""),
        *growth(),
    ]


def growth() -> list[Line]:
    """Seconds per million events at 1, 10 and 30 million."""
    sizes = (1, 10, 30)
    results = contest(
        {f"{size}M": ["benchmarks.figures:ours", str(log_of(size * MILLION))] for size in sizes},
        runs=3,
    )
    base = results["10M"].best / 10
    return [
        Line(
            f"figures.{size}M.seconds_per_million",
            results[f"{size}M"].best / size,
            "s",
            results[f"{size}M"].best / size / base,
            "× that of 10M: linear is 1",
            f"{results[f'{size}M'].spread} s, {results[f'{size}M'].peak_bytes / 1e9:.2f} GB",
        )
        for size in sizes
    ]


def _line(name: str, result: Result, base: Result, bar: str) -> Line:
    return Line(name, result.best, "s", result.best / base.best, bar, result.spread)


def _against(name: str, rival: Result, ours: Result, bar: str) -> Line:
    return Line(name, rival.best, "s", rival.best / ours.best, bar, rival.spread)


def floor(folder: str) -> None:
    """What nobody can do without: the columns read by Polars and one key sorted by numpy."""
    import numpy as np
    import polars as pl

    columns = ["shop", "channel", "conversation", "at", "actor", "origin", "account", "kind"]
    frame = pl.read_parquet(
        sorted(Path(folder).glob("*.parquet")),
        columns=[*columns, "source_id", "purpose", "mark", "about"],
    )
    # Scattered by an odd factor, as a key of conversation and time would be.
    np.sort(frame["at"].to_physical().to_numpy() * np.int64(0x1E3779B97F4A7C15))


def ours(folder: str) -> None:
    """File to figures."""
    from miaohui.adapters.pack_files.library import load_pack
    from miaohui.adapters.storage.parquet.facts import facts_of_frame
    from miaohui.adapters.storage.parquet.parts import scanned
    from miaohui.domain.analytics.batch.engine import measure
    from miaohui.domain.rules.assessment import assessments_of

    facts = facts_of_frame(scanned(Path(folder)))
    measure(facts, assessments_of(load_pack("pdd")), facts.newest_at or 0)


def duckdb(folder: str) -> None:
    """The same figures by window functions."""
    from benchmarks.rivals.duckdb_figures import figures

    figures(Path(folder))


def pandas(folder: str) -> None:
    """The same figures by sort, shift and group."""
    from benchmarks.rivals.pandas_figures import figures

    figures(Path(folder))
