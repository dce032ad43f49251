"""A real house for a benchmark: opened, furnished with people, spoken to by a channel."""

import asyncio
import gc
import os
import resource
import secrets
import subprocess
import sys
import time
from collections.abc import Coroutine, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import uvloop
import websockets

from miaohui.adapters.channels.webhook.signature import new_secret, signed
from miaohui.adapters.secrets.argon2_passwords import Argon2Passwords
from miaohui.adapters.secrets.timed_codes import TimedCodes
from miaohui.adapters.storage.directory_ports import Author
from miaohui.adapters.storage.tables.directory.directory import TableDirectory
from miaohui.app.places import place_of
from miaohui.app.wiring import open_log_at, open_tables_at
from miaohui.domain.directory.accounts import Account, Shops, Visibility
from miaohui.domain.directory.presence import Presence
from miaohui.domain.directory.rights import AGENT
from miaohui.domain.directory.secret import Secret
from miaohui.domain.vocabulary.events import Event, Payload
from miaohui.domain.vocabulary.kinds import Actor, Origin
from miaohui.pipelines.deeds import PRESENCE_CHANNEL
from miaohui.pipelines.house import House as People
from miaohui.pipelines.logins import open_session

Result = TypeVar("Result")
KEY = bytes(range(32))
CHANNEL = """
[webhooks.shop{number}]
shop = "shop{number}"
channel = "main"
secrets = ["{secret}"]
"""


class Staff(NamedTuple):
    """How many shops, the agents of each, the chats that each can have in hand and may see."""

    shops: int
    agents: int
    capacity: int = 50
    visibility: Visibility = Visibility.OWN


@contextmanager
def served(command: Sequence[str], folder: str) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """A server as a process of its own, and its port."""
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"MIAOHUI_MASTER_KEY_FILE": f"{folder}/key", "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    try:
        said = process.stdout.readline()
        digits = said.split("http://127.0.0.1:")[1]
        yield int("".join(digits).split(";")[0].split("，")[0]), process
    finally:
        process.kill()
        process.communicate()


def played(story: Coroutine[Any, Any, Result]) -> Result:
    """Play the outside world; its own garbage must not look like a delay of the house."""
    gc.disable()
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            return runner.run(story)
    finally:
        gc.enable()


def memory_of(pid: int) -> int:
    """Resident bytes of a process."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * resource.getpagesize()


async def stream_to(port: int, channel: str) -> websockets.ClientConnection:
    """A channel's stream into the house."""
    headers = signed(KEY, f"d{time.perf_counter_ns()}", datetime.now(UTC), b"")
    return await websockets.connect(
        f"ws://127.0.0.1:{port}/v1/channels/{channel}/stream",
        additional_headers=headers.named(),
        max_queue=None,
        compression=None,
    )


def furnished(folder: Path, staff: Staff) -> list[str]:
    """Shops, their channels and people who are all there; the tokens of the people."""
    os.environ["MIAOHUI_MASTER_KEY_FILE"] = str(folder / "key")
    secret = new_secret(KEY)
    shops = "".join(CHANNEL.format(number=number, secret=secret) for number in range(staff.shops))
    log = f"{folder}/desk.db"
    (folder / "miaohui.toml").write_text(f'log = "{log}"\nport = 0\n{shops}', "utf-8")
    now = datetime.now(UTC)
    with open_log_at(place_of(log), True) as opened:
        people = range(staff.shops * staff.agents)
        opened.append([_is_there(number, staff, now) for number in people], now)
    with closing(open_tables_at(place_of(log), False)) as tables:
        house = People(TableDirectory(tables), Argon2Passwords(), TimedCodes(), secrets.randbits)
        return [_moved_in(house, number, staff, now) for number in people]


def _moved_in(house: People, number: int, staff: Staff, now: datetime) -> str:
    shops = Shops(only=frozenset({_shop(number, staff)}))
    name = f"a{number}"
    account = Account(
        name, name, AGENT, shops=shops, capacity=staff.capacity, visibility=staff.visibility
    )
    house.directory.add_account(account, Secret("none"), Author(None, now))
    return open_session(house, now, account, "page", "local").token.reveal()


def _is_there(number: int, staff: Staff, now: datetime) -> Event:
    return Event(
        shop=_shop(number, staff),
        channel=PRESENCE_CHANNEL,
        conversation=f"a{number}",
        buyer=f"a{number}",
        at=now,
        actor=Actor.AGENT,
        origin=Origin.HUMAN,
        kind="presence.changed",
        source_id=f"there-{number}",
        account=f"a{number}",
        payload=Payload(purpose=Presence.ONLINE.value, by=f"a{number}"),
    )


def _shop(number: int, staff: Staff) -> str:
    return f"shop{number // staff.agents}"
