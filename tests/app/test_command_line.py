import json
import signal
import subprocess
import time
from pathlib import Path

import polars as pl
import pytest
from tests.app.command_line import command, environment, miaohui


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a demo shop: a table, and the log it was taken into."""
    folder = tmp_path_factory.mktemp("shop")
    made = miaohui(folder, "demo-log", "chats.csv", "--events", 6000, "--days", 5)
    assert made.returncode == 0, made.stderr
    taken = miaohui(folder, "import", "chats.csv", "--into", "shop.db")
    assert taken.returncode == 0, taken.stderr
    return folder


def report(folder: Path, *words: object) -> dict:
    done = miaohui(folder, "report", *words, "--format", "json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_importing_the_same_file_twice_changes_nothing(shop: Path):
    before = report(shop, "shop.db")
    again = miaohui(shop, "import", "chats.csv", "--into", "shop.db")
    assert "took in 0 events" in again.stdout
    assert report(shop, "shop.db") == before


def test_the_log_and_the_table_give_the_same_report(shop: Path):
    assert report(shop, "shop.db") == report(shop, "chats.csv")


@pytest.mark.parametrize("ending", ["csv", "xlsx", "jsonl", "parquet"])
def test_import_export_import_gives_identical_figures(shop: Path, tmp_path: Path, ending: str):
    table = tmp_path / f"out.{ending}"
    assert miaohui(shop, "export", "shop.db", table).returncode == 0
    assert report(shop, table) == report(shop, "shop.db")


def test_columns_give_the_same_report(shop: Path, tmp_path: Path):
    columns = tmp_path / "columns"
    assert miaohui(shop, "import", "chats.csv", "--columns", columns).returncode == 0
    assert report(shop, columns) == report(shop, "chats.csv")


def test_the_json_report_has_the_promised_shape(shop: Path):
    found = report(shop, "shop.db")
    assert found["pack"] == "pdd@2026.1"
    (one,) = found["shops"]
    figure = one["total"]["reply_3min"]
    assert list(figure)[:7] == [
        "value",
        "numerator",
        "denominator",
        "pending",
        "worst",
        "best",
        "excluded",
    ]
    assert figure["value"] == figure["numerator"] / figure["denominator"]
    assert [day["date"] for day in one["days"]] == [f"2026-11-0{day}" for day in range(1, 6)]
    assert {"account", "metrics"} == set(one["accounts"][0])


def test_days_can_be_chosen_and_their_persons_add_up(shop: Path):
    whole = report(shop, "shop.db")["shops"][0]
    part = report(shop, "shop.db", "--from", "2026-11-02", "--to", "2026-11-03")["shops"][0]
    assert [day["date"] for day in part["days"]] == ["2026-11-02", "2026-11-03"]
    assert part["days"] == whole["days"][1:3]
    counts = [day["metrics"]["reply_3min"]["denominator"] for day in part["days"]]
    assert part["total"]["reply_3min"]["denominator"] == sum(counts)


def test_an_as_of_in_mid_log_leaves_chats_pending(shop: Path):
    found = report(shop, "shop.db", "--as-of", "2026-11-03T21:00:00")
    total = found["shops"][0]["total"]
    assert found["as_of"] == "2026-11-03T13:00:00Z"
    assert sum(figure["pending"] for figure in total.values()) > 0


def test_the_report_of_one_shop_is_known_up_to_the_newest_event_of_all(tmp_path: Path):
    (tmp_path / "two.csv").write_text(
        "shop,buyer,at,actor\nA,b,2026-11-01T10:00:00+08:00,buyer\n"
        "B,b,2026-11-01T12:00:00+08:00,buyer\n"
    )
    (one,) = report(tmp_path, "two.csv", "--shop", "A")["shops"]
    assert one["total"]["reply_3min_round"]["denominator"] == 1


def test_the_terminal_report_names_the_rate_with_its_people(shop: Path):
    shown = miaohui(shop, "report", "shop.db", language="zh").stdout
    assert "3分钟人工回复率" in shown
    assert "人）" in shown
    assert max(len(line) for line in shown.splitlines()) < 200


def test_one_page_is_written_and_reaches_for_nothing_outside(shop: Path, tmp_path: Path):
    page = tmp_path / "page.html"
    assert miaohui(shop, "report", "shop.db", "--html", page).returncode == 0
    written = page.read_text("utf-8")
    assert "Content-Security-Policy" in written
    assert 'src="http' not in written
    assert 'href="http' not in written


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_report_is_written_as_a_table(shop: Path, tmp_path: Path, ending: str):
    table = tmp_path / f"report.{ending}"
    done = miaohui(shop, "report", "shop.db", "--format", ending, "--out", table)
    assert done.returncode == 0, done.stderr
    assert table.stat().st_size > 1000


def test_a_chat_is_explained_sample_by_sample(shop: Path):
    whole = report(shop, "shop.db")
    missed = whole["shops"][0]["missed"][0]
    (chat,) = report(shop, "shop.db", "--explain", missed["conversation"])
    rounds = [s for s in chat["samples"] if s["metric"] == "reply_3min_round"]
    assert any(s["start"] == missed["started_at"] and s["status"] == "miss" for s in rounds)
    shown = miaohui(shop, "report", "shop.db", "--explain", missed["conversation"]).stdout
    assert "counted as missed" in shown


def test_an_erased_buyer_is_gone_and_no_figure_moved(shop: Path, tmp_path: Path):
    log = tmp_path / "shop.db"
    log.write_bytes((shop / "shop.db").read_bytes())
    before = report(shop, log)
    buyer = pl.read_csv(shop / "chats.csv", infer_schema=False)["buyer"][0]
    erased = miaohui(shop, "log", "erase-buyer", log, "shop-0001", "simulator", buyer, "--yes")
    assert erased.returncode == 0, erased.stderr
    assert report(shop, log) == before
    assert buyer.encode() not in log.read_bytes()
    assert miaohui(shop, "log", "check", log).returncode == 0


def test_a_line_of_ones_own_decides_the_verdict(shop: Path):
    def verdict(value: str) -> object:
        found = report(shop, "shop.db", "--line", f"{line}={value}")
        verdicts = found["shops"][0]["verdicts"]
        return next(each["holds"] for each in verdicts if each["threshold"] == line)

    lines = report(shop, "shop.db")["thresholds"]
    line = next(each["id"] for each in lines if each["metric"] == "reply_3min")
    assert verdict("1%") is True
    assert verdict("99.9%") is False


def test_packs_can_be_compared_over_a_log(shop: Path):
    shown = miaohui(shop, "packs", "diff", "pdd", "taobao", "--log", "shop.db")
    assert shown.returncode == 0, shown.stderr
    assert "reply_3min" in shown.stdout


def test_a_dry_run_takes_nothing_in(shop: Path, tmp_path: Path):
    seen = miaohui(shop, "import", "chats.csv", "--into", tmp_path / "none.db", "--dry-run")
    assert "interchange" in seen.stdout
    assert not (tmp_path / "none.db").exists()


def test_an_interrupted_import_goes_on_where_it_stopped(tmp_path: Path):
    made = miaohui(tmp_path, "demo-log", "chats.csv", "--events", 60000, "--days", 7)
    assert made.returncode == 0
    words = command("import", "chats.csv", "--into", "shop.db")
    kind = {"cwd": tmp_path, "env": environment(tmp_path), "text": True}
    stopped = subprocess.Popen(words, **kind, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    written = tmp_path / "shop.db-wal"
    while not written.exists() or written.stat().st_size < 500_000:
        assert stopped.poll() is None, stopped.communicate()
        time.sleep(0.005)
    stopped.send_signal(signal.SIGINT)
    _, said = stopped.communicate(timeout=60)
    assert stopped.returncode == 130
    assert "Traceback" not in said
    assert miaohui(tmp_path, "log", "check", "shop.db").returncode == 0
    resumed = miaohui(tmp_path, "import", "chats.csv", "--into", "shop.db")
    assert "going on after row" in resumed.stdout
    assert report(tmp_path, "shop.db") == report(tmp_path, "chats.csv")


def test_unreadable_rows_are_kept_aside_with_line_column_and_reason(tmp_path: Path):
    (tmp_path / "chats.csv").write_text(
        "shop,buyer,at,actor,text\n"
        "s,b,2026-11-01T09:00:00+08:00,buyer,hello\n"
        "s,b,2026-13-01T09:00:30+08:00,agent,hi\n"
        "s,b,2026-11-01T09:01:00+08:00,nobody,hi\n"
        "s,b,2026-11-01T09:02:00+08:00,agent,=1+1\n"
    )
    done = miaohui(tmp_path, "report", "chats.csv", "--format", "json")
    assert "2 rows could not be read" in done.stderr
    rejects = (tmp_path / "chats.csv.rejects.csv").read_text("utf-8-sig").splitlines()
    assert rejects[1].startswith("3,at,")
    assert rejects[2].startswith("4,actor,")
    assert json.loads(done.stdout)["shops"][0]["total"]["reply_3min_round"]["numerator"] == 1


def test_an_automatic_reply_of_a_chinese_export_is_never_a_person(tmp_path: Path):
    (tmp_path / "记录.csv").write_bytes(
        "店铺,买家昵称,消息时间,发送人,消息内容\n"
        "王记,小红,2026-11-01 09:00:00,买家,在吗\n"
        "王记,小红,2026-11-01 09:00:01,自动回复,稍等\n"
        "王记,小明,2026-11-01 09:00:00,买家,在吗\n"
        "王记,小明,2026-11-01 09:00:09,客服,在的\n".encode("gb18030")
    )
    (one,) = report(tmp_path, "记录.csv")["shops"]
    figure = one["total"]["reply_3min_round"]
    assert (one["shop"], figure["numerator"], figure["pending"]) == ("王记", 1, 1)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["report", "missing.csv"], "no such file"),
        (["report", "chats.csv", "--pack", "nowhere"], "no pack nowhere"),
        (["report", "chats.csv", "--from", "yesterday"], "--from"),
        (["report", "chats.csv", "--from", "2026-11-05", "--to", "2026-11-01"], "after"),
        (["report", "chats.csv", "--as-of", "noon"], "--as-of"),
        (["report", "chats.csv", "--format", "pdf"], "allowed"),
        (["report", "chats.csv", "--shop", "nobody"], "no such shop"),
        (["report", "chats.csv", "--explain", "nobody"], "no conversation"),
        (["report", "chats.csv", "--timezone", "Mars/Olympus"], "timezone"),
        (["report", "chats.csv", "--line", "nothing=1"], "allowed"),
        (["report", "chats.csv", "-m", "at"], "--mapping"),
        (["log", "check", "chats.csv"], "not a Miaohui log"),
        (["export", "chats.csv", "out.csv"], "no log"),
        (["import", "shop.db"], "shop.db"),
        (["demo-log", "out.pdf"], "allowed"),
        (["nonsense"], "No such command"),
    ],
)
def test_what_the_reader_can_mend_is_told_in_a_sentence(
    shop: Path, words: list[str], sentence: str
):
    done = miaohui(shop, *words)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_help_is_complete_in_both_languages(shop: Path):
    for words in ([], ["import"], ["report"], ["export"], ["demo-log"], ["packs"], ["log"]):
        for language in ("zh", "en"):
            shown = miaohui(shop, *words, "--help", language=language)
            assert shown.returncode == 0
            assert "help." not in shown.stdout


def test_every_pack_is_listed_shown_and_sound(shop: Path):
    listed = miaohui(shop, "packs", "list").stdout.splitlines()[1:]
    names = [line.split()[0] for line in listed]
    assert "pdd@2026.1" in names
    assert miaohui(shop, "packs", "check").returncode == 0
    for name in names:
        assert miaohui(shop, "packs", "show", name).returncode == 0
