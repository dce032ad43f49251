"""Settings: every wrong one is told with its line, and the environment goes before the file."""

from pathlib import Path

import pytest

from miaohui.adapters.channels.webhook.signature import new_secret
from miaohui.app.config import Settings, WebhookSettings, read_settings
from miaohui.domain.vocabulary.problems import Problem, ReaderError

SECRET = new_secret(bytes(32))


def written(folder: Path, text: str) -> Path:
    path = folder / "miaohui.toml"
    path.write_text(text, "utf-8")
    return path


def refused(path: Path, **environment: str) -> tuple[Problem, ...]:
    with pytest.raises(ReaderError) as told:
        read_settings(path, environment)
    return told.value.problems


def test_without_a_file_everything_has_a_default():
    assert read_settings(None, {}) == Settings("miaohui.db", "127.0.0.1", 8520, {})


def test_a_file_is_read(tmp_path):
    path = written(
        tmp_path,
        f"""
        log = "shop.db"
        [webhooks.main]
        shop = "茶叶铺"
        channel = "自家店"
        secrets = ["{SECRET}"]
        """,
    )
    webhook = WebhookSettings("茶叶铺", "自家店", [SECRET])
    assert read_settings(path, {}) == Settings("shop.db", webhooks={"main": webhook})


def test_the_environment_goes_before_the_file(tmp_path):
    path = written(tmp_path, 'log = "shop.db"\nport = 1\n')
    given = {"MIAOHUI_LOG": "other.db", "MIAOHUI_PORT": "9000", "MIAOHUI_HOST": ""}
    assert read_settings(path, given) == Settings("other.db", port=9000)


@pytest.mark.parametrize(
    ("text", "line", "setting"),
    [
        ("\nport = 70000\n", 2, "port"),
        ('log = "a"\nport = "x"\n', 2, "port"),
        ('log = "a"\n\npasswort = "x"\n', 3, "passwort"),
        ('[webhooks.main]\nshop = ""\nchannel = "c"\nsecrets = []\n', 2, "webhooks.main.shop"),
        ('[webhooks.main]\nshop = "s"\nchannel = "c"\nsecrets = []\n', 4, "webhooks.main.secrets"),
    ],
)
def test_a_wrong_setting_is_told_with_its_line(tmp_path, text, line, setting):
    (problem,) = refused(written(tmp_path, text))
    assert (problem.key, problem.line, problem.values["setting"]) == ("config.wrong", line, setting)


def test_everything_wrong_is_told_at_once(tmp_path):
    text = f"""
port = 70000
log_level = "loud"
[webhooks.one]
shop = "s"
channel = "c"
[webhooks.two]
shop = 3
channel = "c"
secrets = ["{SECRET}"]
"""
    problems = refused(written(tmp_path, text), MIAOHUI_METRICS_TOKEN="short")
    assert [(each.values["setting"], each.line) for each in problems] == [
        ("port", 2),
        ("log_level", 3),
        ("webhooks.one.secrets", 4),
        ("webhooks.two.shop", 8),
        ("metrics_token", None),
    ]


def test_a_wrong_setting_in_the_environment_is_told_by_its_name_there(tmp_path):
    (problem,) = refused(written(tmp_path, "port = 8520"), MIAOHUI_PORT="http")
    assert (problem.key, problem.values["setting"]) == ("config.wrong", "port")
    assert (problem.file, problem.line) == ("MIAOHUI_PORT", None)


def test_the_environment_may_mend_what_the_file_says_wrong(tmp_path):
    path = written(tmp_path, "port = 70000\nmetrics_per_shop = false\n")
    given = {"MIAOHUI_PORT": "1", "MIAOHUI_METRICS_PER_SHOP": "true"}
    assert read_settings(path, given) == Settings(port=1, metrics_per_shop=True)


def test_every_wrong_secret_is_told_and_none_is_shown(tmp_path):
    text = "".join(
        f'[webhooks.{name}]\nshop = "s"\nchannel = "c"\nsecrets = ["{secret}"]\n'
        for name, secret in (("one", "hunter2"), ("two", SECRET), ("three", "whsec_geheim"))
    )
    problems = refused(written(tmp_path, text))
    assert [(each.values["id"], each.line) for each in problems] == [("one", 4), ("three", 12)]
    assert "hunter2" not in str(problems)


def test_what_is_no_toml_is_told_with_its_line(tmp_path):
    (problem,) = refused(written(tmp_path, 'log = "a"\nport = = 3\n'))
    assert (problem.key, problem.line) == ("config.unreadable", 2)


def test_a_missing_or_unreadable_file_is_told(tmp_path):
    (problem,) = refused(tmp_path / "none.toml")
    assert problem.key == "file.missing"
    path = tmp_path / "latin.toml"
    path.write_bytes('log = "茶"'.encode("gb18030"))
    (problem,) = refused(path)
    assert problem.key == "file.failed"


def test_settings_show_no_secret():
    webhook = WebhookSettings("茶叶铺", "自家店", [SECRET])
    settings = Settings(webhooks={"main": webhook}, metrics_token="0123456789abcdef")
    assert SECRET not in repr(settings)
    assert "0123456789abcdef" not in repr(settings)


def test_proxies_are_addresses_or_networks(tmp_path):
    sound = 'trusted_proxies = ["127.0.0.1", "10.0.0.0/8", "::1"]\n'
    assert read_settings(written(tmp_path, sound), {}).trusted_proxies[1] == "10.0.0.0/8"
    wrong = 'log = "a"\ntrusted_proxies = ["10.0.0.1/8", "*", "::1", "proxy"]\n'
    problems = refused(written(tmp_path, wrong))
    (alone,) = refused(written(tmp_path, ""), MIAOHUI_TRUSTED_PROXIES="::1, proxy")
    assert (alone.key, alone.file, alone.values["value"]) == (
        "config.proxy",
        "MIAOHUI_TRUSTED_PROXIES",
        "proxy",
    )
    said = read_settings(None, {"MIAOHUI_TRUSTED_PROXIES": "::1, 10.0.0.0/8"})
    assert said.trusted_proxies == ["::1", "10.0.0.0/8"]
    assert [(each.key, each.line, each.values["value"]) for each in problems] == [
        ("config.proxy", 2, "10.0.0.1/8"),
        ("config.proxy", 2, "*"),
        ("config.proxy", 2, "proxy"),
    ]
