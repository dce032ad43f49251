"""The short cut past the row reader against the row reader itself."""

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from miaohui.adapters.channels.table_import.reading import read_frames
from miaohui.adapters.channels.table_import.tables import open_table
from miaohui.adapters.pack_files.library import load_pack
from miaohui.adapters.storage.parquet.facts import facts_of_frame
from miaohui.adapters.storage.parquet.interchange import clean_interchange
from miaohui.adapters.storage.parquet.parts import FACT_COLUMNS, scanned, write_parts
from miaohui.domain.analytics.assembly import report_of
from miaohui.domain.analytics.report import Report
from miaohui.domain.vocabulary.instants import micros_of

PACK = load_pack("pdd")
EIGHT = datetime(2026, 11, 1, tzinfo=UTC)
AS_OF = micros_of(EIGHT + timedelta(days=9))
NASTY = ("", " ", "\u3000", " a", "a\u200b", "\ufeffa", "a\0b", "A", "Agent", "buyer ", "'=a")
Cell = str | None | datetime


def cells(*usual: str | None) -> st.SearchStrategy[str | None]:
    """Mostly usual cells, now and then a nasty one."""
    nasty: tuple[str | None, ...] = NASTY
    return st.integers(0, 60).flatmap(
        lambda chance: st.sampled_from(nasty) if chance == 60 else st.sampled_from(usual)
    )


ROWS = st.fixed_dictionaries(
    {
        "shop": cells("s1", "s1", "s2"),
        "channel": cells("web", None),
        "conversation": cells("c1", "c2", "c3"),
        "buyer": cells("b1", None),
        "at": st.integers(0, 900).map(lambda second: EIGHT + timedelta(seconds=second)),
        "actor": cells("buyer", "buyer", "agent", "bot", "system"),
        "origin": cells("human", "human", "assisted", "bot", "auto"),
        "account": cells("a1", "a2", "unassigned", None),
        "kind": cells("text", "text", "image", "closed", "delivery.failed", "buyer.marked"),
        "text": st.sampled_from(["在的", "malicious_user", "", None]),
        "source_id": cells("m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8"),
        "purpose": cells("greeting", None),
        "mark": cells("malicious_user", "staff_or_test_account"),
        "about": cells("m1", "m3", None),
        "brief": cells("在的", None),
    }
)
TABLES = st.lists(ROWS, min_size=1, max_size=12)


def frame_of(rows: list[dict[str, Cell]], in_order: bool = True) -> pl.DataFrame:
    schema = dict.fromkeys(rows[0], pl.String) | {"at": pl.Datetime("us", "UTC")}
    frame = pl.DataFrame(rows, schema)
    return frame.sort("at", maintain_order=True) if in_order else frame


def read_row_by_row(path: Path, folder: Path) -> pl.LazyFrame:
    table = open_table(path, (), {}, None, "Asia/Shanghai")
    write_parts(read_frames(table), folder)
    return scanned(folder)


def report(log: pl.LazyFrame) -> Report:
    return report_of(facts_of_frame(log), PACK, AS_OF)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    rows=TABLES,
    in_order=st.booleans(),
    absent=st.sets(st.sampled_from(["channel", "purpose", "about", "brief", "buyer"])),
    respelt=st.sampled_from([None, None, None, "purpose", "mark", "about"]),
    as_words=st.booleans(),
)
def test_what_the_short_cut_takes_gives_the_report_that_reading_row_by_row_gives(
    rows: list[dict[str, Cell]],
    in_order: bool,
    absent: set[str],
    respelt: str | None,
    as_words: bool,
) -> None:
    frame = frame_of(rows, in_order).drop(absent)
    if as_words:
        frame = frame.with_columns(pl.col("shop", "actor", "kind", "mark").cast(pl.Categorical))
    if respelt in frame.columns:
        frame = frame.rename({respelt: f" {respelt.title()}"})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "log.parquet"
        frame.write_parquet(path)
        taken = clean_interchange(path)
        event("taken" if taken is not None else "refused")
        if taken is not None:
            slow = read_row_by_row(path, Path(folder) / "columns")
            assert report(taken) == report(slow)


CLEAN: dict[str, Cell] = {
    "shop": "s", "channel": "web", "conversation": "c", "buyer": "b", "at": EIGHT,
    "actor": "buyer", "origin": "human", "account": "a", "kind": "text", "text": "hi",
    "source_id": "m1", "purpose": "greeting", "mark": "malicious_user", "about": "m0", "brief": "x",
}  # fmt: skip


def taken(folder: Path, row: dict[str, Cell]) -> bool:
    frame_of([CLEAN | row]).write_parquet(folder / "log.parquet")
    return clean_interchange(folder / "log.parquet") is not None


def test_a_clean_table_is_taken(tmp_path: Path) -> None:
    assert taken(tmp_path, {})
    assert taken(tmp_path, {"note": " a\0"})
    assert taken(tmp_path, dict.fromkeys(("channel", "account", "purpose", "about", "brief")))


@pytest.mark.parametrize(
    "header",
    [
        "payload",
        "Payload",
        "payload.purpose",
        "payload_x",
        "extra",
        " Purpose",
        "ｍａｒｋ",
        "at\u200b",
    ],
)
def test_a_column_that_only_the_row_reader_understands_is_refused(
    tmp_path: Path, header: str
) -> None:
    assert not taken(tmp_path, {header: "{}"})


@pytest.mark.parametrize("column", [name for name in FACT_COLUMNS if name != "at"])
@pytest.mark.parametrize("cell", ["", " ", " a", "a\u3000", "\u200ba", "a\ufeff", "a\0b", "a\0"])
def test_a_word_that_the_row_reader_would_change_or_reject_is_refused(
    tmp_path: Path, column: str, cell: str
) -> None:
    assert not taken(tmp_path, {column: cell})
