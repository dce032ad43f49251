"""The fast reader against the slow one."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.adapters.channels.slow_reading import read_slowly
from tests.adapters.channels.tables_for_tests import HEADERS, ZONE

from miaohui.adapters.channels.table_import import encodings, tables
from miaohui.adapters.channels.table_import.reading import read_events
from miaohui.adapters.channels.table_import.rejects import Reject
from miaohui.adapters.channels.table_import.tables import open_table

MARK_HEADERS = st.sampled_from(["mark", "payload.mark", "payload_mark"])
LAST_HEADERS = st.sampled_from(
    ["备注", "payload", "extra", "payload.purpose", "payload_about", "payload.x"]
)

PIECES = st.sampled_from(
    [
        b",", b",", b",", b"\n", b"\n", b"\r\n", b"\r", b'"', b'""', b"\0", b"\xff", b"\xe4\xbd",
        b" ", b"\t", b"'=1", b"=1", "亲".encode(), "＝".encode(), b"a", b"\xef\xbb\xbf",
        b"2026-11-01T08:00:00Z", b"agent", b"buyer", b"text",
    ]
)  # fmt: skip
INSTANTS = st.sampled_from(
    [
        "2026-11-01T08:00:00+08:00", "2026-11-01 08:00:00", "2026/11/1 8:00", "2026年11月1日 8:00",
        "1793491200", "1793491200123", "1793491200123456", "2026-02-30T00:00:00Z",
        "2026-11-01T24:00:00Z", "1989-12-31T23:59:59Z", "2101-01-01T00:00:00Z",
        "2100-12-31T23:59:59.9999999Z", "Tue Oct 31 22:10:47 +0000 2017",
        "Tue Xyz 31 22:10:47 +0000 2017", "2026-03-08T02:30:00", "2026-11-01T01:30:00",
        "2026-11-01T01:30:00.1234567-05:00", "2026-11-01T08:00:00+25:00", "yesterday", "",
        "0000-01-01T00:00:00Z", "2026-11-01T08:00:60Z", "2026-11-01", "2026-11-01T08:00:00+0530",
        "2026-11-01T08:00:00-05", "2026-11-01T08:00:00 UTC", "99999999999999999999",
    ]
)  # fmt: skip
WORDS = st.sampled_from(["agent", "buyer", "bot", "system", "Agent", "robot", "", " agent ", "b1"])
NAMES = st.sampled_from(["", "b1", "b2", " b1 ", "'-b", "'", "\u3000", "\u200b"])
KINDS = st.sampled_from(
    ["", "text", "card.product", "new.kind_2", "Text", "a b", "buyer.marked", "buyer.unmarked"]
)
TEXTS = st.one_of(
    st.text(max_size=30).map(lambda text: text.encode("utf-8", "replace").decode()),
    st.sampled_from(["好的！", "malicious_user", "''=x", "=x", "l1\nl2", 'a "b" c', "staff"]),
)
OBJECTS = st.sampled_from(
    [
        '{"purpose":"greeting","备注":"老客"}', '{"mark":"malicious_user","text":" hi "}', "{}",
        '{"mark":" ","rating":5,"by":null,"order":"\\u3000o1 "}',
        '{"extra":{"about":"m1","a":[1]}}',
        '{"text":"a\\u0000b"}', '{"payload.brief":"b","mark":"staff","x":true}', '[1]', '{"a":',
    ]
)  # fmt: skip
MARKS = st.sampled_from(["", "malicious_user", "unknown"])


def cell(text: str) -> str:
    """A cell as a careful writer quotes it."""
    return '"' + text.replace('"', '""') + '"' if set(text) & set(',"\r\n') else text


ROWS = st.builds(
    lambda cells: (",".join(cell(text) for text in cells) + "\n").encode(),
    st.tuples(
        st.sampled_from(["", "s1"]), st.sampled_from(["", "web"]), NAMES, NAMES, INSTANTS, WORDS,
        st.sampled_from(["", "human", "AUTO", "none"]), NAMES, KINDS, TEXTS, NAMES,
        st.sampled_from(["", "", "m1"]), MARKS, st.one_of(TEXTS, OBJECTS),
    ),
)  # fmt: skip
DAMAGE = st.lists(PIECES, min_size=1, max_size=20).map(b"".join)
FILES = st.lists(st.one_of(ROWS, ROWS, ROWS, DAMAGE), max_size=25).map(b"".join)


@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    marks=MARK_HEADERS,
    last=LAST_HEADERS,
    rows=FILES,
    shop=st.sampled_from([None, "mine"]),
    zone=st.sampled_from([ZONE, "America/New_York"]),
    block=st.sampled_from([7, 64, 1000, 1 << 20]),
)
def test_the_fast_reader_agrees_with_the_slow_one_on_nasty_files_whatever_the_block_size(
    marks: str, last: str, rows: bytes, shop: str | None, zone: str, block: int
) -> None:
    header = f"{HEADERS},{marks},{last}\n".encode()
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        path = Path(folder) / "nasty.csv"
        path.write_bytes(header + rows)
        # How so few bytes are encoded is anybody's guess: here they are UTF-8.
        patch.setattr(tables, "detect_encoding", lambda _: encodings.Encoding("utf-8"))
        table = open_table(path, (), {}, shop, zone)
        patch.setattr(encodings, "BLOCK_BYTES", block)
        rejects: list[Reject] = []
        events = list(read_events(table, rejects.append))
    slow = read_slowly(header + rows, ",", shop, zone)
    assert sorted((reject.line, reject.key) for reject in rejects) == slow.rejects
    assert events == slow.events
