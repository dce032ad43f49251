"""The sentence of a notice: its key in the catalogues and the values that fill it."""

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from miaohui.domain.desk.alarms.causes import Alarm
from miaohui.domain.desk.alarms.chat_wording import lost, message_of_chats, savable
from miaohui.domain.desk.alarms.duty import Gap
from miaohui.domain.desk.alarms.settings import Kind, Level
from miaohui.domain.desk.alarms.situation import (
    Channel,
    MissesLeft,
    Person,
    Situation,
    WaitingChat,
)
from miaohui.domain.desk.alarms.told import Message, Urgency

MINUTE = timedelta(minutes=1)
HIGH = frozenset({Kind.NOBODY_ON_DUTY, Kind.ALL_OFFLINE, Kind.CHANNEL_FAILING})


def message_of(
    level: Level, alarms: Sequence[Alarm], situation: Situation, now: datetime
) -> Message:
    """What alarms of one kind say to somebody of a level; all but chats come one at a time."""
    match alarms[0].subject:
        case WaitingChat():
            return message_of_chats(level, alarms, situation, now)
        case Gap() as gap:
            return _of_gap(gap, situation.zone, now)
        case Person() as person:
            return _of_page(person, level)
        case Channel() as channel:
            return _of_channel(channel, alarms[0].kind, situation.zone, now)
        case MissesLeft() as misses:
            return _of_misses(misses)
        case None:
            return Message("alarm.all_offline", {"count": len(_assessed(situation))})


def urgency_of(alarms: Sequence[Alarm], now: datetime) -> Urgency:
    """High where somebody can still save something."""
    high = alarms[0].kind in HIGH or bool(savable(alarms, now))
    return Urgency.HIGH if high else Urgency.NORMAL


def chats_of(alarms: Sequence[Alarm], situation: Situation, now: datetime) -> tuple[str, ...]:
    """The chats that alarms of one kind are about, the most urgent first."""
    if alarms[0].kind is Kind.ALL_OFFLINE:
        return tuple(_assessed(situation))
    return (*savable(alarms, now), *lost(alarms, now))


def _assessed(situation: Situation) -> list[str]:
    return [chat.chat for chat in situation.chats if chat.clocks]


def _of_gap(gap: Gap, zone: tzinfo, now: datetime) -> Message:
    until = {"until": _shown(gap.end, zone).replace("00:00", "24:00")}
    if now < gap.start:
        return Message("alarm.nobody_from", {"from": _shown(gap.start, zone), **until})
    return Message("alarm.nobody_now", until)


def _of_page(person: Person, level: Level) -> Message:
    what = "muted" if person.page is not None and person.page.muted else "may_not_notify"
    if level is Level.AGENT:
        return Message(f"alarm.{what}")
    return Message(f"alarm.{what}_of", {"agent": person.name})


def _of_channel(channel: Channel, kind: Kind, zone: tzinfo, now: datetime) -> Message:
    if kind is Kind.CHANNEL_FAILING:
        since = _shown(channel.failing_since or now, zone)
        return Message("alarm.channel_failing", {"channel": channel.name, "since": since})
    minutes = (now - (channel.last_heard_at or now)) // MINUTE
    return Message("alarm.channel_silent", {"channel": channel.name, "minutes": minutes})


def _of_misses(misses: MissesLeft) -> Message:
    if misses.left > 0:
        return Message("alarm.misses_left", {"line": misses.name, "left": misses.left})
    what = "line_broken" if misses.left < 0 else "no_misses_left"
    return Message(f"alarm.{what}", {"line": misses.name})


def _shown(at: datetime, zone: tzinfo) -> str:
    return f"{at.astimezone(zone):%H:%M}"
