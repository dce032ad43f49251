"""What was told of alarms, and what is still to be carried to somebody: in memory, and in storage
before anybody hears of it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from threading import Lock

import msgspec
import structlog

from miaohui.adapters.storage.desk_ports import ToldAlarms
from miaohui.domain.desk.alarms.settings import Kind, Way
from miaohui.domain.desk.alarms.told import Told, Urgency, name_of
from miaohui.domain.vocabulary.events import Instant

log_book = structlog.get_logger(room="alarms")


class Errand(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A notice of a shop to be carried by one `way` `to` somebody: an account, or a robot by its
    name. A later one of the same notice, way and receiver takes its place."""

    shop: str
    notice: str
    way: Way
    to: str
    kind: Kind | None
    key: str
    values: Mapping[str, object]
    urgency: Urgency
    told_at: Instant
    chat: str | None = None

    @property
    def name(self) -> str:
        """What it is kept under."""
        return f"errand:{self.shop}:{self.way}:{self.to}:{self.notice}"


class Card(msgspec.Struct, frozen=True, omit_defaults=True):
    """One of both, as it is kept."""

    shop: str
    told: Told | None = None
    errand: Errand | None = None


class AlarmBook:
    """Threads may share it. What storage did not take is offered again with the next change: to be
    told twice after a power cut is better than not to be told."""

    def __init__(self, storage: ToldAlarms) -> None:
        """Reads what was kept. Blocks."""
        self._storage = storage
        self._lock = Lock()
        self._behind = False
        self._kept: dict[str, Card] = dict(_read(storage.told_alarms()))
        self._wanted: dict[str, Card] = dict(self._kept)
        self._told: defaultdict[str, dict[str, Told]] = defaultdict(dict)
        for name, card in self._kept.items():
            if card.told is not None:
                self._told[card.shop][name] = card.told

    def shops(self) -> Collection[str]:
        """Shops of which anything is remembered."""
        return [shop for shop, rows in self._told.items() if rows]

    def told(self, shop: str) -> Sequence[Told]:
        """What was told in a shop, as the domain remembers it."""
        return list(self._told[shop].values())

    def errands(self) -> list[Errand]:
        """What is still to be carried."""
        with self._lock:
            return [card.errand for card in self._wanted.values() if card.errand is not None]

    @property
    def is_behind(self) -> bool:
        """Whether storage has not taken all of it yet."""
        return self._behind

    def remember(
        self,
        shop: str,
        told: Iterable[Told],
        errands: Iterable[Errand] = (),
        taken_back: Collection[str] = (),
    ) -> None:
        """From now on a shop remembers this, these errands are to be run, and those of the notices
        that were taken back are not. Blocks until it is kept; raises ReaderError if it cannot
        be, and it holds all the same."""
        rows = {f"told:{shop}:{name_of(row)}": row for row in told}
        with self._lock:
            for name in self._told[shop].keys() - rows.keys():
                self._wanted.pop(name, None)
            self._told[shop] = rows
            self._wanted |= {name: Card(shop, told=row) for name, row in rows.items()}
            for card in [each for each in self._wanted.values() if each.errand is not None]:
                errand = card.errand
                if errand and errand.shop == shop and errand.notice in taken_back:
                    del self._wanted[errand.name]
            self._wanted |= {each.name: Card(shop, errand=each) for each in errands}
            self._keep()

    def settle(self, errand: Errand) -> None:
        """An errand was run, or given up. Blocks, and raises ReaderError as `remember`."""
        with self._lock:
            card = self._wanted.get(errand.name)
            if card is not None and card.errand == errand:
                del self._wanted[errand.name]
            self._keep()

    def _keep(self) -> None:
        changed = {n: card for n, card in self._wanted.items() if self._kept.get(n) != card}
        gone = self._kept.keys() - self._wanted.keys()
        if changed or gone:
            cards = {name: msgspec.json.encode(card) for name, card in changed.items()}
            self._behind = True
            self._storage.keep_told_alarms(cards, gone)
            self._kept = dict(self._wanted)
        self._behind = False


def _read(cards: Mapping[str, bytes]) -> Iterable[tuple[str, Card]]:
    """What a newer version wrote and this one cannot read must not keep the house closed."""
    for name, card in cards.items():
        try:
            yield name, msgspec.json.decode(card, type=Card)
        except msgspec.DecodeError as error:
            log_book.warning("told alarm unreadable", reason=str(error))
