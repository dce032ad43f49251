"""What is said of waiting chats: one by its buyer, several by their number."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from miaohui.domain.desk.alarms.causes import Alarm
from miaohui.domain.desk.alarms.settings import Level
from miaohui.domain.desk.alarms.situation import Situation, WaitingChat, is_there
from miaohui.domain.desk.alarms.told import Message
from miaohui.domain.desk.deadlines.clock import SECOND

Alarms = Mapping[str, Alarm]  # by chat, the most urgent first


def savable(alarms: Iterable[Alarm], now: datetime) -> Alarms:
    """What can still be answered in time."""
    return _by_chat(alarm for alarm in alarms if now <= alarm.line)


def lost(alarms: Iterable[Alarm], now: datetime) -> Alarms:
    """What cannot, under any of its clocks."""
    saved = savable(alarms, now)
    return _by_chat(alarm for alarm in alarms if alarm.chat not in saved)


def message_of_chats(
    level: Level, alarms: Sequence[Alarm], situation: Situation, now: datetime
) -> Message:
    """Those that can be saved with the seconds that the first has left, else those lost."""
    to_save, over = savable(alarms, now), lost(alarms, now)
    if not to_save:
        return _of_some("lost", level, over, situation, {})
    seconds = (next(iter(to_save.values())).line - now) // SECOND
    if over:
        values = {"count": len(to_save), "seconds": seconds, "lost": len(over)}
        return Message("alarm.waiting_and_lost", values)
    return _of_some("waiting", level, to_save, situation, {"seconds": seconds})


def _by_chat(alarms: Iterable[Alarm]) -> Alarms:
    found: dict[str, Alarm] = {}
    for alarm in sorted(alarms, key=lambda alarm: alarm.line):
        if alarm.chat is not None:
            found.setdefault(alarm.chat, alarm)
    return found


def _of_some(
    what: str, level: Level, alarms: Alarms, situation: Situation, values: Mapping[str, object]
) -> Message:
    chats = [each.subject for each in alarms.values() if isinstance(each.subject, WaitingChat)]
    counted = {**values, "count": len(chats)}
    untaken = all(chat.account is None for chat in chats)
    if untaken and what == "waiting" and _all_full(situation):
        return _of_full(situation, counted)
    if untaken:
        return _one_or_many(f"alarm.{what}", "_untaken", chats, counted)
    if level is Level.AGENT or len(chats) > 1:
        return _one_or_many(f"alarm.{what}", "", chats, counted)
    names = {"buyer": chats[0].buyer, "agent": _name(situation, chats[0].account)}
    return Message(f"alarm.{what}_one_of", {**values, **names})


def _one_or_many(
    key: str, suffix: str, chats: Sequence[WaitingChat], values: Mapping[str, object]
) -> Message:
    if len(chats) > 1:
        return Message(f"{key}_many{suffix}", values)
    one = {name: value for name, value in values.items() if name != "count"}
    return Message(f"{key}_one{suffix}", {**one, "buyer": chats[0].buyer})


def _all_full(situation: Situation) -> bool:
    there = [person.full for person in situation.people if is_there(person)]
    return bool(there) and all(there)


def _of_full(situation: Situation, values: Mapping[str, object]) -> Message:
    there = [person.name for person in situation.people if is_there(person)]
    if len(there) > 1:
        return Message("alarm.all_full", values)
    return Message("alarm.one_full", {**values, "agent": there[0]})


def _name(situation: Situation, account: str | None) -> str:
    names = (person.name for person in situation.people if person.account == account)
    return next(names, account or "")
