"""The second queue: complaints, refunds and what was promised, each with an owner and a due time.

Tasks are part of their chats: events open, change and close them. So an open one keeps its chat on
the floor, and the list is read from there.
"""

from collections.abc import Iterator
from datetime import datetime

import msgspec

from miaohui.adapters.storage.directory_ports import Obstacle
from miaohui.domain.conversation.state import Task
from miaohui.domain.desk.deadlines.clock import Clock
from miaohui.domain.desk.deadlines.running import complaint_clock
from miaohui.domain.desk.floor.chats import Chat
from miaohui.domain.directory.accounts import Account
from miaohui.domain.directory.masking import masked
from miaohui.domain.directory.permission import may
from miaohui.domain.directory.rights import Right
from miaohui.domain.vocabulary.events import Payload
from miaohui.domain.vocabulary.instants import iso
from miaohui.domain.vocabulary.problems import Problem
from miaohui.pipelines.desk import By, Desk, Done, NotDone
from miaohui.pipelines.live import Live
from miaohui.pipelines.refusals import Unfit

WHAT = frozenset({"follow_up", "complaint", "refund", "exchange", "logistics", "invoice", "other"})
LONGEST_NOTE = 2_000


class Promise(msgspec.Struct, frozen=True, kw_only=True):
    """Something to be seen to: what, until when, by whom (None: nobody yet), about which order."""

    what: str = "follow_up"
    due: datetime
    note: str = ""
    account: str | None = None
    order: str | None = None


class TaskChange(msgspec.Struct, frozen=True, kw_only=True):
    """What changes of a task; what is left out stays. An empty `account`: it is nobody's."""

    due: datetime | None = None
    account: str | None = None
    note: str | None = None


class OpenTask(msgspec.Struct, frozen=True):
    """A task and its chat. `buyer` is who is in it, personal data behind asterisks; `clock` is the
    platform's own, where a complaint has one."""

    chat: str
    shop: str
    channel: str
    task: Task
    clock: Clock | None = None
    buyer: str = ""


class Tasks:
    """Tasks in the chats of one house."""

    def __init__(self, live: Live, desk: Desk) -> None:
        self._live = live
        self._desk = desk

    def open_tasks(self, account: Account, shop: str | None = None) -> list[OpenTask]:
        """All open ones that an account may see, what is due first in front."""
        return sorted(self._of(account, shop), key=_due)

    async def promise(self, by: By, chat_id: str, promise: Promise) -> Done | NotDone:
        """Open a task."""
        problems = list(self._problems(promise.account, promise.note))
        if promise.what not in WHAT:
            known = ", ".join(sorted(WHAT))
            problems.append(Problem("task.what", {"known": known}, column="what"))
        if problems:
            return Unfit(tuple(problems))
        payload = Payload(
            text=promise.note or None,
            purpose=promise.what,
            until=iso(promise.due),
            order=promise.order,
            by=by.account.id,
        )
        return await self._desk.write_down(
            by, chat_id, "task.opened", payload, Right.TASKS_MANAGE, promise.account
        )

    async def change(self, by: By, chat_id: str, task: str, change: TaskChange) -> Done | NotDone:
        """Hand a task on, put it off, or say more of it."""
        problems = tuple(self._problems(change.account or None, change.note or ""))
        if problems:
            return Unfit(problems)
        payload = Payload(
            text=change.note,
            about=task,
            until=iso(change.due) if change.due else None,
            by=by.account.id,
        )
        return await self._about(by, chat_id, task, "task.changed", payload, change.account)

    async def close(self, by: By, chat_id: str, task: str) -> Done | NotDone:
        """It is done."""
        payload = Payload(about=task, by=by.account.id)
        return await self._about(by, chat_id, task, "task.closed", payload, None)

    async def _about(
        self, by: By, chat_id: str, task: str, kind: str, payload: Payload, account: str | None
    ) -> Done | NotDone:
        chat = await self._desk.at_work(by.account, chat_id, Right.TASKS_MANAGE)
        if not isinstance(chat, Chat):
            return chat
        if all(each.id != task for each in chat.state.life.tasks):
            return Obstacle.UNKNOWN
        return await self._desk.write_down(by, chat_id, kind, payload, Right.TASKS_MANAGE, account)

    def _problems(self, account: str | None, note: str) -> Iterator[Problem]:
        if account is not None and account not in self._live.floor.people:
            yield Problem("desk.receiver_unknown", column="account")
        if len(note) > LONGEST_NOTE:
            yield Problem("desk.note_length", {"most": LONGEST_NOTE}, column="note")

    def _of(self, account: Account, shop: str | None) -> Iterator[OpenTask]:
        for chat in self._live.floor.chats.values():
            if shop not in (None, chat.shop) or not may(account, Right.CHATS_READ, chat.shop):
                continue
            for task in () if chat.is_erased else chat.state.life.tasks:
                if task.closed_at is None and self._concerns(account, chat, task):
                    clock, buyer = self._clock_of(chat, task), masked(chat.buyer)
                    yield OpenTask(chat.id, chat.shop, chat.channel, task, clock, buyer)

    def _clock_of(self, chat: Chat, task: Task) -> Clock | None:
        """The platform's own, where the task is a complaint that nobody has answered."""
        steering = self._live.floor.steering(chat.shop, chat.channel)
        if steering is None or task.what != "complaint":
            return None
        return complaint_clock(chat.state, steering.clocked, task.opened_at)

    def _concerns(self, account: Account, chat: Chat, task: Task) -> bool:
        return task.account == account.id or self._desk.sees(account, chat)


def _due(each: OpenTask) -> tuple[datetime, str]:
    deadlines = [each.clock.deadline] if each.clock else []
    due = [each.task.due] if each.task.due else []
    return min(deadlines + due, default=each.task.opened_at), each.task.id
