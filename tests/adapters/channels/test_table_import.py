"""What a merchant's file becomes."""

import codecs
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from tests.adapters.channels.tables_for_tests import (
    HEADERS,
    LAYOUTS,
    PLAIN,
    ZONE,
    read,
    written,
)

from miaohui.adapters.channels.table_import.encodings import Encoding, utf8_blocks
from miaohui.adapters.channels.table_import.looking import look
from miaohui.adapters.channels.table_import.reading import read_events, read_frames
from miaohui.adapters.channels.table_import.rejects import Reject, RejectFile
from miaohui.adapters.channels.table_import.tables import open_table
from miaohui.domain.vocabulary.kinds import Actor, Origin
from miaohui.domain.vocabulary.problems import ReaderError

CHATS_FILE = (
    "王记旗舰店聊天记录\n"
    "店铺,买家昵称,消息时间,发送人,客服账号,消息内容,备注\n"
    "王记,小明,2026/11/1 8:00:00,买家,,在吗？,老客\n"
    "王记,小明,2026/11/1 8:00:30,客服,小李,在的亲,\n"
    "汇总,,,,,2,\n"
)


def keys(rejects: list[Reject]) -> list[tuple[int, str | None, str]]:
    return [(reject.line, reject.column, reject.key) for reject in rejects]


def test_the_interchange_table_is_read_with_its_blanks_filled(tmp_path: Path) -> None:
    events, rejects = read(written(tmp_path, PLAIN))
    buyer, agent, bot = events
    assert rejects == []
    assert (buyer.at, buyer.origin, buyer.seq) == (
        datetime(2026, 11, 1, tzinfo=UTC),
        Origin.HUMAN,
        1,
    )
    assert (agent.account, agent.payload.text, agent.payload.brief) == ("小李", "在的亲", "在的亲")
    assert (bot.actor, bot.origin, bot.payload.text) == (Actor.BOT, Origin.BOT, None)


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("gb18030", b""),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
    ],
)
def test_every_encoding_gives_the_same_events(tmp_path: Path, encoding: str, mark: bytes) -> None:
    expected, _ = read(written(tmp_path, PLAIN))
    assert read(written(tmp_path, mark + PLAIN.encode(encoding), "other.csv"))[0] == expected


@pytest.mark.parametrize("separator", ["\t", ";", "|"])
def test_the_separator_is_found(tmp_path: Path, separator: str) -> None:
    expected, _ = read(written(tmp_path, PLAIN))
    assert read(written(tmp_path, PLAIN.replace(",", separator)))[0] == expected


@pytest.mark.parametrize("end", ["\r\n", "\r", "\r\r\n"])
def test_every_line_end_gives_the_same_events(tmp_path: Path, end: str) -> None:
    expected, _ = read(written(tmp_path, PLAIN))
    assert read(written(tmp_path, PLAIN.replace("\n", end)))[0] == expected


def test_jsonl_parquet_and_xlsx_give_the_same_events_as_csv(tmp_path: Path) -> None:
    expected, _ = read(written(tmp_path, PLAIN))
    frame = pl.read_csv(PLAIN.encode(), infer_schema=False)
    frame.write_ndjson(tmp_path / "log.jsonl")
    frame.with_columns(pl.col("at").str.to_datetime(time_zone="UTC")).write_parquet(
        tmp_path / "log.parquet"
    )
    book = openpyxl.Workbook()
    for row in [frame.columns, *frame.rows()]:
        book.worksheets[0].append(row)
    book.save(tmp_path / "log.xlsx")
    for name in ("log.jsonl", "log.parquet", "log.xlsx"):
        assert read(tmp_path / name)[0] == expected


def test_a_platforms_export_is_read_by_its_headers_below_its_title(tmp_path: Path) -> None:
    events, rejects = read(written(tmp_path, CHATS_FILE.encode("gb18030")))
    assert rejects == []
    assert [event.actor for event in events] == [Actor.BUYER, Actor.AGENT]
    assert events[0].at == datetime(2026, 11, 1, tzinfo=UTC)
    assert events[0].conversation == "小明"
    assert events[0].payload.extra == {"备注": "老客"}


def test_dates_of_a_workbook_are_read_in_the_given_timezone(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["聊天记录"])
    sheet.append(["买家昵称", "消息时间", "发送人", "消息内容"])
    sheet.append([12345, datetime(2026, 11, 1, 8, 0, 1), "买家", "=1+1"])  # noqa: DTZ001
    sheet.append([12345.0, datetime(2026, 11, 2), "客服", "好"])  # noqa: DTZ001
    sheet.append(["x", "not a date", "客服", "好"])
    book.save(tmp_path / "chats.xlsx")
    events, rejects = read(tmp_path / "chats.xlsx")
    assert [event.at.isoformat() for event in events] == [
        "2026-11-01T00:00:01+00:00",
        "2026-11-01T16:00:00+00:00",
    ]
    assert {event.buyer for event in events} == {"12345"}
    assert keys(rejects) == [(5, "消息时间", "reject.at_unreadable")]


def test_a_mapping_names_columns_and_constants(tmp_path: Path) -> None:
    path = written(tmp_path, "who,when,what\nb1,2026-11-01 08:00,hi\n")
    mapping = {"buyer": "who", "at": "When", "text": "what", "actor": "=buyer", "shop": "=mine"}
    events, rejects = read(path, mapping)
    assert rejects == []
    assert (events[0].shop, events[0].buyer, events[0].payload.text) == ("mine", "b1", "hi")


@pytest.mark.parametrize(
    ("content", "mapping", "key"),
    [
        ("", {}, "table.empty"),
        ("\n\n", {}, "table.empty"),
        ("a,b,c\n1,2,3\n", {}, "table.unknown"),
        (PLAIN.split("\n", 1)[1], {}, "table.unknown"),
        ("buyer,at,text\nb,2026-11-01,hi\n", {}, "table.columns_missing"),
        ("日期,客服,咨询人数\n2026-11-01,小李,12\n", {}, "table.report"),
        (PLAIN, {"buyer": "nobody"}, "mapping.header_unknown"),
        (PLAIN, {"byuer": "buyer"}, "mapping.column_unknown"),
    ],
)
def test_a_file_that_is_no_chat_log_says_what_it_is(
    tmp_path: Path, content: str, mapping: dict[str, str], key: str
) -> None:
    with pytest.raises(ReaderError) as raised:
        read(written(tmp_path, content), mapping)
    assert [problem.key for problem in raised.value.problems] == [key]


def test_no_file_and_a_folder_are_said_to_be_none(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "absent.csv"):
        with pytest.raises(ReaderError, match=r"table\.no_file"):
            read(path)


def test_rejects_name_line_column_and_reason(tmp_path: Path) -> None:
    rows = [
        's,w,"b\n1",b1,2026-11-01T08:00:00Z,buyer,,,text,fine,,m1',
        "s,w,b1,b1,,buyer,,,text,no time,,",
        "s,w,b1,b1,2026-02-30 08:00,buyer,,,text,no such day,,",
        "s,w,b1,b1,1970-01-01T00:00:00Z,buyer,,,text,too early,,",
        "s,w,b1,b1,2026-11-01T08:00:00Z,,,,text,nobody,,",
        "s,w,b1,b1,2026-11-01T08:00:00Z,robot,,,text,,,",
        "s,w,b1,b1,2026-11-01T08:00:00Z,agent,copied,,text,,,",
        "s,w,b1,b1,2026-11-01T08:00:00Z,agent,,,Some kind,,,",
        "s,w,b1,b1,2026-11-01T08:00:00Z,agent,,,buyer.marked,rude,,",
        "s,w,,,2026-11-01T08:00:00Z,agent,,,text,,,",
        ",w,b1,b1,2026-11-01T08:00:00Z,agent,,,text,,,",
        "s,w,b1",
        "s,w,b1,b1,2026-11-01T08:00:00Z,agent,,,text,,,,too,many",
        "s,w,b1,b1,2026-11-01T08:00:00Z,agent,,,text,\0,,",
        's,w,b1,b1,2026-11-01T08:00:00Z,agent,,,text,"x"y,,',
        's,w,b1,b1,2026-11-01T08:00:00Z,agent,,,text,"open,,',
        "s,w,b1,b1,2026-11-01T08:00:00Z,agent,,,text,last,,m2",
    ]
    events, rejects = read(written(tmp_path, "\n".join([HEADERS, *rows])))
    assert [event.source_id for event in events] == ["m1", "m2"]
    assert keys(rejects) == [
        (4, "at", "reject.at_missing"),
        (5, "at", "reject.at_unreadable"),
        (6, "at", "reject.at_out_of_range"),
        (7, "actor", "reject.actor_missing"),
        (8, "actor", "reject.actor_unknown"),
        (9, "origin", "reject.origin_unknown"),
        (10, "kind", "reject.kind_unknown"),
        (11, "mark", "reject.mark_unknown"),
        (12, "buyer", "reject.buyer_missing"),
        (13, "shop", "reject.shop_missing"),
        (14, None, "reject.cells_missing"),
        (15, None, "reject.cells_too_many"),
        (16, None, "reject.nul"),
        (17, None, "reject.quote_misplaced"),
        (18, None, "reject.quote_open"),
    ]


def test_a_shop_of_the_readers_fills_blank_ones(tmp_path: Path) -> None:
    content = "shop,buyer,at,actor\n,b,2026-11-01 08:00,buyer\n旧,b,2026-11-01 08:01,buyer\n"
    assert [e.shop for e in read(written(tmp_path, content), shop="王记")[0]] == ["王记", "旧"]
    bare = "buyer,at,actor\nb,2026-11-01 08:00,buyer\n"
    assert read(written(tmp_path, bare))[0][0].shop == "default"


def test_local_times_that_a_clock_change_skips_are_rejected_and_repeated_ones_are_the_first(
    tmp_path: Path,
) -> None:
    content = "buyer,at,actor\nb,2026-03-08 02:30,buyer\nb,2026-11-01 01:30,buyer\n"
    events, rejects = read(written(tmp_path, content), timezone="America/New_York")
    assert keys(rejects) == [(2, "at", "reject.at_skipped")]
    assert events[0].at == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


def test_a_kind_of_a_newer_version_is_kept(tmp_path: Path) -> None:
    events, _ = read(written(tmp_path, PLAIN.replace("card.product", "card.hologram_3")))
    assert events[2].kind == "card.hologram_3"


def test_cells_that_our_export_neutralised_are_restored(tmp_path: Path) -> None:
    events, _ = read(written(tmp_path, PLAIN.replace("在吗？", "'=1+1").replace("在的亲", "''@x")))
    assert [event.payload.text for event in events[:2]] == ["=1+1", "'@x"]


def test_a_file_that_runs_backward_is_read_bottom_up_with_its_ordinals(tmp_path: Path) -> None:
    header, *rows = "buyer,at,actor,text\nb,2026-11-01 08:00,buyer,same\n".splitlines()
    forward = [*rows * 2, *(f"b,2026-11-01 08:{m:02},buyer,other" for m in range(1, 40))]
    expected, _ = read(written(tmp_path, "\n".join([header, *forward]), "forward.csv"))
    backward, _ = read(written(tmp_path, "\n".join([header, *forward[::-1]]), "backward.csv"))
    assert backward == expected
    assert [event.source_id[-2:] for event in expected[:3]] == [":0", ":1", ":0"]


def test_equal_rows_keep_ids_of_their_own_whatever_the_block_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = "buyer,at,actor\n" + "b,2026-11-01 08:00,buyer\n" * 50_000
    path = written(tmp_path, content)
    expected = {event.source_id for event in read(path)[0]}
    monkeypatch.setattr("miaohui.adapters.channels.table_import.encodings.BLOCK_BYTES", 70_001)
    assert {event.source_id for event in read(path)[0]} == expected
    assert len(expected) == 50_000


@pytest.mark.parametrize("turned", [False, True])
def test_reading_goes_on_at_any_row_as_if_it_had_never_stopped(
    tmp_path: Path, turned: bool
) -> None:
    rows = [f"b{i % 3},2026-11-01 {i // 60:02}:{i % 60:02},buyer,same" for i in range(120)]
    rows += rows[-1:] * 20
    content = "\n".join(["buyer,at,actor,text", *(rows[::-1] if turned else rows)])
    table = open_table(written(tmp_path, content), LAYOUTS, {}, None, ZONE)
    whole = list(read_events(table))
    for start in (0, 1, 77, 139, 140, 1_000):
        assert list(read_events(table, start_row=start)) == whole[start:]


def test_a_spool_on_disk_hands_back_what_memory_would(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [f"b,2026-11-{30 - i // 1440:02} {23 - i // 60 % 24:02}:30,buyer" for i in range(30_000)]
    path = written(tmp_path, "\n".join(["buyer,at,actor", *rows]))
    expected = read(path)
    monkeypatch.setattr("miaohui.adapters.channels.table_import.spool.HELD_BYTES", 0)
    monkeypatch.setattr("miaohui.adapters.channels.table_import.encodings.BLOCK_BYTES", 100_000)
    monkeypatch.setattr("miaohui.adapters.channels.table_import.reading.GATHERED_ROWS", 1_000)
    assert read(path) == expected


def test_frames_have_typed_columns(tmp_path: Path) -> None:
    table = open_table(written(tmp_path, PLAIN), LAYOUTS, {}, None, ZONE)
    frame = pl.concat(read_frames(table))
    assert frame.schema["at"] == pl.Datetime("us", "UTC")
    assert frame.columns == [
        *HEADERS.split(","),
        *("purpose", "about", "mark", "by", "rating", "media", "brief"),
        *("group", "until", "tag", "extra"),
    ]


def test_progress_tells_bytes_and_ends_at_the_whole(tmp_path: Path) -> None:
    path = written(tmp_path, PLAIN * 2_000)
    heard: list[tuple[int, int]] = []
    table = open_table(path, LAYOUTS, {}, None, ZONE)
    list(read_events(table, progress=lambda done, total: heard.append((done, total))))
    assert heard[-1] == (path.stat().st_size, path.stat().st_size)


def test_a_dry_run_shows_what_would_be_read(tmp_path: Path) -> None:
    seen = look(written(tmp_path, CHATS_FILE.encode("gb18030")), LAYOUTS, {}, None, ZONE)
    assert (seen.format, seen.encoding, seen.separator) == ("csv", "gb18030", ",")
    assert (seen.layout, seen.header_line, seen.rows, seen.is_whole) == ("chats", 2, 2, True)
    assert seen.columns["at"] == "消息时间"
    assert seen.kept_beside == ("备注",)
    assert [event.payload.text for event in seen.events] == ["在吗？", "在的亲"]


def test_the_reject_file_can_be_opened_in_a_spreadsheet_and_exists_only_if_needed(
    tmp_path: Path,
) -> None:
    path = tmp_path / "rejects.csv"
    with RejectFile(path, lambda key, _: key, ("at", "text")) as file:
        assert not path.exists()
        file.write(Reject(7, "at", "reject.at_missing", {}, ("", "=1+1\ud800")))
    lines = path.read_bytes().decode("utf-8-sig").splitlines()
    assert lines[1] == "7,at,reject.at_missing,,'=1+1?"


def test_bytes_that_are_no_text_stay_undecodable_after_transcoding(tmp_path: Path) -> None:
    path = written(tmp_path, "好\n".encode("gb18030") + b"\xb0\n" + "吗\n".encode("gb18030"))
    text = b"".join(utf8_blocks(path, Encoding("gb18030"), None))
    first, second, third, _ = text.split(b"\n")
    assert (first.decode(), third.decode()) == ("好", "吗")
    with pytest.raises(UnicodeDecodeError):
        second.decode()
