"""The chats on merchants' own sites that are open, by the ids in their addresses."""

from datetime import datetime
from typing import NamedTuple

from miaohui.adapters.channels.visit_port import VisitDoor
from miaohui.adapters.storage.media_ports import Owner
from miaohui.domain.directory.webchat import Face, WebchatSettings, face_of
from miaohui.domain.vocabulary.problems import Problem, ReaderError
from miaohui.pipelines.tokens import Chance, new_letters

BUYER_LETTERS = 16  # 80 bits: no two visits are ever called alike
MARK = "web-"


class Webchat(NamedTuple):
    """One of them: its channel, the door by which its buyers come in, and how it looks."""

    id: str
    shop: str
    shop_name: str
    channel: str
    door: VisitDoor
    settings: WebchatSettings = WebchatSettings()

    @property
    def face(self) -> Face:
        """What every buyer may see of the settings."""
        return face_of(self.settings, self.shop_name)

    def owner(self, buyer: str) -> Owner:
        """A buyer as storage names them."""
        return Owner(self.shop, self.channel, buyer)

    def begin(self, chance: Chance, now: datetime, buyer: str | None = None) -> str:
        """The token of a new visit, or of one more device of a known buyer."""
        return self.door.begin(buyer or MARK + new_letters(chance, BUYER_LETTERS), now)


class Webchats:
    """Those that are open. What a merchant changes holds from the next look on."""

    def __init__(self) -> None:
        self._by_id: dict[str, Webchat] = {}
        self._ids: dict[tuple[str, str], str] = {}

    def keep(self, webchat: Webchat) -> None:
        """One is open from now on, or looks different."""
        self._by_id[webchat.id] = webchat
        self._ids[webchat.shop, webchat.channel] = webchat.id

    def close(self, shop: str, channel: str) -> None:
        """One is open no longer."""
        self._by_id.pop(self._ids.pop((shop, channel), ""), None)

    def known(self, id_: str) -> Webchat | None:
        """One by the id in its address, if it is open."""
        return self._by_id.get(id_)

    def find(self, id_: str) -> Webchat:
        """One by the id in its address. Raises ReaderError `webchat.unknown`."""
        found = self.known(id_)
        if found is None:
            raise ReaderError(Problem("webchat.unknown", {"id": id_}))
        return found

    def of(self, shop: str, channel: str) -> Webchat | None:
        """The one of a channel; None where there is none or it is closed."""
        return self._by_id.get(self._ids.get((shop, channel), ""))
