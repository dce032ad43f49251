"""The settings of a house: one TOML file, read once, and wrong ones told with their line."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated

import msgspec

from miaohui.adapters.channels.webhook.signature import key_of
from miaohui.domain.vocabulary.problems import Problem, ReaderError

PORT = 8520
PREFIX = "MIAOHUI_"


class WebhookSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One `[webhooks.<id>]`: the channel of a shop that comes in signed with `secrets`.

    `to` is where its messages go out, `to_inside` that this may be an address inside the network.
    `left_alone`: the platform says who gets a chat. `pack`: the rules that a new shop goes by.
    """

    shop: Annotated[str, msgspec.Meta(min_length=1)]
    channel: Annotated[str, msgspec.Meta(min_length=1)]
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
    trusted_proxies: list[str] = []


def read_settings(path: Path | None, environment: Mapping[str, str]) -> Settings:
    """The settings of a file, or of none; MIAOHUI_LOG, MIAOHUI_HOST and MIAOHUI_PORT go before.

    Raises ReaderError with every problem at once.
    """
    text = "" if path is None else _text(path)
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ReaderError(_syntax(path, error)) from None
    for name in ("log", "host", "port"):
        said = environment.get(PREFIX + name.upper())
        if said:
            told[name] = int(said) if name == "port" and said.isdigit() else said
    settings = _settings(told, path, text)
    problems = [*_wrong_secrets(settings, path, text), *_wrong_proxies(settings, path, text)]
    if problems:
        raise ReaderError(*problems)
    return settings


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        raise ReaderError(Problem("file.missing", {"path": str(path)})) from None
    except UnicodeDecodeError as error:
        reason = {"path": str(path), "reason": f"UTF-8: {error.reason}"}
        raise ReaderError(Problem("file.failed", reason)) from None


def _settings(told: Mapping[str, object], path: Path | None, text: str) -> Settings:
    try:
        return msgspec.convert(told, Settings)
    except msgspec.ValidationError as error:
        reason, _, where = str(error).partition(" - at `$")
        unknown = re.search(r"unknown field `(.+)`", reason)
        name = unknown.group(1) if unknown else where.strip("`.").split(".")[-1].split("[")[0]
        values = {"setting": where.strip("`.") or name, "reason": reason}
        raise ReaderError(
            Problem("config.wrong", values, file=_file(path), line=_line(text, name))
        ) from None


def _wrong_secrets(settings: Settings, path: Path | None, text: str) -> Iterator[Problem]:
    for name, webhook in settings.webhooks.items():
        if not all(key_of(secret) for secret in webhook.secrets):
            line = _line(text, "secrets", after=f"webhooks.{name}")
            yield Problem("config.secret", {"id": name}, file=_file(path), line=line)


def _wrong_proxies(settings: Settings, path: Path | None, text: str) -> Iterator[Problem]:
    for proxy in settings.trusted_proxies:
        try:
            ip_network(proxy)
        except ValueError:
            line = _line(text, "trusted_proxies")
            yield Problem("config.proxy", {"value": proxy}, file=_file(path), line=line)


def _syntax(path: Path | None, error: tomllib.TOMLDecodeError) -> Problem:
    found = re.search(r"at line (\d+)", str(error))
    line = int(found.group(1)) if found else None
    return Problem("config.unreadable", {"reason": str(error)}, file=_file(path), line=line)


def _line(text: str, name: str, after: str = "") -> int | None:
    """The line that sets a name, or opens the table of that name."""
    start = max(text.find(after), 0) if after else 0
    setting = rf"^\s*(\[.*{re.escape(name)}.*\]|{re.escape(name)}\s*=)"
    found = re.search(setting, text[start:], re.MULTILINE)
    return None if found is None else text.count("\n", 0, start + found.start(1)) + 1


def _file(path: Path | None) -> str | None:
    return None if path is None else str(path)
