"""What the doors of buyers stand on, and what becomes of a frame whichever way it came."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from ipaddress import IPv4Address, ip_address, ip_network
from typing import NamedTuple

import msgspec

from miaohui.adapters.channels.visit_port import Said, Visit
from miaohui.adapters.pictures.port import Pictures
from miaohui.adapters.storage.media_ports import Media, Owner
from miaohui.api.callers import BEARER, AnyConnection, address_of
from miaohui.api.frame_queue import FrameQueue
from miaohui.api.problems import Clock, Language, Say
from miaohui.domain.vocabulary.problems import Problem, ReaderError
from miaohui.pipelines.buyer_frames import Answered, FromBuyer, Problematic, ToBuyer, encode
from miaohui.pipelines.ephemera import Ephemera
from miaohui.pipelines.forgetting import BuyersPages
from miaohui.pipelines.live import Live
from miaohui.pipelines.pacing import Pace
from miaohui.pipelines.pairings import Pairings
from miaohui.pipelines.read_marking import ReadMarking
from miaohui.pipelines.receipts import Receipts
from miaohui.pipelines.reception import Reception
from miaohui.pipelines.tokens import Chance
from miaohui.pipelines.visits import BuyerPage, Visits
from miaohui.pipelines.webchats import Webchat, Webchats
from miaohui.pipelines.welcome import Welcome

WasErased = Callable[[Owner], bool]
TYPING_COST, READING_COST = 0.1, 0.3
PICTURE_COST = 5


class Paces(NamedTuple):
    """How fast buyers may go on, each by themselves and all who share an address. Many share one
    behind a mobile network, so it has more room."""

    by_visit: Pace
    by_address: Pace
    visits_by_address: Pace
    codes_by_address: Pace
    pictures_by_address: Pace


def usual_paces() -> Paces:
    """The paces of an open house."""
    none = timedelta()
    return Paces(
        by_visit=Pace(15, timedelta(seconds=1), timedelta(seconds=10)),
        by_address=Pace(150, timedelta(seconds=0.1), timedelta(seconds=10)),
        visits_by_address=Pace(60, timedelta(seconds=1), none),
        codes_by_address=Pace(10, timedelta(seconds=10), none),
        pictures_by_address=Pace(30, timedelta(seconds=20), none),
    )


class BuyersDoor(msgspec.Struct, frozen=True, kw_only=True):
    """What the routes of buyers stand on."""

    webchats: Webchats
    visits: Visits
    welcome: Welcome
    reception: Reception
    receipts: Receipts
    marks: ReadMarking
    was_erased: WasErased
    ephemera: Ephemera
    live: Live
    pairings: Pairings
    media: Media
    pictures: Pictures
    paces: Paces
    clock: Clock
    chance: Chance
    say: Say


def buyers_pages(door: BuyersDoor) -> BuyersPages:
    """What of it has to forget whoever is erased."""
    return BuyersPages(door.visits, door.marks, door.pairings, door.webchats)


def nearby(connection: AnyConnection) -> str:
    """Whose pace a request counts for: its neighbourhood."""
    return neighbourhood(address_of(connection))


def neighbourhood(said: str) -> str:
    """An address as it is; of IPv6 the first half, which one household shares."""
    try:
        address = ip_address(said)
    except ValueError:
        return said
    if isinstance(address, IPv4Address):
        return said
    mapped = address.ipv4_mapped
    return str(mapped) if mapped else str(ip_network((address, 64), strict=False))


async def visit_in(door: BuyersDoor, webchat: Webchat, connection: AnyConnection) -> Visit:
    """Who sends a request, by its bearer token. Raises ReaderError `webchat.token`."""
    said = connection.headers.get("authorization", "")
    token = said[len(BEARER) :].strip() if said.lower().startswith(BEARER) else ""
    return await admitted(door, webchat, token)


async def admitted(door: BuyersDoor, webchat: Webchat, token: str) -> Visit:
    """Who brings a token. Raises ReaderError `webchat.token`, also for a buyer who was erased:
    whoever comes back begins anew, as somebody else."""
    visit = webchat.door.admit(token, door.clock())
    if door.visits.is_expelled(door.reception.chat_id(webchat, visit.buyer)):
        raise ReaderError(Problem("webchat.token"))
    if await asyncio.to_thread(door.was_erased, webchat.owner(visit.buyer)):
        raise ReaderError(Problem("webchat.token"))
    return visit


async def slow_down(door: BuyersDoor, buyer: str, address: str, cost: float = 1) -> None:
    """Let whoever is too fast wait. Raises ReaderError `webchat.too_fast`."""
    now = door.clock()
    wait = max(
        door.paces.by_visit.wait(buyer, now, cost),
        door.paces.by_address.wait(address, now, cost),
    )
    if wait:
        await asyncio.sleep(wait.total_seconds())


class Hearing:
    """Hears what one page says; whatever is answered goes to the page."""

    def __init__(self, door: BuyersDoor, page: BuyerPage, address: str, language: Language) -> None:
        self._door = door
        self._page = page
        self._address = address
        self._language = language

    async def hear(self, frame: FromBuyer) -> None:
        """One frame. Refusals are answers."""
        if self._page.dismissed:
            return
        if frame.said is not None:
            await self._take(frame.said)
        if frame.typing:
            await self._typing()
        if frame.delivered or frame.read:
            self._note(frame)
        if frame.older:
            await slow_down(self._door, self._page.visit.buyer, self._address)
            await self._door.welcome.older(self._page, frame.older)

    def refuse(self, id_: str, error: ReaderError) -> None:
        """Tell the page why something was not done."""
        problem = error.problems[0]
        sentence = self._door.say(problem.key, problem.values, self._language)
        answered = Answered(id_, problem=Problematic(problem.key, sentence))
        self._page.send(encode(ToBuyer(answered=answered)))

    async def _take(self, said: Said) -> None:
        page = self._page
        try:
            await slow_down(self._door, page.visit.buyer, self._address)
            seq = await self._door.reception.take(page.webchat, page.visit, said)
        except ReaderError as error:
            self.refuse(said.id, error)
            return
        page.send(encode(ToBuyer(answered=Answered(said.id, seq))))

    async def _typing(self) -> None:
        try:
            await slow_down(self._door, self._page.visit.buyer, self._address, TYPING_COST)
        except ReaderError:
            return
        chat = self._door.live.floor.chats.get(self._page.chat_id)
        if chat is not None:
            self._door.ephemera.buyer_types(chat)

    def _note(self, frame: FromBuyer) -> None:
        """Whoever has read it has got it."""
        page = self._page
        got = max(frame.delivered, frame.read)
        self._door.receipts.got(page.webchat.shop, page.chat_id, got)
        chat = self._door.live.floor.chats.get(page.chat_id)
        if chat is not None and frame.read > 0:
            self._door.marks.buyer_read(chat, frame.read)


def page_of(door: BuyersDoor, webchat: Webchat, visit: Visit, queue: FrameQueue) -> BuyerPage:
    """A page of a visit whose frames go into a queue."""
    return BuyerPage(webchat, visit, door.reception.chat_id(webchat, visit.buyer), queue.put)


def unreadable(reason: object) -> ReaderError:
    """What is no frame."""
    return ReaderError(Problem("http.400", {"reason": str(reason)}))
