"""`miaohui settings`: what holds and who says so, without a secret."""

import json
from pathlib import Path

from tests.app.command_line import miaohui

from miaohui.adapters.channels.webhook.signature import new_secret

SECRET = new_secret(bytes(32))
FILE = f"""
log = "postgresql://merchant:hunter2@/shop?password=hunter3"
metrics_token = "hunter4-hunter4-hunter4"
port = 9000

[webhooks.main]
shop = "茶叶铺"
channel = "自家店"
to = "https://merchant:hunter5@example.com/in?shop=1"
secrets = ["{SECRET}"]
"""


def shown(folder: Path, monkeypatch, *words: str) -> str:
    (folder / "miaohui.toml").write_text(FILE, "utf-8")
    monkeypatch.setenv("MIAOHUI_PORT", "9001")
    done = miaohui(folder, "settings", "-c", "miaohui.toml", *words)
    assert (done.returncode, done.stderr) == (0, "")
    assert "hunter" not in done.stdout
    assert SECRET not in done.stdout
    return done.stdout


def test_every_setting_is_shown_with_its_origin_and_no_secret(tmp_path, monkeypatch):
    told = json.loads(shown(tmp_path, monkeypatch, "--format", "json"))
    by_name = {each["setting"]: (each["value"], each["origin"]) for each in told}
    assert by_name["port"] == (9001, "MIAOHUI_PORT")
    assert by_name["host"] == ("127.0.0.1", "default")
    assert by_name["log"] == ("postgresql://merchant@/shop", "miaohui.toml:2")
    assert by_name["metrics_token"] == ("…", "miaohui.toml:3")
    assert by_name["webhooks.main.secrets"] == (["…"], "miaohui.toml:10")
    to = "https://merchant@example.com/in?shop=1"
    assert by_name["webhooks.main.to"] == (to, "miaohui.toml:9")
    assert by_name["webhooks.main.pack"] == (None, "default")
    assert by_name["master_key_file"][1] == "MIAOHUI_MASTER_KEY_FILE"


def test_for_people_it_is_a_table(tmp_path, monkeypatch):
    lines = shown(tmp_path, monkeypatch).splitlines()
    assert any("port" in line and "9001" in line and "MIAOHUI_PORT" in line for line in lines)


def test_what_is_wrong_is_told_instead(tmp_path):
    (tmp_path / "wrong.toml").write_text("port = 0\nlog_level = 3\n\nprot = 1\n")
    done = miaohui(tmp_path, "settings", "-c", "wrong.toml")
    assert done.returncode == 2
    assert [line.partition(": ")[0] for line in done.stderr.splitlines()] == [
        "wrong.toml:2",
        "wrong.toml:4",
    ]
