"""`miaohui settings`: what holds, and where each of it comes from; secrets are not shown."""

import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
from rich.console import Console
from rich.table import Table

from miaohui.adapters.storage.master_key import ENVIRONMENT_NAME as MASTER_KEY
from miaohui.adapters.storage.master_key import default_master_key_file
from miaohui.adapters.storage.postgres.address import shown
from miaohui.app.commands.answers import one_of
from miaohui.app.config import (
    FIELDS,
    WEBHOOKS,
    WebhookSettings,
    Written,
    by_environment,
    line_of,
    settings_of,
    variable,
    written_in,
)
from miaohui.app.language import say

FORMATS = ("terminal", "json")
SECRET = {"metrics_token", "secrets"}
ADDRESS = {"log", "to"}  # may have a password in it
HIDDEN = "…"


class Effective(msgspec.Struct, frozen=True):
    """One setting that holds: its value as it may be shown, and who says so. `origin`: `default`,
    the name of a variable, or file and line."""

    setting: str
    value: object
    origin: str


def show_settings(config: Path | None, format_: str) -> None:
    """Show every setting that holds. Raises ReaderError as `read_settings`."""
    one_of(format_, "--format", FORMATS)
    found = list(effective(written_in(config), os.environ))
    if format_ == "json":
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(found)) + b"\n")
        return
    table = Table(box=None, pad_edge=False)
    for column in ("setting", "value", "origin"):
        table.add_column(say(f"settings.{column}"), overflow="fold")
    for each in found:
        table.add_row(each.setting, _shown(each.value), _origin_shown(each.origin))
    Console().print(table, markup=False)


def effective(written: Written, environment: Mapping[str, str]) -> Iterator[Effective]:
    """Every setting that holds. Raises ReaderError as `read_settings`."""
    settings = settings_of(written, environment)
    said = by_environment(environment)
    for name in FIELDS:
        if name == WEBHOOKS:
            for id_, webhook in settings.webhooks.items():
                yield from _of_webhook(written, id_, webhook)
        else:
            origin = variable(name) if name in said else _origin(written, name)
            yield Effective(name, _open(name, getattr(settings, name)), origin)
    yield Effective(
        "master_key_file",
        str(default_master_key_file(environment)),
        MASTER_KEY if environment.get(MASTER_KEY) else "default",
    )


def _of_webhook(written: Written, id_: str, webhook: WebhookSettings) -> Iterator[Effective]:
    table = f"{WEBHOOKS}.{id_}"
    for name in WebhookSettings.__struct_fields__:
        value = _open(name, getattr(webhook, name))
        yield Effective(f"{table}.{name}", value, _origin(written, name, table))


def _open(name: str, value: object) -> object:
    """A value without what is secret in it."""
    if name in SECRET and value is not None:
        return [HIDDEN for _ in value] if isinstance(value, list) else HIDDEN
    is_address = name in ADDRESS and isinstance(value, str) and "://" in value
    return shown(str(value)) if is_address else value


def _origin(written: Written, name: str, table: str = "") -> str:
    line = line_of(written, name, table)
    return "default" if line is None else f"{written.file}:{line}"


def _shown(value: object) -> str:
    match value:
        case None:
            return "-"
        case bool():
            return str(value).lower()
        case list():
            return ", ".join(map(str, value))
        case _:
            return str(value)


def _origin_shown(origin: str) -> str:
    return say("settings.default") if origin == "default" else origin
