"""A page of the desk as a program keeps it: cards by chat, with the same rules as a browser."""

import asyncio
from collections.abc import Mapping
from itertools import count
from urllib.parse import urlsplit

import msgspec
import websockets

from miaohui.domain.conversation.card import Card, next_card
from miaohui.domain.vocabulary.events import Event
from miaohui.pipelines.frames import Shown, Somebody, Spoken

PATIENCE_SECONDS = 15.0
MOST_BYTES = 10_000_000


class Answered(msgspec.Struct, frozen=True):
    """What became of something that the page said."""

    ref: int
    seq: int = 0
    problems: list[dict[str, str]] = []


class Ready(msgspec.Struct, frozen=True):
    """All in view has been told."""

    chats: list[str]
    seqs: dict[str, int]


class Told(msgspec.Struct, frozen=True):
    """Of a frame, what this page has a use for."""

    event: Spoken | None = None
    chats: list[Shown] = []
    gone: str | None = None
    ready: Ready | None = None
    people: list[Somebody] = []
    answered: Answered | None = None


_told = msgspec.json.Decoder(list[Told])
_encode = msgspec.json.Encoder().encode


class Page:
    """One open page. `chats` are those in view, `cards` as they are now; `changed` is set by
    whatever the house tells."""

    def __init__(self, socket: websockets.ClientConnection) -> None:
        self._socket = socket
        self._refs = count(1)
        self._answers: dict[int, asyncio.Future[Answered]] = {}
        self.chats: dict[str, Shown] = {}
        self.cards: dict[str, Card] = {}
        self.presences: dict[str, str] = {}
        self.changed = asyncio.Event()

    async def run(self) -> None:
        """Hear the house until the line is closed."""
        async for message in self._socket:
            for frame in _told.decode(message):
                self._take(frame)
            self.changed.set()

    async def tell(self, **frame: object) -> None:
        """Say something that is not answered."""
        await self._socket.send(_encode([frame]).decode())

    async def say(self, chat: str, key: str, saying: Mapping[str, object]) -> Answered:
        """Write to a buyer. Raises TimeoutError if nobody says what became of it."""
        ref = next(self._refs)
        answer = self._answers[ref] = asyncio.get_running_loop().create_future()
        try:
            await self.tell(say={"ref": ref, "chat": chat, "key": key, "saying": saying})
            return await asyncio.wait_for(answer, PATIENCE_SECONDS)
        finally:
            del self._answers[ref]

    def _take(self, frame: Told) -> None:
        for shown in frame.chats:
            self.chats[shown.id], self.cards[shown.id] = shown, shown.card
        if frame.event is not None:
            self._apply(frame.event)
        if frame.gone is not None:
            self._forget(frame.gone)
        if frame.ready is not None:
            for chat in self.cards.keys() - set(frame.ready.chats):
                self._forget(chat)
        for person in frame.people:
            self.presences[person.account] = person.presence
        if frame.answered is not None and frame.answered.ref in self._answers:
            self._answers[frame.answered.ref].set_result(frame.answered)

    def _apply(self, told: Spoken) -> None:
        card = self.cards.get(told.chat)
        if card is not None and told.seq > card.seq:
            self.cards[told.chat] = next_card(card, _event_of(told), told.answers)

    def _forget(self, chat: str) -> None:
        self.chats.pop(chat, None)
        self.cards.pop(chat, None)


def connected(address: str, token: str) -> websockets.connect:
    """The socket of a page, with `async with`."""
    parts = urlsplit(address)
    scheme = "wss" if parts.scheme == "https" else "ws"
    return websockets.connect(
        f"{scheme}://{parts.netloc}/v1/desk",
        additional_headers={"authorization": f"Bearer {token}"},
        max_size=MOST_BYTES,
        compression=None,
    )


def _event_of(told: Spoken) -> Event:
    """An event as far as a card asks for it."""
    named = {name: getattr(told, name) for name in ("seq", "at", "kind", "account", "payload")}
    places = dict.fromkeys(("shop", "channel"), "")
    buyer = {"conversation": told.chat, "buyer": told.chat}
    who = {"actor": told.actor, "origin": told.origin, "source_id": told.source_id}
    return msgspec.convert({**named, **places, **buyer, **who}, Event, from_attributes=True)
