"""Buyers who have a page open: what is said in their chats is told to them, in its order."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence

from miaohui.adapters.channels.visit_port import Visit
from miaohui.domain.desk.floor.chats import Chat
from miaohui.domain.desk.floor.floor import Floor
from miaohui.domain.vocabulary.events import Event
from miaohui.pipelines.buyer_frames import Outlook, ToBuyer, encode, line_of, said_by_us
from miaohui.pipelines.live import Heard
from miaohui.pipelines.receipts import Receipts
from miaohui.pipelines.webchats import Webchat

RECALLED = "message.recalled"
TOKEN_GONE = 4_401  # a page is closed and told to begin anew


class BuyerPage:
    """One page of a buyer. `send` queues a frame and never waits; `told` is the last outlook it
    was given; `dismissed` is the code with which it is closed, 0 while it may stay."""

    __slots__ = ("chat_id", "dismissed", "send", "told", "visit", "webchat")

    def __init__(
        self, webchat: Webchat, visit: Visit, chat_id: str, send: Callable[[bytes], None]
    ) -> None:
        self.webchat = webchat
        self.visit = visit
        self.chat_id = chat_id
        self.send = send
        self.told: Outlook | None = None
        self.dismissed = 0


class Visits:
    """All open pages by chat. A Follower of the floor, and an Ear of its people."""

    def __init__(self, floor: Floor, receipts: Receipts) -> None:
        self._floor = floor
        self._receipts = receipts
        self._by_chat: defaultdict[str, set[BuyerPage]] = defaultdict(set)
        self._expelled: set[str] = set()

    # Pages
    def enter(self, page: BuyerPage) -> None:
        """A page is told of everything in its chat from now on."""
        self._by_chat[page.chat_id].add(page)

    def leave(self, page: BuyerPage) -> None:
        """A page is gone."""
        pages = self._by_chat[page.chat_id]
        pages.discard(page)
        if not pages:
            del self._by_chat[page.chat_id]
            self._receipts.forget(page.chat_id)

    def dismiss(self, code: int) -> None:
        """Close all pages: each is told to come again."""
        for page in self.pages():
            page.dismissed = code
            page.send(encode(ToBuyer(closing=True)))

    def expel(self, chat_id: str) -> None:
        """The buyer of a chat is erased: their pages forget what they show, and their tokens are
        good for nothing."""
        self._expelled.add(chat_id)
        for page in self.pages_of(chat_id):
            page.dismissed = TOKEN_GONE
            page.send(encode(ToBuyer(forgotten=True)))

    def forget(self, chat_ids: Iterable[str]) -> None:
        """The log knows by now who was expelled."""
        self._expelled.difference_update(chat_ids)

    def is_expelled(self, chat_id: str) -> bool:
        """Whether somebody is being erased."""
        return chat_id in self._expelled

    def pages(self) -> list[BuyerPage]:
        """Every page."""
        return [page for each in self._by_chat.values() for page in each]

    def pages_of(self, chat_id: str) -> Collection[BuyerPage]:
        """The pages of one chat."""
        return tuple(self._by_chat.get(chat_id, ()))

    def tell(self, chat_id: str, frame: ToBuyer) -> None:
        """Tell every page of a chat one thing, encoded once."""
        if pages := self.pages_of(chat_id):
            told = encode(frame)
            for page in pages:
                page.send(told)

    def name_of(self, account: str | None) -> str:
        """What buyers call somebody: the name that is to be seen, never the one to log in with."""
        person = self._floor.people.get(account or "")
        return person.account.display_name if person else ""

    # A Follower of the floor
    def entered(self, chat: Chat, history: Sequence[Event]) -> None:
        """See Follower. Pages read the log themselves."""

    def heard(self, news: Sequence[Heard]) -> None:
        """Tell the pages what was said in their chats."""
        for each in news:
            if each.chat_id in self._by_chat:
                self._tell(each)

    # An Ear of the desk
    def typed(self, chat: Chat, account: str) -> None:
        """Whoever answers the buyer types."""
        if chat.holder in (None, account):
            self.tell(chat.id, ToBuyer(typing=True))

    def opened(self, chat: Chat, account: str) -> None:
        """See Ear. What is read is told by read marks."""

    def _tell(self, heard: Heard) -> None:
        event = heard.event
        if event.kind == RECALLED and heard.change is not None:
            for seq in _seqs_of(heard.change.after, event.payload.about):
                self.tell(heard.chat_id, ToBuyer(recalled=seq))
            return
        line = line_of(event, self.name_of)
        if line is not None:
            if said_by_us(event):
                self._receipts.expect(heard.chat_id, [event.seq])
            self.tell(heard.chat_id, ToBuyer(lines=[line]))


def recalled_in(chat: Chat | None) -> set[str]:
    """The source ids of messages that were taken back in a chat."""
    history: Iterable[Event] = chat.state.history if chat else ()
    return {each.payload.about or "" for each in history if each.kind == RECALLED}


def _seqs_of(chat: Chat, source_id: str | None) -> list[int]:
    return [each.seq for each in chat.state.history if each.source_id == source_id]
