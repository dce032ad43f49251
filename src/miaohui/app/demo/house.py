"""A demo house made in a folder, once: whatever is there already stays as it is."""

import os
import secrets
import socket
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from miaohui.adapters.channels.webhook.signature import new_secret
from miaohui.adapters.secrets.argon2_passwords import Argon2Passwords
from miaohui.adapters.storage.directory_ports import Author, Directory
from miaohui.adapters.storage.tables.desk import TableDesk
from miaohui.adapters.storage.tables.directory.directory import TableDirectory
from miaohui.app.config import PORT
from miaohui.app.demo.history import remember
from miaohui.app.demo.logins import Login, logins_in
from miaohui.app.demo.replies import replies_of
from miaohui.app.demo.traffic import CHANNEL, PACK, SHOP, WEBSITE
from miaohui.app.language import say
from miaohui.app.wiring import now, open_log_at, open_tables_at
from miaohui.domain.directory.accounts import (
    EVERY_SHOP,
    Account,
    Channel,
    Shop,
    Shops,
    Visibility,
)
from miaohui.domain.directory.rights import AGENT, BUILT_IN_ROLES, OWNER
from miaohui.domain.directory.secret import Secret
from miaohui.pipelines.tokens import new_id

SETTINGS, LOG, TURN = "miaohui.toml", "shop.db", "turn"
WEBHOOK, WEBCHAT = "webhook", "webchat"
WRITTEN = """\
# The demo's house, made by `miaohui demo`. docs/serving.md tells what can be set here.
log = "{log}"
port = {port}

# The door of the buyers who are played. `to`: where they hear the answers.
[webhooks.demo]
shop = "{shop}"
channel = "{channel}"
secrets = ["{secret}"]
to = "http://127.0.0.1:{buyers_port}/answers"
to_inside = true
pack = "{pack}"
"""


class DemoHouse(NamedTuple):
    """A demo house in its folder; `turn`: how often it was opened."""

    folder: Path
    logins: Sequence[Login]
    turn: int

    @property
    def settings(self) -> Path:
        """Its settings file."""
        return self.folder / SETTINGS

    @property
    def log(self) -> Path:
        """Its log."""
        return self.folder / LOG


def demo_house(folder: Path, port: int | None) -> DemoHouse:
    """The demo house of a folder, ready to be opened; made where it is not there yet."""
    folder = folder.resolve()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not (folder / SETTINGS).exists():
        _write_settings(folder, port or PORT)
    logins = logins_in(folder)
    with (
        open_log_at(folder / LOG, create=True) as log,
        closing(open_tables_at(folder / LOG, False)) as tables,
    ):
        directory = TableDirectory(tables)
        _open_shop(directory)
        accounts = _let_in(directory, logins)
        TableDesk(tables).keep_quick_replies(replies_of(SHOP), _author())
        remember(log, [accounts[each.name] for each in logins if each.played])
    return DemoHouse(folder, logins, _next_turn(folder))


def _write_settings(folder: Path, port: int) -> None:
    text = WRITTEN.format(
        log=(folder / LOG).as_posix(),
        port=port,
        shop=SHOP,
        channel=CHANNEL,
        secret=new_secret(secrets.token_bytes(32)),
        buyers_port=_free_port(),
        pack=PACK,
    )
    handle = os.open(folder / SETTINGS, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)


def _open_shop(directory: Directory) -> None:
    if SHOP not in {each.id for each in directory.listed_shops()}:
        directory.keep_shop(Shop(SHOP, say("demo.shop"), pack=PACK, demo=True), _author())
    known = {each.id for each in directory.channels(SHOP)}
    for channel in (
        Channel(SHOP, CHANNEL, WEBHOOK, say("demo.channel")),
        Channel(SHOP, WEBSITE, WEBCHAT, say("demo.website")),
    ):
        if channel.id not in known:
            directory.keep_channel(channel, _author())


def _let_in(directory: Directory, logins: Sequence[Login]) -> dict[str, str]:
    """Everybody has an account: ids by their names. The first one opens the house."""
    hashing = Argon2Passwords()
    known = {each.name: each.id for each in directory.accounts()}
    for login in logins:
        if login.name in known:
            continue
        account, password = _account(login), hashing.hash(Secret(login.password))
        if login.role == OWNER.id:
            directory.open_house(account, password, _author())
        else:
            directory.add_account(account, password, _author())
        known[login.name] = account.id
    return known


def _account(login: Login) -> Account:
    is_owner, is_agent = login.role == OWNER.id, login.role == AGENT.id
    return Account(
        new_id(secrets.randbits, now()),
        login.name,
        BUILT_IN_ROLES[login.role],
        login.shown,
        shops=EVERY_SHOP if is_owner else Shops(only=frozenset({SHOP})),
        visibility=Visibility.OWN if is_agent else Visibility.ALL,
    )


def _author() -> Author:
    return Author(None, now())


def _next_turn(folder: Path) -> int:
    """Each time the buyers are others than before."""
    path = folder / TURN
    turn = 1 + (int(path.read_text("ascii")) if path.exists() else 0)
    path.write_text(f"{turn}\n", "ascii")
    return turn


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]
