"""What is exported is read back as it was."""

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.adapters.channels.tables_for_tests import LAYOUTS, PLAIN, ZONE, read, written

from miaohui.adapters.channels.table_export import formats
from miaohui.adapters.channels.table_export.tables import Format, frames_of, write_events
from miaohui.adapters.channels.table_import.reading import read_events
from miaohui.adapters.channels.table_import.tables import open_table
from miaohui.domain.text.brief import brief_of
from miaohui.domain.vocabulary.events import Event, Payload
from miaohui.domain.vocabulary.kinds import FAMILIES, Actor, Origin
from miaohui.domain.vocabulary.problems import ReaderError

FORMATS = get_args(Format.__value__ if hasattr(Format, "__value__") else Format)
START = datetime(2026, 11, 1, tzinfo=UTC)
LETTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
NASTY = st.sampled_from(
    [
        "=1+1", "'=1", "''", "'", "a\r\nb", "c\rd", 'x,y"z"', "  lead ", "_x000D_", "\n", "\t=x",
        "1.0", "0012", "nan", "null", '"', "－1", "＝1", "\ufeffx", "👍🏽", "true", "2026-11-01",
    ]
)  # fmt: skip
TEXTS = st.one_of(NASTY, st.text(LETTERS, min_size=1, max_size=40))
NAMES = st.one_of(
    st.sampled_from(["b1", "-b", "'b", "b 1", "王,记", '"', "007"]),
    st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=8),
)
EXTRAS = st.dictionaries(
    st.one_of(st.sampled_from(["备注", "=x", "text", "Text ", "买家昵称", " ", "a\nb"]), TEXTS),
    TEXTS.filter(str.strip),
    max_size=3,
)


@st.composite
def an_event(draw: st.DrawFn) -> Event:
    actor = draw(st.sampled_from(list(Actor)))
    text = draw(st.none() | TEXTS)
    kinds = sorted(kind for kind in FAMILIES if not kind.startswith("buyer."))
    return Event(
        shop=draw(NAMES),
        channel=draw(NAMES),
        conversation=draw(NAMES),
        buyer=draw(NAMES),
        at=START + timedelta(microseconds=draw(st.integers(0, 10**13))),
        actor=actor,
        origin=draw(st.sampled_from(list(Origin))),
        kind=draw(st.sampled_from(kinds)),
        source_id=draw(NAMES),
        account=draw(st.none() | NAMES),
        payload=Payload(
            text=text,
            order=draw(st.none() | NAMES),
            purpose=draw(st.sampled_from([None, "greeting"])),
            brief=brief_of(text) if text is not None and actor is Actor.AGENT else None,
            extra=draw(EXTRAS),
        ),
    )


def numbered(events: list[Event]) -> list[Event]:
    """Events in time order, with their places."""
    ordered = sorted(events, key=lambda event: event.at)
    return [
        Event(**{name: getattr(e, name) for name in e.__struct_fields__} | {"seq": seq})
        for seq, e in enumerate(ordered, 1)
    ]


@pytest.mark.parametrize("format_", FORMATS)
def test_an_export_reads_back_to_equal_events(format_: Format) -> None:
    examples = 30 if format_ == "xlsx" else 200

    @settings(max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(an_event(), min_size=1, max_size=6).map(numbered))
    def comes_back(events: list[Event]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"log.{format_}"
            assert write_events(lambda: events, path, format_) == len(events)
            rejects: list[object] = []
            table = open_table(path, LAYOUTS, {}, None, ZONE)
            assert list(read_events(table, rejects.append)) == events
            assert rejects == []

    comes_back()


@pytest.mark.parametrize("format_", FORMATS)
def test_a_log_without_events_is_an_empty_table(tmp_path: Path, format_: Format) -> None:
    path = tmp_path / f"log.{format_}"
    assert write_events(list, path, format_) == 0
    assert path.exists()


def test_made_source_ids_survive_export_and_import(tmp_path: Path) -> None:
    first, _ = read(written(tmp_path, PLAIN.replace("m1", "").replace("m2", "")))
    write_events(lambda: first, tmp_path / "again.csv", "csv")
    assert read(tmp_path / "again.csv")[0] == first


def test_batches_are_written_one_after_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("miaohui.adapters.channels.table_export.tables.EVENTS_A_BATCH", 2)
    events, _ = read(written(tmp_path, PLAIN))
    assert [frame.height for frame in frames_of(events)] == [2, 1]
    for format_ in FORMATS:
        write_events(lambda: events, tmp_path / f"log.{format_}", format_)
        assert read(tmp_path / f"log.{format_}")[0] == events


def test_what_a_sheet_cannot_hold_is_said_and_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    events, _ = read(written(tmp_path, PLAIN))
    monkeypatch.setattr(formats, "SHEET_ROWS", 2)
    with pytest.raises(ReaderError, match=r"export\.too_many_rows"):
        write_events(lambda: events, tmp_path / "log.xlsx", "xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["log.csv"]
