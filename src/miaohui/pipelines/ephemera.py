"""What passes: who types, who reads what, which pages are alive. None of it touches the log."""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from miaohui.domain.desk.floor.chats import Chat
from miaohui.domain.desk.floor.floor import Floor
from miaohui.domain.desk.floor.people import Health
from miaohui.pipelines.frames import Frame, Reading, Typing
from miaohui.pipelines.watching import Watcher, Watching


class Ear(Protocol):
    """Somebody beyond the desk who hears what its people do in chats that they see."""

    def typed(self, chat: Chat, account: str) -> None:
        """Somebody types."""
        ...

    def opened(self, chat: Chat, account: str) -> None:
        """Somebody has the chat open from now on."""
        ...


class Ephemera:
    """Tells pages what others do right now."""

    def __init__(self, floor: Floor, watching: Watching) -> None:
        self._floor = floor
        self._watching = watching
        self._reading: dict[Watcher, str] = {}
        self._read_by: defaultdict[str, set[Watcher]] = defaultdict(set)
        self._ears: list[Ear] = []
        self._nurses: list[Callable[[str, datetime], None]] = []

    def lend(self, ear: Ear) -> None:
        """From now on somebody beyond the desk hears, too."""
        self._ears.append(ear)

    def nurse(self, nurse: Callable[[str, datetime], None]) -> None:
        """From now on somebody is told whose pages tell of their health."""
        self._nurses.append(nurse)

    def beats(self, watcher: Watcher, health: Health | None, now: datetime) -> bool:
        """A page is alive, and tells whether it can ring; whether somebody is heard of again who
        was thought to be away."""
        account = watcher.account.id
        self._floor.beat(account, watcher.device, health, now)
        if health is not None:
            for nurse in self._nurses:
                nurse(account, now)
        person = self._floor.people[account]
        return person.presence(now) != person.logged

    def types(self, watcher: Watcher, chat_id: str) -> None:
        """Somebody types in a chat that they see: the others who see it are told."""
        chat = self._floor.chats.get(chat_id)
        if chat is not None and watcher.sees(chat):
            frame = Frame(typing=Typing(chat_id, watcher.account.id))
            self._watching.say(self._others(watcher, chat), frame)
            for ear in self._ears:
                ear.typed(chat, watcher.account.id)

    def buyer_types(self, chat: Chat) -> None:
        """The buyer types."""
        self._watching.say(self._watching.who_sees(chat), Frame(typing=Typing(chat.id)))

    def reads(self, watcher: Watcher, chat_id: str) -> None:
        """A page has a chat open from now on, or with an empty id none."""
        self._stop_reading(watcher)
        chat = self._floor.chats.get(chat_id)
        if chat is not None and watcher.sees(chat):
            self._reading[watcher] = chat_id
            self._read_by[chat_id].add(watcher)
            self._tell_readers(chat)
            for ear in self._ears:
                ear.opened(chat, watcher.account.id)

    def has_open(self, watcher: Watcher, chat_id: str) -> bool:
        """Whether a page has a chat open."""
        return self._reading.get(watcher) == chat_id

    def left(self, watcher: Watcher) -> None:
        """A page is gone."""
        self._stop_reading(watcher)

    def readers(self, chat_id: str) -> list[str]:
        """The accounts that have a chat open."""
        return sorted({watcher.account.id for watcher in self._read_by.get(chat_id, ())})

    def _stop_reading(self, watcher: Watcher) -> None:
        before = self._reading.pop(watcher, None)
        if before is None:
            return
        self._read_by[before].discard(watcher)
        if not self._read_by[before]:
            del self._read_by[before]
        chat = self._floor.chats.get(before)
        if chat is not None:
            self._tell_readers(chat)

    def _tell_readers(self, chat: Chat) -> None:
        frame = Frame(reading=Reading(chat.id, self.readers(chat.id)))
        self._watching.say(self._watching.who_sees(chat), frame)

    def _others(self, watcher: Watcher, chat: Chat) -> set[Watcher]:
        mine = watcher.account.id
        return {each for each in self._watching.who_sees(chat) if each.account.id != mine}
