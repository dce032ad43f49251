"""What people do with chats: say, take, hand on, put aside, close; each a few events or a refusal.

Nothing here changes anything by itself: events go through the intake, and the floor hears them.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import msgspec

from miaohui.adapters.storage.directory_ports import Obstacle
from miaohui.adapters.storage.media_ports import Media, Owner
from miaohui.domain.desk.floor.chats import Chat
from miaohui.domain.directory.accounts import Account
from miaohui.domain.directory.capabilities import Capabilities
from miaohui.domain.directory.permission import may, may_in_all, sees
from miaohui.domain.directory.presence import Presence
from miaohui.domain.directory.rights import Right
from miaohui.domain.text.brief import agents_brief
from miaohui.domain.vocabulary.events import Event, Payload
from miaohui.domain.vocabulary.instants import iso
from miaohui.domain.vocabulary.kinds import TALK, Mark, Origin, family_of
from miaohui.domain.vocabulary.problems import Problem
from miaohui.pipelines.deeds import by_a_person, presence_changed
from miaohui.pipelines.desk_hindrances import (
    may_hand_on,
    recalling_problems,
    receiving_problems,
    saying_problems,
)
from miaohui.pipelines.live import Live
from miaohui.pipelines.reception import sketched_extra
from miaohui.pipelines.refusals import NotAllowed, Unfit
from miaohui.pipelines.tokens import NewId

CapabilitiesOf = Callable[[str, str, datetime], Capabilities]  # by shop and channel, on an instant
LONGEST_NOTE = 2_000
LONGEST_TAG = 40
LONGEST_SNOOZE = timedelta(days=30)


class Done(msgspec.Struct, frozen=True):
    """It is in the log, its last event under `seq`."""

    seq: int


class Saying(msgspec.Struct, frozen=True, kw_only=True):
    """Something to be said to a buyer. `assisted`: a person sends what a machine drafted."""

    kind: str = "text"
    text: str | None = None
    media: str | None = None
    order: str | None = None
    extra: dict[str, str] = {}
    assisted: bool = False


class HandingOn(msgspec.Struct, frozen=True, kw_only=True):
    """To whom a chat goes: an account, a group, or with neither back in line; and why."""

    account: str | None = None
    group: str | None = None
    reason: str | None = None
    note: str | None = None


class By(msgspec.Struct, frozen=True):
    """Who does something. The same account and `key` mean the same deed, however often asked."""

    account: Account
    key: str


NotDone = NotAllowed | Unfit | Obstacle


class Desk:
    """The deeds of people in the chats of one house."""

    def __init__(
        self,
        live: Live,
        capabilities_of: CapabilitiesOf,
        clock: Callable[[], datetime],
        new_id: NewId,
        media: Media,
    ) -> None:
        self._media = media
        self._live = live
        self._capabilities_of = capabilities_of
        self._clock = clock
        self._new_id = new_id

    async def chat(self, account: Account, chat_id: str, right: Right) -> Chat | NotDone:
        """A chat that somebody sees and may do something with."""
        chat = await self._live.chat(chat_id)
        if chat is None or not self.sees(account, chat):
            return Obstacle.UNKNOWN
        return chat if may(account, right, chat.shop) else NotAllowed()

    async def at_work(self, account: Account, chat_id: str, right: Right) -> Chat | NotDone:
        """The same, to do something in: of an erased buyer it can only be looked at."""
        chat = await self.chat(account, chat_id, right)
        if isinstance(chat, Chat) and chat.is_erased:
            return Unfit((Problem("desk.buyer_erased"),))
        return chat

    def sees(self, account: Account, chat: Chat) -> bool:
        """Whether a chat is in somebody's view."""
        return sees(account, chat.whose, chat.wanted.group, chat.shop)

    async def say(self, by: By, chat_id: str, saying: Saying) -> Done | NotDone:
        """Write to the buyer. Whoever answers a chat that nobody has, has it from then on."""
        chat = await self.at_work(by.account, chat_id, Right.CHATS_ANSWER)
        if not isinstance(chat, Chat):
            return chat
        kind, text, media = saying.kind, saying.text, saying.media
        now = self._live.now_in(chat)
        problems = saying_problems(self._can(chat), chat, kind, text, media, now)
        if problems:
            return Unfit(tuple(problems))
        whole = await self._with_picture(chat, saying)
        if whole is None:
            return Unfit((Problem("media.unknown"),))
        mine = () if chat.holder else (self._taking(by, chat, "answered"),)
        return await self._take((*mine, self._said(by, chat, whole)), going_out=True)

    async def recall(self, by: By, chat_id: str, seq: int) -> Done | NotDone:
        """Take an own message back, soon after it was said and where the channel can do that; it
        answers nothing then."""
        chat = await self.at_work(by.account, chat_id, Right.CHATS_ANSWER)
        if not isinstance(chat, Chat):
            return chat
        said = next((each for each in chat.state.history if each.seq == seq), None)
        if said is None or said.account != by.account.id or family_of(said.kind) not in TALK:
            return Obstacle.UNKNOWN
        problems = recalling_problems(self._can(chat), said.at, self._live.now_in(chat))
        if problems:
            return Unfit(tuple(problems))
        payload = Payload(about=said.source_id, by=by.account.id)
        return await self._take(
            [self._deed(by, chat, "message.recalled", payload, by.account.id, part=str(seq))]
        )

    async def hand_on(self, by: By, chat_id: str, to: HandingOn) -> Done | NotDone:
        """Take a chat, give it to somebody, to a group, or back in line."""
        chat = await self.at_work(by.account, chat_id, Right.CHATS_READ)
        if not isinstance(chat, Chat):
            return chat
        if not may_hand_on(by.account, chat, to.account):
            return NotAllowed()
        if to.account is not None:
            receiver = self._live.floor.people.get(to.account)
            problems = receiving_problems(chat, receiver, self._clock())
            if problems:
                return Unfit(tuple(problems))
        if to.account is None and chat.holder is not None:
            self._live.floor.pass_on(chat.id, chat.holder, self._clock())
        return await self._take([self._handed_on(by, chat, to)])

    async def close(self, by: By, chat_id: str) -> Done | NotDone:
        """Close a chat in which nobody waits; it lies with nobody then."""
        chat = await self.at_work(by.account, chat_id, Right.CHATS_ANSWER)
        if not isinstance(chat, Chat):
            return chat
        if chat.state.waiting_since is not None:
            return Unfit((Problem("desk.buyer_waits"),))
        closed = self._deed(by, chat, "closed", Payload(by=by.account.id))
        freed = self._deed(by, chat, "unassigned", Payload(purpose="closed"), part="freed")
        return await self._take([closed, freed])

    async def reopen(self, by: By, chat_id: str) -> Done | NotDone:
        """Open a closed chat again and have it."""
        chat = await self.at_work(by.account, chat_id, Right.CHATS_ANSWER)
        if not isinstance(chat, Chat):
            return chat
        opened = self._deed(by, chat, "reopened", Payload(by=by.account.id))
        return await self._take([opened, self._taking(by, chat, "reopened")])

    async def snooze(self, by: By, chat_id: str, until: datetime | None) -> Done | NotDone:
        """Put a chat aside until an instant, or bring it back; no clock stops for that."""
        now = self._clock()
        ahead = until is None or now < until <= now + LONGEST_SNOOZE
        problems = () if ahead else (Problem("desk.snooze_not_ahead"),)
        payload = Payload(until=iso(until) if until else None, by=by.account.id)
        return await self.write_down(
            by, chat_id, "snoozed", payload, Right.CHATS_ANSWER, problems=problems
        )

    async def tag(self, by: By, chat_id: str, tag: str, there: bool) -> Done | NotDone:
        """Put a tag on a chat, or take it away."""
        fits = 0 < len(tag.strip()) <= LONGEST_TAG
        problems = () if fits else (Problem("desk.tag_length", {"most": LONGEST_TAG}),)
        purpose = None if there else "removed"
        payload = Payload(tag=tag.strip(), purpose=purpose, by=by.account.id)
        return await self.write_down(
            by, chat_id, "tagged", payload, Right.CHATS_ANSWER, problems=problems
        )

    async def note(
        self, by: By, chat_id: str, text: str, mentions: Sequence[str] = ()
    ) -> Done | NotDone:
        """Leave a note for colleagues, which the buyer never sees."""
        fits = 0 < len(text.strip()) <= LONGEST_NOTE
        problems = () if fits else (Problem("desk.note_length", {"most": LONGEST_NOTE}),)
        extra = {"mentions": ",".join(mentions)} if mentions else {}
        payload = Payload(text=text.strip(), extra=extra, by=by.account.id)
        return await self.write_down(
            by, chat_id, "note", payload, Right.CHATS_READ, problems=problems
        )

    async def report_spam(self, by: By, chat_id: str) -> Done | NotDone:
        """Report a chat as spam; it keeps counting until the platform confirms."""
        payload = Payload(by=by.account.id)
        return await self.write_down(by, chat_id, "spam.reported", payload, Right.CHATS_ANSWER)

    async def judge_spam(self, by: By, chat_id: str, confirmed: bool) -> Done | NotDone:
        """Write down what the platform said of a report."""
        kind = "spam.confirmed" if confirmed else "spam.rejected"
        chat = await self.at_work(by.account, chat_id, Right.CHATS_ASSIGN)
        if isinstance(chat, Chat) and not chat.state.spam_reports:
            return Unfit((Problem("desk.nothing_reported"),))
        return await self.write_down(
            by, chat_id, kind, Payload(by=by.account.id), Right.CHATS_ASSIGN
        )

    async def mark_buyer(self, by: By, chat_id: str, mark: Mark, there: bool) -> Done | NotDone:
        """Mark a buyer as malicious or as one of our own, or take the mark away."""
        kind = "buyer.marked" if there else "buyer.unmarked"
        payload = Payload(mark=mark.value, by=by.account.id)
        return await self.write_down(by, chat_id, kind, payload, Right.CHATS_ASSIGN)

    async def be(self, by: By, account_id: str, presence: Presence) -> Done | NotDone:
        """Say whether one is there, or, with the right, whether somebody else is."""
        person = self._live.floor.people.get(account_id)
        if person is None:
            return Obstacle.UNKNOWN
        account = person.account
        if account_id != by.account.id and not (
            may_in_all(by.account, Right.PRESENCE_MANAGE, account)
        ):
            return NotAllowed()
        events = presence_changed(
            self._live.floor, account_id, presence, by.account.id, self._clock(), self._new_id
        )
        return await self._take(list(events))

    # How it is done
    async def write_down(
        self,
        by: By,
        chat_id: str,
        kind: str,
        payload: Payload,
        right: Right,
        account: str | None = None,
        problems: tuple[Problem, ...] = (),
    ) -> Done | NotDone:
        """Write one thing down in a chat, unless there are problems: told to those only who see
        it."""
        chat = await self.at_work(by.account, chat_id, right)
        if not isinstance(chat, Chat):
            return chat
        if problems:
            return Unfit(problems)
        return await self._take([self._deed(by, chat, kind, payload, account)])

    async def _take(self, events: Sequence[Event], going_out: bool = False) -> Done:
        places = (len(events) - 1,) if going_out else ()
        seqs = await self._live.take(events, places)
        return Done(seqs[-1] if seqs else 0)

    async def _with_picture(self, chat: Chat, saying: Saying) -> Saying | None:
        """With what is known of its picture, where the house keeps those of the channel; None if
        there is no such picture."""
        if saying.media is None or not self._can(chat).media_types:
            return saying
        owner = Owner(chat.shop, chat.channel, chat.buyer)
        sketch = await asyncio.to_thread(self._media.find, owner, saying.media)
        if sketch is None:
            return None
        return msgspec.structs.replace(saying, extra={**saying.extra, **sketched_extra(sketch)})

    def _said(self, by: By, chat: Chat, saying: Saying) -> Event:
        payload = Payload(
            text=saying.text,
            media=saying.media,
            order=saying.order,
            extra=saying.extra,
            brief=agents_brief(saying.text),
        )
        origin = Origin.ASSISTED if saying.assisted else Origin.HUMAN
        account = by.account.id
        now, deed = self._live.now_in(chat), f"{account}:{by.key}"
        return by_a_person(chat, saying.kind, now, deed, payload, account, origin)

    def _taking(self, by: By, chat: Chat, reason: str) -> Event:
        payload = Payload(by=by.account.id, purpose=reason, group=chat.wanted.group)
        return self._deed(by, chat, "assigned", payload, by.account.id, part="taken")

    def _handed_on(self, by: By, chat: Chat, to: HandingOn) -> Event:
        taken = to.account == by.account.id
        payload = Payload(
            by=by.account.id,
            purpose=to.reason or ("taken" if taken else None),
            text=to.note,
            group=to.group or (chat.wanted.group if to.account is None else None),
        )
        kind = "assigned" if chat.holder is None or taken else "transferred"
        kind = "transferred" if to.account is None else kind
        return self._deed(by, chat, kind, payload, to.account)

    def _deed(
        self,
        by: By,
        chat: Chat,
        kind: str,
        payload: Payload,
        account: str | None = None,
        part: str = "",
    ) -> Event:
        key = f"{by.account.id}:{by.key}" + (f":{part}" if part else "")
        return by_a_person(chat, kind, self._live.now_in(chat), key, payload, account)

    def _can(self, chat: Chat) -> Capabilities:
        return self._capabilities_of(chat.shop, chat.channel, self._clock())
