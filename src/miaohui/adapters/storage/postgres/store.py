"""What lives behind one open log: the connections, the keys, and what it remembers."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from asyncpg import Pool

from miaohui.adapters.storage.postgres.codes import Codes
from miaohui.adapters.storage.postgres.connection import Connection
from miaohui.adapters.storage.postgres.failures import told_to_the_reader
from miaohui.adapters.storage.postgres.own_loop import OwnLoop
from miaohui.adapters.storage.recent import Recent
from miaohui.adapters.storage.sealing import Cipher, Keys

REMEMBERED = 1 << 16

# actor, origin, kind, account
Manner = tuple[str, str, str, str | None]
# (channel, conversation, buyer) as an event names them; the channel by its number.
Part = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class Thread:
    """A part in a conversation: its number, and the key of its living buyer."""

    number: int
    cipher: Cipher


class Store:
    """One open log. Everything it remembers is touched by the thread of its loop only."""

    def __init__(
        self,
        place: str,
        loop: OwnLoop,
        pool: Pool,
        keys: Keys,
        clock: Callable[[], datetime],
        chance: Callable[[int], int],
    ) -> None:
        self.place = place
        self.loop = loop
        self.pool = pool
        self.keys = keys
        self.clock = clock
        self.chance = chance
        self.shops = Codes[tuple[str]]("shop", {"name": "text"}, 1)
        self.channels = Codes[tuple[int, str]]("channel", {"shop": "bigint", "name": "text"}, 2)
        texts = dict.fromkeys(("actor", "origin", "kind", "account"), "text")
        self.manners = Codes[Manner]("manner", texts, 3)
        self.threads: Recent[Part, Thread] = Recent(REMEMBERED)
        self.erasures: dict[int, int] = {}

    def saw_erasures(self, shop: int, erasures: int) -> None:
        """Forget every key if buyers of this shop were erased since, by whatever process."""
        if self.erasures.get(shop, erasures) != erasures:
            self.threads.clear()
        self.erasures[shop] = erasures


@dataclass(slots=True)
class Turn:
    """One transaction, and what may be remembered only when it is committed."""

    connection: Connection
    shops: list[tuple[int, tuple[str]]] = field(default_factory=list)
    channels: list[tuple[int, tuple[int, str]]] = field(default_factory=list)
    manners: list[tuple[int, Manner]] = field(default_factory=list)
    threads: dict[Part, Thread] = field(default_factory=dict)
    erasures: dict[int, int] = field(default_factory=dict)


@asynccontextmanager
async def reading(store: Store) -> AsyncIterator[Connection]:
    """A connection on which every question is a moment of its own: no snapshot is held, so that
    no erasure has to wait."""
    with told_to_the_reader(store.place):
        async with store.pool.acquire() as connection:
            yield cast(Connection, connection)


@asynccontextmanager
async def writing(store: Store) -> AsyncIterator[Turn]:
    """A turn in one transaction: committed and synced at the end, or nothing changed."""
    with told_to_the_reader(store.place):
        async with store.pool.acquire() as connection:
            turn = Turn(cast(Connection, connection))
            async with turn.connection.transaction():
                yield turn
            _remember(store, turn)


def _remember(store: Store, turn: Turn) -> None:
    store.shops.learn(turn.shops)
    store.channels.learn(turn.channels)
    store.manners.learn(turn.manners)
    # An erasure may have come between the commit and the news of it.
    if all(store.erasures[shop] == erasures for shop, erasures in turn.erasures.items()):
        for part, thread in turn.threads.items():
            store.threads.keep(part, thread)
