"""What a payload says, wherever a table says it."""

import json
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from tests.adapters.channels.tables_for_tests import LAYOUTS, ZONE, read, written

from miaohui.adapters.channels.table_import.tables import open_table
from miaohui.domain.vocabulary.events import Event, Payload

SAID = [
    ("bot", "text", {"purpose": "greeting"}),
    ("system", "delivery.failed", {"about": "m0"}),
    ("system", "buyer.marked", {"mark": "malicious_user"}),
    ("agent", "text", {"text": "好的", "order": "o1", "by": "小李", "rating": "5", "media": "p"}),
]
Row = dict[str, object]
Write = Callable[[list[Row], Path], Path]


def rows_of(actor: str, kind: str, said: Row) -> list[Row]:
    """Two rows; only the second says anything."""
    base: Row = {"buyer": "b", "at": "2026-11-01T08:00:00Z", "account": "a"}
    silent: Row = {"actor": "buyer", "kind": "text", "source_id": "m0"}
    return [base | silent, base | {"actor": actor, "kind": kind, "source_id": "m1"} | said]


def as_csv(rows: list[Row], path: Path) -> Path:
    cells = [
        {k: json.dumps(v) if isinstance(v, dict) else v for k, v in row.items()} for row in rows
    ]
    pl.DataFrame(cells, infer_schema_length=None).write_csv(path.with_suffix(".csv"))
    return path.with_suffix(".csv")


def as_jsonl(rows: list[Row], path: Path) -> Path:
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    return written(path.parent, lines, f"{path.name}.jsonl")


def as_parquet(rows: list[Row], path: Path) -> Path:
    pl.DataFrame(rows, infer_schema_length=None).write_parquet(path.with_suffix(".parquet"))
    return path.with_suffix(".parquet")


def sound(path: Path) -> list[Event]:
    events, rejects = read(path)
    assert rejects == []
    return events


@pytest.mark.parametrize("write", [as_csv, as_jsonl, as_parquet])
@pytest.mark.parametrize(("actor", "kind", "said"), SAID)
def test_a_column_a_prefixed_column_and_a_json_payload_say_the_same(
    tmp_path: Path, write: Write, actor: str, kind: str, said: Row
) -> None:
    ways: dict[str, Row] = {
        "column": said,
        "dot": {f"payload.{name}": cell for name, cell in said.items()},
        "line": {f"payload_{name}": cell for name, cell in said.items()},
        "object": {"payload": said},
        "text": {"payload": json.dumps(said)},
        "extra": {"extra": said},
        "inner": {"payload": {"extra": said}},
    }
    if write is as_jsonl:  # whose rows may bring any column of ours
        del ways["extra"]
    events = {
        way: sound(write(rows_of(actor, kind, row), tmp_path / way)) for way, row in ways.items()
    }
    for name, cell in said.items():
        assert getattr(events["column"][1].payload, name) == cell
    assert events["column"][1].payload.extra == {}
    assert [way for way, found in events.items() if found != events["column"]] == []


def test_a_json_payload_fills_blanks_only_and_the_rest_is_kept_beside(tmp_path: Path) -> None:
    said = {"purpose": "menu", "text": "同", "备注": "老客", "n": 3, "extra": {"inner": "x"}}
    row: Row = {"purpose": "greeting", "text": "同", "payload": said}
    event = sound(as_jsonl(rows_of("bot", "text", row), tmp_path / "log"))[1]
    beside = {"purpose": "menu", "备注": "老客", "n": "3", "inner": "x"}
    assert event.payload == Payload(text="同", purpose="greeting", extra=beside)


def test_a_payload_that_is_no_object_is_kept_beside_as_it_is(tmp_path: Path) -> None:
    for cell in ("[1]", "{", "greeting", '{"a":"\\ud800"}', "null"):
        path = as_csv(rows_of("bot", "text", {"payload": cell}), tmp_path / "log")
        assert sound(path)[1].payload == Payload(extra={"payload": cell})


def test_a_nul_in_a_json_payload_rejects_the_row(tmp_path: Path) -> None:
    path = as_csv(rows_of("bot", "text", {"payload": {"text": "a\0b"}}), tmp_path / "log")
    assert [(reject.line, reject.key) for reject in read(path)[1]] == [(3, "reject.nul")]


@pytest.mark.parametrize(
    "late", [{"payload": {"purpose": "greeting"}}, {"payload.purpose": "greeting"}]
)
def test_a_payload_that_first_turns_up_late_in_a_jsonl_file_is_unpacked(
    tmp_path: Path, late: Row
) -> None:
    silent, saying = rows_of("bot", "text", late)
    events = sound(as_jsonl([silent] * 300 + [saying], tmp_path / "log"))
    assert events[-1].payload == Payload(purpose="greeting")


def test_a_sender_that_is_the_buyers_or_the_accounts_name_is_known(tmp_path: Path) -> None:
    content = (
        "买家昵称,消息时间,发送人,客服账号,消息内容\n"
        "小明,2026-11-01 08:00:00,小明,小李,在吗\n"
        "小明,2026-11-01 08:00:10,小李,小李,在的\n"
        "小明,2026-11-01 08:00:20,小王,小李,?\n"
    )
    path = written(tmp_path, content)
    events, (reject,) = read(path)
    assert [(event.actor, event.origin) for event in events] == [
        ("buyer", "human"),
        ("agent", "human"),
    ]
    assert (reject.line, reject.column, reject.key) == (4, "发送人", "reject.actor_unknown")
    allowed = "buyer, agent, bot, system, 买家, 客服"
    assert reject.values == {"cell": "小王", "allowed": allowed}
    assert open_table(path, LAYOUTS, {}, None, ZONE).plan.layout == "chats"
