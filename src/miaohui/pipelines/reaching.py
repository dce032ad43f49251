"""Where people can be reached beside their screens: each adds, tries and forgets their own."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple, Protocol

import msgspec
import structlog

from miaohui.adapters.notify.port import Notice, Notifier, Outcome, Told
from miaohui.adapters.storage.desk_ports import AddressBook, Reachable
from miaohui.adapters.storage.directory_ports import Obstacle
from miaohui.domain.desk.alarms.settings import Way
from miaohui.domain.directory.secret import Secret
from miaohui.domain.vocabulary.problems import Problem
from miaohui.pipelines.alarm_words import Language, SayAlarm
from miaohui.pipelines.refusals import Unfit

MOST_ADDRESSES = 20
ID_DIGITS = 16
log_book = structlog.get_logger(room="reaching")


class Address(msgspec.Struct, frozen=True):
    """An address as it is kept: what its notifier takes, the language that its reader wants, and
    what they call it."""

    address: str
    language: Language
    label: str = ""

    def __repr__(self) -> str:
        return "Address(…)"


class Known(NamedTuple):
    """An address of somebody's under its id, which tells nothing of it."""

    id: str
    way: Way
    address: Address


class Notifiers(Protocol):
    """The ways of a house."""

    def notifier(self, way: Way) -> Notifier | None:
        """None: the house is not set up for it. Raises ReaderError."""
        ...

    def fits(self, way: Way, address: Secret) -> bool:
        """Whether this is an address of that way at all."""
        ...

    def robots(self, shop: str) -> Mapping[str, Secret]:
        """The team robots of a shop by their names."""
        ...


class Reaching:
    """Everybody's addresses. What is not awaited blocks."""

    def __init__(
        self,
        book: AddressBook,
        notifiers: Notifiers,
        say: SayAlarm,
        clock: Callable[[], datetime],
    ) -> None:
        self._book = book
        self._notifiers = notifiers
        self._say = say
        self._clock = clock

    def addresses(self, account: str) -> list[Known]:
        """Somebody's, in the order in which they were added."""
        return [known for known, _ in self._kept(account)]

    def add(self, account: str, way: Way, address: Address) -> Known | Unfit:
        """Add an address; the same one again takes the new label and language."""
        if not self._notifiers.fits(way, Secret(address.address)):
            return Unfit((Problem(f"reachable.{way}", {"path": "address"}),))
        known = Known(_id(way, address.address), way, address)
        kept = self._kept(account)
        others = [each for each, _ in kept if each.id != known.id]
        if len(others) >= MOST_ADDRESSES:
            return Unfit((Problem("reachable.too_many", {"most": MOST_ADDRESSES}),))
        for each, reachable in kept:
            if each.id == known.id and each != known:
                self._book.forget_address(reachable)
        told = Secret(msgspec.json.encode(address).decode())
        self._book.keep_address(Reachable(account, way, told), self._clock())
        return known

    def remove(self, account: str, address_id: str) -> Obstacle | None:
        """It is wanted no longer."""
        found = [reachable for known, reachable in self._kept(account) if known.id == address_id]
        for reachable in found:
            self._book.forget_address(reachable)
        return None if found else Obstacle.UNKNOWN

    def forget(self, account: str, way: Way, address: Secret) -> None:
        """Nobody is there any more."""
        self.remove(account, _id(way, address.reveal()))
        log_book.info("address gone", account=account, way=way)

    async def try_out(self, known: Known) -> Told:
        """Send a notice that says nothing but that it arrives. Raises ReaderError for settings
        that do not work."""
        return await self._try_out(known.way, Secret(known.address.address), known.address.language)

    async def try_robot(self, shop: str, name: str, language: Language) -> Told | None:
        """The same by a team robot; None if a shop has no such robot."""
        address = self._notifiers.robots(shop).get(name)
        if address is None:
            return None
        return await self._try_out(Way.WEBHOOK, address, language)

    async def _try_out(self, way: Way, address: Secret, language: Language) -> Told:
        notifier = self._notifiers.notifier(way)
        if notifier is None:
            return Told(Outcome.REFUSED, "not_set_up")
        notice = Notice(
            key="trial",
            title=self._say("reachable.trial_title", {}, language),
            text=self._say("reachable.trial_text", {}, language),
            language=language,
        )
        told = await notifier.tell(address, notice)
        if told.outcome is not Outcome.TAKEN:
            log_book.info("trial not told", way=way, outcome=told.outcome, reason=told.reason)
        return told

    def _kept(self, account: str) -> Sequence[tuple[Known, Reachable]]:
        found = []
        for reachable in self._book.addresses([account]):
            address = _read(reachable.address)
            if address is not None and reachable.way in tuple(Way):
                way = Way(reachable.way)
                found.append((Known(_id(way, address.address), way, address), reachable))
        return found


def _read(kept: Secret) -> Address | None:
    try:
        return msgspec.json.decode(kept.reveal(), type=Address)
    except msgspec.DecodeError:
        return None


def _id(way: Way, address: str) -> str:
    return sha256(f"{way}:{address}".encode("utf-8", "replace")).hexdigest()[:ID_DIGITS]
