"""What a house does for buyers' sake: erasures that are asked for, put together."""

import secrets
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import NamedTuple

from miaohui.adapters.storage.buyer_ports import Buyers
from miaohui.adapters.storage.table_ports import Tables
from miaohui.adapters.storage.tables.desk import TableDesk
from miaohui.adapters.storage.tables.erasures import TableErasures
from miaohui.adapters.storage.tables.read_marks import TableReadMarks
from miaohui.api.buyers import BuyersDoor, buyers_pages
from miaohui.app.config import Settings
from miaohui.app.places import Place, place_of
from miaohui.app.rooms import Rooms
from miaohui.app.wiring import now, open_log_at
from miaohui.pipelines.erasing import Erasing, KeptOfChats
from miaohui.pipelines.forgetting import Forgetting
from miaohui.pipelines.intake import Intake
from miaohui.pipelines.live import Live
from miaohui.pipelines.retaining import Kept, Retaining
from miaohui.pipelines.tokens import NewId, new_id
from miaohui.pipelines.watching import Watching


class Care(NamedTuple):
    """What takes care of buyers while the house is open."""

    erasing: Erasing
    forgetting: Forgetting
    retaining: Retaining

    def rivers(self) -> Mapping[str, Callable[[], Awaitable[None]]]:
        """What runs until the house closes."""
        return {"forgetting": self.forgetting.run, "retaining": self.retaining.run}


def care_of(
    settings: Settings,
    rooms: Rooms,
    intake: Intake,
    live: Live,
    watching: Watching,
    buyers: BuyersDoor,
    kept: Kept,
) -> Care:
    """Everything for a house."""
    erasing = erasing_at(place_of(settings.log), rooms.tables, new_erasure_id)
    forgetting = Forgetting(erasing, rooms.chats, intake, live, watching, buyers_pages(buyers))
    retaining = Retaining(
        partial(opened_buyers, place_of(settings.log)),
        kept,
        TableErasures(rooms.tables),
        _beside(rooms.tables),
        forgetting,
        now,
    )
    return Care(erasing, forgetting, retaining)


def erasing_at(place: Place, tables: Tables, new_id: NewId) -> Erasing:
    """Erasures in a house, whether it is open or not."""
    opened = partial(opened_buyers, place)
    return Erasing(opened, TableErasures(tables), _beside(tables), now, new_id)


def _beside(tables: Tables) -> KeptOfChats:
    return KeptOfChats(TableDesk(tables), TableReadMarks(tables))


def new_erasure_id() -> str:
    """An id that sorts by time."""
    return new_id(secrets.randbits, now())


def opened_buyers(place: Place) -> AbstractContextManager[Buyers]:
    """The buyers of a log by a connection of its own, for as long as something takes."""
    return _opened(place)


@contextmanager
def _opened(place: Place) -> Iterator[Buyers]:
    with open_log_at(place, create=False) as log:
        yield log.buyers()
