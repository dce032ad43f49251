"""The chats on merchants' own sites, put together: who is open, and what their doors stand on."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec
import structlog

from miaohui.adapters.channels.webchat.capabilities import WEBCHAT
from miaohui.adapters.channels.webchat.door import WebchatDoor
from miaohui.adapters.channels.webchat.sender import WebchatSender
from miaohui.adapters.pictures.workshop import Workshop
from miaohui.adapters.storage.buyer_ports import Acquaintance, Buyers
from miaohui.adapters.storage.chat_ports import Chats
from miaohui.adapters.storage.live_ports import LiveLog
from miaohui.adapters.storage.media_ports import Media, Owner
from miaohui.adapters.storage.sealing import Keys, pseudonym, signing_key
from miaohui.adapters.storage.settings_ports import Settings
from miaohui.adapters.storage.table_ports import Tables
from miaohui.adapters.storage.tables.read_marks import TableReadMarks
from miaohui.api.buyers import BuyersDoor, usual_paces
from miaohui.api.problems import Clock, Say
from miaohui.app.channels import OpenChannels
from miaohui.domain.directory.accounts import Channel, Shop
from miaohui.domain.directory.webchat import WebchatSettings
from miaohui.pipelines.channel_health import Place
from miaohui.pipelines.ephemera import Ephemera
from miaohui.pipelines.intake import Intake
from miaohui.pipelines.live import Live
from miaohui.pipelines.outlooks import Outlooks
from miaohui.pipelines.pairings import Pairings
from miaohui.pipelines.progress import Progress
from miaohui.pipelines.read_marking import ReadMarking
from miaohui.pipelines.receipts import Receipts
from miaohui.pipelines.reception import Reception
from miaohui.pipelines.tokens import Chance
from miaohui.pipelines.visits import Visits
from miaohui.pipelines.watching import Watching
from miaohui.pipelines.webchats import Webchat, Webchats
from miaohui.pipelines.welcome import Welcome

KIND = "webchat"
ID_DIGITS = 16
log_book = structlog.get_logger(room="webchat")
BUILT = Path(__file__).parents[1] / "api" / "built" / "webchat"


class OpenWebchats:
    """Opens and closes chats on own sites while the house is open; a channels.Kind."""

    def __init__(self, channels: OpenChannels, settings: Settings, keys: Keys) -> None:
        self.webchats = Webchats()
        self._channels = channels
        self._settings = settings
        self._keys = keys
        channels.lend(KIND, self)

    def opening(self, shop: Shop, channel: Channel) -> Callable[[], None]:
        """See channels.Kind."""
        place = shop.id, channel.id
        door = WebchatDoor(*place, signing_key(self._keys, KIND, *place))
        settings = self._stored(shop.id, channel.id)
        address = pseudonym(self._keys, KIND, *place).hex()[:ID_DIGITS]
        webchat = Webchat(address, shop.id, shop.name, channel.id, door, settings)
        return partial(self._open, place, webchat)

    def closing(self, place: Place) -> None:
        """See channels.Kind."""
        self.webchats.close(*place)

    def _open(self, place: Place, webchat: Webchat) -> None:
        self.webchats.keep(webchat)
        self._channels.let_out(place, WebchatSender())
        self._channels.let_do(place, WEBCHAT)

    def _stored(self, shop: str, channel: str) -> WebchatSettings:
        """What a newer version wrote and this one cannot read must not keep the house closed."""
        stored = self._settings.read(shop, f"{KIND}/{channel}")
        try:
            return msgspec.json.decode(stored.value if stored else b"{}", type=WebchatSettings)
        except msgspec.DecodeError as error:
            log_book.warning("webchat settings unreadable", channel=channel, reason=str(error))
            return WebchatSettings()


class Ground(NamedTuple):
    """What a house stands on, as far as buyers' pages need it."""

    log: LiveLog
    chats: Chats
    media: Media
    buyers: Buyers
    tables: Tables
    settings: Settings
    intake: Intake
    live: Live
    watching: Watching
    ephemera: Ephemera
    progress: Progress
    webchats: Webchats
    clock: Clock
    chance: Chance
    say: Say


class BuyersRoom(NamedTuple):
    """What lives for buyers' pages: their door, and the rivers that flow for them."""

    door: BuyersDoor
    visits: Visits
    marks: ReadMarking
    outlooks: Outlooks

    def rivers(self) -> Mapping[str, Callable[[], Awaitable[None]]]:
        """What runs until the house closes."""
        return {"outlooks": self.outlooks.run, "read marks": self.marks.run}


def buyers_room(on: Ground) -> BuyersRoom:
    """Everything for buyers' pages, following the floor."""
    floor, webchats = on.live.floor, on.webchats
    receipts = Receipts(on.intake, on.progress)
    visits = Visits(floor, receipts)
    marks = ReadMarking(
        TableReadMarks(on.tables),
        on.watching,
        visits,
        on.ephemera,
        lambda chat: webchats.of(chat.shop, chat.channel) is not None,
    )
    outlooks = Outlooks(floor, visits, on.settings.all, on.clock)
    for follower in (visits, marks, outlooks):
        on.live.follow(follower)
    for ear in (visits, marks):
        on.ephemera.lend(ear)
    door = BuyersDoor(
        webchats=webchats,
        visits=visits,
        welcome=Welcome(on.live, on.chats, on.log, visits, receipts, outlooks, marks),
        reception=Reception(on.live, on.intake, on.media, on.clock),
        receipts=receipts,
        marks=marks,
        was_erased=partial(_was_erased, on.buyers),
        ephemera=on.ephemera,
        live=on.live,
        pairings=Pairings(on.chance),
        media=on.media,
        pictures=Workshop(),
        paces=usual_paces(),
        clock=on.clock,
        chance=on.chance,
        say=on.say,
    )
    return BuyersRoom(door, visits, marks, outlooks)


def _was_erased(buyers: Buyers, owner: Owner) -> bool:
    known = buyers.acquaintance(buyers.who(*owner))
    return known in (Acquaintance.ERASED, Acquaintance.BACK)
