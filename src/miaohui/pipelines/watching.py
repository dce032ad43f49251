"""Who sees what: pages register, are told what is in view, and then every change of it.

Rights are looked at for every page and every event. Personal data is behind asterisks for
everybody here: whoever has the right to see it whole asks for it, and that is written down.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from miaohui.domain.conversation.card import card_of
from miaohui.domain.desk.floor.chats import Chat
from miaohui.domain.desk.floor.floor import Change, Floor
from miaohui.domain.directory.accounts import Account, Visibility
from miaohui.domain.directory.permission import may, sees
from miaohui.domain.directory.rights import Right
from miaohui.domain.vocabulary.events import Event
from miaohui.pipelines.frames import Frame, Sent, Shown, encode, shown, spoken
from miaohui.pipelines.live import Heard

PREVIEW_LETTERS = 60
COME_AGAIN = 4_412  # a page is closed and told to come again in a moment


class Watcher:
    """One page of somebody. `send` queues a frame and never waits; `dismissed` is the code with
    which it is closed, 0 while it may stay."""

    __slots__ = ("account", "device", "dismissed", "send")

    def __init__(self, account: Account, device: str, send: Callable[[bytes], None]) -> None:
        self.account = account
        self.device = device
        self.send = send
        self.dismissed = 0

    def sees(self, chat: Chat) -> bool:
        """Whether a chat is in view."""
        return sees(self.account, chat.whose, chat.wanted.group, chat.shop)


class Watching:
    """All pages, found by what they may see. A Follower of the floor."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        self._by_account: defaultdict[str, set[Watcher]] = defaultdict(set)
        # Those who see all chats of a shop (None: of every shop), those who see their team's, and
        # those who may read chats of theirs in a shop.
        self._of_shop: defaultdict[str | None, set[Watcher]] = defaultdict(set)
        self._of_teams: set[Watcher] = set()
        self._at_work: defaultdict[str | None, set[Watcher]] = defaultdict(set)
        self._previews: dict[str, str] = {}

    # Pages
    def enter(self, watcher: Watcher) -> None:
        """A page is told of everything in view from now on."""
        self._by_account[watcher.account.id].add(watcher)
        for pages in self._indexes(watcher.account):
            pages.add(watcher)

    def leave(self, watcher: Watcher) -> None:
        """A page is gone."""
        self._by_account[watcher.account.id].discard(watcher)
        for pages in self._indexes(watcher.account):
            pages.discard(watcher)

    def dismiss(self, code: int, account: str | None = None) -> None:
        """Close the pages of an account, or all: with its last frames each is told to come again,
        with the rights that hold then."""
        for watcher in self.pages() if account is None else self.pages_of(account):
            watcher.dismissed = code
            watcher.send(encode(Frame(closing=True)))

    def pages(self) -> list[Watcher]:
        """Every page."""
        return [watcher for each in self._by_account.values() for watcher in each]

    def pages_of(self, account: str) -> list[Watcher]:
        """The pages of one account."""
        return list(self._by_account.get(account, ()))

    def everybody_in(self, shop: str) -> Iterator[Watcher]:
        """The pages of those who work in a shop."""
        candidates = (*self._at_work.get(shop, ()), *self._at_work.get(None, ()))
        return (each for each in candidates if may(each.account, Right.CHATS_READ, shop))

    def who_sees(self, chat: Chat) -> set[Watcher]:
        """The pages that have a chat in view."""
        own = self._by_account.get(chat.whose or "", ())
        all_of_it = self._of_shop.get(chat.shop, ()), self._of_shop.get(None, ())
        candidates = (*own, *self._of_teams, *all_of_it[0], *all_of_it[1])
        return {each for each in candidates if each.sees(chat)}

    def in_view(self, watcher: Watcher) -> list[Chat]:
        """The chats that a page has in view, as far as the desk has to do with them."""
        account = watcher.account
        if account.visibility is Visibility.OWN:
            held = self._floor.loads.held_by(account.id)
            return [chat for each in held if watcher.sees(chat := self._floor.chats[each])]
        chats = self._floor.chats.values()
        return [chat for chat in chats if chat.is_restless and watcher.sees(chat)]

    def told(self, chat: Chat) -> Shown:
        """A chat as it is now."""
        return shown(chat, card_of(chat.state), self._previews.get(chat.id))

    # A Follower of the floor
    def entered(self, chat: Chat, history: Sequence[Event]) -> None:
        """A chat that was at rest, or that is read anew, may be on somebody's page."""
        if history:
            self._tell_whole(self.who_sees(chat), chat)

    def heard(self, news: Sequence[Heard]) -> None:
        """Tell every page what changed in its view."""
        for each in news:
            if each.change is not None:
                self._keep_preview(each.event, each.change.after)
                self._tell(each.event, each.change)

    def say(self, watchers: Iterable[Watcher], frame: Frame) -> None:
        """Tell some pages one thing, encoded once."""
        if some := list(watchers):
            told = encode(frame)
            for watcher in some:
                watcher.send(told)

    def say_sent(self, chat: Chat, sent: Sent) -> None:
        """How far a message has come."""
        self.say(self.who_sees(chat), Frame(sent=sent))

    def forget(self, chat_ids: Iterable[str]) -> None:
        """Texts of these chats are kept no longer."""
        for chat_id in chat_ids:
            self._previews.pop(chat_id, None)

    def erase(self, shop: str, chat_ids: Collection[str], here: Iterable[Chat]) -> None:
        """The buyers of some chats are erased: every page of the shop forgets what it was told of
        them; `here`: those on the floor, as they were."""
        self.forget(chat_ids)
        for chat in here:
            self.say(self.who_sees(chat), Frame(gone=chat.id))
        self.say(self.everybody_in(shop), Frame(erased=list(chat_ids)))

    def preview(self, chat_id: str, text: str) -> None:
        """The last text of a chat, as the log has it."""
        chat = self._floor.chats.get(chat_id)
        if chat is None or not chat.is_erased:
            self._previews[chat_id] = text[:PREVIEW_LETTERS]

    def without_preview(self, chats: Iterable[Chat]) -> list[Chat]:
        """Those whose last text has not been read since the house opened."""
        return [chat for chat in chats if chat.id not in self._previews]

    def _keep_preview(self, event: Event, chat: Chat) -> None:
        last = chat.state.history[-1]
        if event.payload.text and event.kind == "text" and last.seq == event.seq:
            self.preview(chat.id, event.payload.text)

    def _tell(self, event: Event, change: Change) -> None:
        chat = change.after
        after = self.who_sees(chat)
        before = self._who_saw(change, after)
        self.say(after & before, Frame(event=spoken(chat, event, change.answers)))
        self._tell_whole(after if change.late else after - before, chat)
        self.say(before - after, Frame(gone=chat.id))

    def _indexes(self, account: Account) -> Iterator[set[Watcher]]:
        """Wherever a page of an account is to be found beside its own."""
        shops = (None,) if account.shops.every else account.shops.only
        yield from (self._at_work[shop] for shop in shops)
        match account.visibility:
            case Visibility.OWN:
                return
            case Visibility.TEAM:
                yield self._of_teams
            case Visibility.ALL:
                yield from (self._of_shop[shop] for shop in shops)

    def _who_saw(self, change: Change, after: set[Watcher]) -> set[Watcher]:
        """Who had the chat in view before; nobody if it has just begun."""
        if not change.before.state.history:
            return set()
        return after if _same_eyes(change) else self.who_sees(change.before)

    def _tell_whole(self, watchers: Iterable[Watcher], chat: Chat) -> None:
        if some := list(watchers):
            self.say(some, Frame(chats=[self.told(chat)]))


def _same_eyes(change: Change) -> bool:
    before, after = change.before, change.after
    return (before.whose, before.wanted.group) == (after.whose, after.wanted.group)
