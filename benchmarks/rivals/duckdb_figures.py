"""The Pinduoduo figures of a log as columns, by DuckDB's window functions."""

from pathlib import Path

import duckdb
import pyarrow as pa

SAMPLES, FIGURES = (
    Path(__file__).with_name(name).read_text(encoding="utf-8")
    for name in ("duckdb_samples.sql", "duckdb_figures.sql")
)

REPEATS = """
SELECT count(*) - count(DISTINCT hash(shop, channel, source_id)) FROM read_parquet($1)
"""


def figures(
    folder: Path, as_of_micros: int | None = None, threads: int = 2
) -> tuple[pa.Table, pa.Table]:
    """The eleven figures of docs/metrics.md section 8 as known at `as_of_micros`.

    Returns (shop, channel, day, metric, numerator, denominator, pending, excluded) and
    (shop, account, day, metric, ...), the account null for nobody, sums of waits in
    microseconds; rows that are all zero may stand among them. A recalled reply counts for
    none; other deliveries are not looked for. Repeated source ids are, as an engine must: a log
    that holds any is refused, because leaving them out is not written here.
    """
    files = [str(part) for part in sorted(folder.glob("part-*.parquet"))]
    with duckdb.connect(config={"threads": threads}) as database:
        database.execute("SET VARIABLE files = $1", [files])
        database.execute("SET VARIABLE wanted_until = $1", [as_of_micros])
        if database.execute(REPEATS, [files]).fetchone() != (0,):
            raise ValueError("the log holds repeats")
        database.execute(SAMPLES)
        database.execute(FIGURES)
        by_day = database.sql("FROM by_day").to_arrow_table()
        by_account = database.sql("FROM by_account").to_arrow_table()
    return by_day, by_account
