"""Written instants, a whole column at once, as microseconds since 1970-01-01 UTC."""

from enum import StrEnum

import numpy as np
import polars as pl

from miaohui.domain.vocabulary.instants import DAY_MICROS, SECOND_MICROS


class Trouble(StrEnum):
    """Why a written instant is none."""

    UNREADABLE = "reject.at_unreadable"
    SKIPPED = "reject.at_skipped"  # a local time that a clock change leaves out
    OUT_OF_RANGE = "reject.at_out_of_range"


# 2026-11-01T08:00:00.5+08:00, 2026-11-01 08:00, 2026/11/1 8:00, 2026年11月1日 8:00
CALENDAR = (
    r"^(?<year>[0-9]{4})(?:-|/|\.|年)(?<month>[0-9]{1,2})(?:-|/|\.|月)(?<day>[0-9]{1,2})"
    r"(?:日[ \t]*|[Tt]|[ \t]+)(?<hour>[0-9]{1,2}):(?<minute>[0-9]{2})(?::(?<second>[0-9]{2})"
    r"(?:[.,](?<fraction>[0-9]+))?)?[ \t]*(?<offset>[Zz]|UTC|[+-][0-9]{2}(?::?[0-9]{2})?)?$"
)
# Tue Oct 31 22:10:47 +0000 2017
WEEKDAY_FIRST = (
    r"^[A-Z][a-z]{2} (?<month>[A-Z][a-z]{2}) (?<day>[0-9]{1,2}) (?<hour>[0-9]{2}):"
    r"(?<minute>[0-9]{2}):(?<second>[0-9]{2}) (?<offset>[+-][0-9]{4}) (?<year>[0-9]{4})$"
)
EPOCH = r"^[0-9]{9,16}$"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

EARLIEST = int(np.datetime64("1990-01-01", "us").astype(np.int64))
LATEST = int(np.datetime64("2101-01-01", "us").astype(np.int64)) - 1

MICROS = pl.Datetime("us", "UTC")


def instants(written: pl.Series, timezone: str) -> pl.DataFrame:
    """Columns `at` (Datetime us UTC, null where there is none) and `trouble` (why, else null).

    `written` has no blanks around; null gives null in both. Without an offset a time is of the
    timezone: one that a clock change skips is none, of one that comes twice it is the first.
    """
    table = pl.DataFrame({"written": written}).with_row_index("row")
    groups = table.select("row", pl.col("written").str.extract_groups(CALENDAR)).unnest("written")
    found = read_parts(groups.with_columns(pl.col("month").cast(pl.Int64, strict=False)), timezone)
    missing = found.filter(pl.col("at").is_null() & pl.col("trouble").is_null()).select("row")
    rest = table.join(missing, on="row").filter(pl.col("written").is_not_null())
    if rest.height:
        found = found.update(read_rest(rest, timezone), on="row", how="left")
    return judged(found, written)


def read_rest(rest: pl.DataFrame, timezone: str) -> pl.DataFrame:
    """What is no calendar time: epochs and the weekday-first form."""
    groups = rest.select("row", pl.col("written").str.extract_groups(WEEKDAY_FIRST))
    months = {name: number for number, name in enumerate(MONTHS, 1)}
    parts = groups.unnest("written").with_columns(
        pl.col("month").replace_strict(months, default=None, return_dtype=pl.Int64),
        pl.lit(None, pl.String).alias("fraction"),
    )
    number = pl.when(pl.col("written").str.contains(EPOCH)).then(pl.col("written")).cast(pl.Int64)
    epochs = rest.select(epoch_micros(number).cast(MICROS).alias("epoch"))
    named = read_parts(parts, timezone)
    return named.with_columns(pl.coalesce(pl.col("at"), epochs.get_column("epoch")).alias("at"))


def epoch_micros(number: pl.Expr) -> pl.Expr:
    """Seconds, milliseconds or microseconds, told apart by their size."""
    seconds = pl.when(number < 10**11).then(number * SECOND_MICROS)
    return seconds.when(number < 10**14).then(number * 1_000).otherwise(number)


def read_parts(parts: pl.DataFrame, timezone: str) -> pl.DataFrame:
    """Columns `row`, `at`, `trouble` from the written parts of a time, `month` a number."""
    numbers = parts.select("row", "offset", micros_of_parts(parts))
    local = pl.col("micros").cast(pl.Datetime("us"))
    in_zone = local.dt.replace_time_zone(timezone, ambiguous="earliest", non_existent="null")
    shifted = (pl.col("micros") - offset_micros()).cast(MICROS)
    has_offset = pl.col("offset").is_not_null()
    at = pl.when(has_offset).then(shifted).otherwise(in_zone.dt.convert_time_zone("UTC"))
    skipped = pl.col("micros").is_not_null() & at.is_null() & ~has_offset
    trouble = pl.when(skipped).then(pl.lit(Trouble.SKIPPED.value))
    return numbers.select("row", at.cast(MICROS).alias("at"), trouble.alias("trouble"))


def offset_micros() -> pl.Expr:
    """The written offset in microseconds; null if it is impossible."""
    offset = pl.col("offset")
    hours = offset.str.slice(1, 2).cast(pl.Int64, strict=False)
    minutes = offset.str.slice(-2).cast(pl.Int64, strict=False)
    minutes = pl.when(offset.str.len_bytes() > 3).then(minutes).otherwise(0)
    sign = pl.when(offset.str.starts_with("-")).then(-1).otherwise(1)
    size = pl.when((hours < 24) & (minutes < 60)).then((hours * 60 + minutes) * 60 * SECOND_MICROS)
    return pl.when(offset.is_in(["Z", "z", "UTC"])).then(0).otherwise(sign * size)


def micros_of_parts(parts: pl.DataFrame) -> pl.Series:
    """Local microseconds of the parts, null where they name no moment; finer digits are cut."""
    fraction = pl.col("fraction").str.slice(0, 6).str.pad_end(6, "0").cast(pl.Int64)
    columns = parts.select(
        pl.col("year", "month", "day", "hour", "minute").cast(pl.Int64, strict=False).fill_null(-1),
        pl.col("second").cast(pl.Int64, strict=False).fill_null(0),
        fraction.fill_null(0),
    )
    year, month, day, hour, minute, second, fraction_micros = (
        columns.get_column(name).to_numpy() for name in columns.columns
    )
    is_date, days = days_of(year, month, day)
    is_time = (hour >= 0) & (hour < 24) & (minute >= 0) & (minute < 60) & (second < 60)
    micros = days * DAY_MICROS + ((hour * 60 + minute) * 60 + second) * SECOND_MICROS
    found = pl.Series("micros", micros + fraction_micros, dtype=pl.Int64)
    return found.zip_with(pl.Series(is_date & is_time), pl.Series([None], dtype=pl.Int64))


def days_of(year: np.ndarray, month: np.ndarray, day: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Which dates exist, and their days since 1970-01-01 (nonsense for the others)."""
    sane = (year >= 1) & (month >= 1) & (month <= 12) & (day >= 1)
    months = (np.where(sane, year, 1970) - 1970) * 12 + np.where(sane, month, 1) - 1
    first = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    after = (months + 1).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return sane & (day <= after - first), first + day - 1


def judged(found: pl.DataFrame, written: pl.Series) -> pl.DataFrame:
    """`at` within the years we take, and what is wrong with the others."""
    inside = pl.col("at").dt.epoch("us").is_between(EARLIEST, LATEST)
    beyond = pl.when(pl.col("at").is_not_null() & ~inside).then(pl.lit(Trouble.OUT_OF_RANGE.value))
    none = pl.when(pl.lit(written).is_not_null() & pl.col("at").is_null()).then(
        pl.lit(Trouble.UNREADABLE.value)
    )
    return found.select(
        pl.when(inside).then(pl.col("at")).alias("at"),
        pl.coalesce(pl.col("trouble"), beyond, none).alias("trouble"),
    )
