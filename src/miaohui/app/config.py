"""The settings of a house: one TOML file, read once, and wrong ones told with their line."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, NamedTuple, get_type_hints

import msgspec

from miaohui.adapters.channels.webhook.signature import key_of
from miaohui.app.log_book import LogFormat, LogLevel
from miaohui.domain.vocabulary.problems import Problem, ReaderError

PORT = 8520
PREFIX = "MIAOHUI_"
WEBHOOKS, PROXIES = "webhooks", "trusted_proxies"


class WebhookSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One `[webhooks.<id>]`: the channel of a shop that comes in signed with `secrets`.

    `to` is where its messages go out, `to_inside` that this may be an address inside the network.
    `left_alone`: the platform says who gets a chat. `pack`: the rules that a new shop goes by.
    """

    shop: Annotated[str, msgspec.Meta(min_length=1)]
    channel: Annotated[str, msgspec.Meta(min_length=1, pattern="^[^~]")]
    secrets: Annotated[list[str], msgspec.Meta(min_length=1)]
    to: str | None = None
    to_inside: bool = False
    left_alone: bool = False
    pack: str | None = None

    def __repr__(self) -> str:
        return f"WebhookSettings({self.shop!r}, {self.channel!r})"


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that can be set; docs/serving.md tells what each is for."""

    log: str = "miaohui.db"
    host: str = "127.0.0.1"
    port: Annotated[int, msgspec.Meta(ge=0, le=65535)] = PORT
    webhooks: dict[str, WebhookSettings] = {}
    log_level: LogLevel = "warning"
    log_format: LogFormat = "json"
    metrics_token: Annotated[str, msgspec.Meta(min_length=16)] | None = None
    metrics_per_shop: bool = False
    trusted_proxies: list[str] = []
    address: Annotated[str, msgspec.Meta(pattern=r"^https?://[!-~]+$")] | None = None
    robots_inside: bool = False
    push_inside: bool = False

    def __repr__(self) -> str:
        return f"Settings({self.host!r}, {self.port!r})"


FIELDS = get_type_hints(Settings, include_extras=True)


class Written(NamedTuple):
    """What is written in a settings file; `file` and `text` are empty where there is none."""

    file: str | None
    text: str
    told: Mapping[str, object]


def read_settings(path: Path | None, environment: Mapping[str, str]) -> Settings:
    """The settings of a file, or of none; MIAOHUI_LOG, MIAOHUI_PORT … go before it.

    Raises ReaderError with every problem at once.
    """
    return settings_of(written_in(path), environment)


def written_in(path: Path | None) -> Written:
    """What a file says. Raises ReaderError `file.missing`, `file.failed`, `config.unreadable`."""
    if path is None:
        return Written(None, "", {})
    text = _text(path)
    try:
        return Written(str(path), text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found.group(1)) if found else None
        reason = {"reason": str(error)}
        raise ReaderError(Problem("config.unreadable", reason, str(path), line)) from None


def settings_of(written: Written, environment: Mapping[str, str]) -> Settings:
    """What is written, under what the environment says. Raises ReaderError as `read_settings`."""
    said = {name: environment[variable(name)] for name in by_environment(environment)}
    problems = [*_wrong(written, said), *_wrong_in_environment(said)]
    if problems:
        raise ReaderError(*problems)
    told = {name: each for name, each in written.told.items() if name not in said}
    spoken = {
        name: msgspec.convert(_parted(name, each), FIELDS[name], strict=False)
        for name, each in said.items()
    }
    return Settings(**msgspec.structs.asdict(msgspec.convert(told, Settings)) | spoken)


def by_environment(environment: Mapping[str, str]) -> list[str]:
    """The settings that the environment says: all but the tables can be said there."""
    return [name for name in FIELDS if name != WEBHOOKS and environment.get(variable(name))]


def variable(name: str) -> str:
    """The name of a setting in the environment."""
    return PREFIX + name.upper()


def line_of(written: Written, name: str, after: str = "") -> int | None:
    """The line that sets a name, or opens the table of that name; `after`: inside that table."""
    start = max(written.text.find(after), 0) if after else 0
    end = written.text.find("\n[", start) if after else -1
    setting = re.compile(rf"^\s*(\[.*{re.escape(name)}.*\]|{re.escape(name)}\s*=)", re.MULTILINE)
    found = setting.search(written.text[start : None if end < 0 else end])
    return None if found is None else written.text.count("\n", 0, start + found.start(1)) + 1


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        raise ReaderError(Problem("file.missing", {"path": str(path)})) from None
    except UnicodeDecodeError as error:
        reason = {"path": str(path), "reason": f"UTF-8: {error.reason}"}
        raise ReaderError(Problem("file.failed", reason)) from None


def _wrong(written: Written, said: Mapping[str, str]) -> Iterator[Problem]:
    """What is wrong in the file, each setting by itself so that all is told at once."""
    for name, value in written.told.items():
        if name == WEBHOOKS and isinstance(value, dict):
            for id_, webhook in value.items():
                yield from _wrong_webhook(written, id_, webhook)
        elif name not in said:
            yield from _wrong_value(written, {name: value}, Settings)
    yield from _wrong_proxies(written.told.get(PROXIES), written.file, line_of(written, PROXIES))


def _parted(name: str, said: str) -> str | list[str]:
    """What the environment says; a list is parted by commas."""
    return [part.strip() for part in said.split(",")] if name == PROXIES else said


def _wrong_proxies(proxies: object, file: str | None, line: int | None) -> Iterator[Problem]:
    for proxy in proxies if isinstance(proxies, list) else ():
        try:
            ip_network(proxy)
        except ValueError:
            yield Problem("config.proxy", {"value": str(proxy)}, file, line)


def _wrong_webhook(written: Written, id_: str, webhook: object) -> Iterator[Problem]:
    table = f"{WEBHOOKS}.{id_}"
    wrong = list(_wrong_value(written, webhook, WebhookSettings, table))
    yield from wrong
    if not wrong and not all(
        key_of(secret) for secret in msgspec.convert(webhook, WebhookSettings).secrets
    ):
        yield Problem(
            "config.secret", {"id": id_}, written.file, line_of(written, "secrets", table)
        )


def _wrong_value(
    written: Written, value: object, kind: type[msgspec.Struct], table: str = ""
) -> Iterator[Problem]:
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        reason, _, where = str(error).partition(" - at `$")
        named = re.search(r"(?:unknown|missing required) field `(.+)`", reason)
        inside = where.strip("`.").partition("[")[0] or (named.group(1) if named else "")
        values = {"setting": ".".join(filter(None, (table, inside))), "reason": reason}
        line = line_of(written, inside, table) or line_of(written, table)
        yield Problem("config.wrong", values, written.file, line)


def _wrong_in_environment(said: Mapping[str, str]) -> Iterator[Problem]:
    for name, each in said.items():
        try:
            msgspec.convert(_parted(name, each), FIELDS[name], strict=False)
        except msgspec.ValidationError as error:
            values = {"setting": name, "reason": str(error)}
            yield Problem("config.wrong", values, variable(name))
    if PROXIES in said:
        yield from _wrong_proxies(_parted(PROXIES, said[PROXIES]), variable(PROXIES), None)
