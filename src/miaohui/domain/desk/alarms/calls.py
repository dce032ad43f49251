"""One alarm for one recipient: which steps of the ladder are still to be told, and when."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

import msgspec

from miaohui.domain.desk.alarms.causes import Alarm
from miaohui.domain.desk.alarms.settings import (
    RANKS,
    AlarmSettings,
    Level,
    Step,
    ladder_of,
    repeat_seconds,
)
from miaohui.domain.desk.alarms.told import Recipient, Told, notice_of, place_of


class Rung(msgspec.Struct, frozen=True):
    """A step of the ladder and the instant at which it is due."""

    at: datetime
    step: Step


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """An alarm and somebody who hears of it: how far it has come (`row`), the steps still to be
    told in order, and when it is to be told again."""

    alarm: Alarm
    recipient: Recipient
    notice: str
    row: Told | None = None
    rungs: tuple[Rung, ...] = ()
    repeat_at: datetime | None = None

    @property
    def dues(self) -> Iterator[datetime]:
        """When there is something to tell: the steps in order, then the repeat."""
        yield from (rung.at for rung in self.rungs)
        if self.repeat_at is not None:
            yield self.repeat_at


def calls_of(settings: AlarmSettings, alarms: Iterable[Alarm], told: Iterable[Told]) -> list[Call]:
    """Every alarm with everybody who hears of it, now or later."""
    rows = {place_of(row): row for row in told if not row.cleared}
    taken = _taken(rows.values())
    return [
        _call(settings, alarm, recipient, rungs, rows.get((alarm.key, recipient)), taken)
        for alarm in alarms
        for recipient, rungs in _by_recipient(settings, alarm).items()
    ]


def _taken(rows: Iterable[Told]) -> Mapping[str, int]:
    """How high up somebody has taken each alarm that was taken."""
    taken: dict[str, int] = {}
    for row in rows:
        if row.taken_by is not None:
            taken[row.key] = max(RANKS[row.recipient.level], taken.get(row.key, 0))
    return taken


def _by_recipient(settings: AlarmSettings, alarm: Alarm) -> Mapping[Recipient, list[Rung]]:
    found: dict[Recipient, list[Rung]] = {}
    for step in sorted(ladder_of(settings, alarm.kind), key=lambda step: step.seconds):
        at = _due(alarm, step)
        if step.seconds >= 0 or alarm.begins is None or at > alarm.begins:
            found.setdefault(_recipient(alarm, step.level), []).append(Rung(at, step))
    return found


def _due(alarm: Alarm, step: Step) -> datetime:
    """Steps before the line count back from it, the others on from the first instant beyond."""
    after = timedelta(seconds=step.seconds)
    if step.seconds >= 0:
        return alarm.crossed_at + after
    return alarm.line + after if alarm.foreseen else alarm.crossed_at


def _recipient(alarm: Alarm, level: Level) -> Recipient:
    """What nobody has, the leads hear of in the agent's place."""
    if level is Level.OWNER:
        return Recipient(level)
    if level is Level.AGENT and alarm.account is not None:
        return Recipient(level, alarm.account)
    return Recipient(Level.LEAD, alarm.group or "")


def _call(
    settings: AlarmSettings,
    alarm: Alarm,
    recipient: Recipient,
    rungs: Iterable[Rung],
    row: Told | None,
    taken: Mapping[str, int],
) -> Call:
    notice = notice_of(alarm.kind, alarm.key, recipient)
    call = Call(alarm=alarm, recipient=recipient, notice=notice, row=row)
    taken_by, line = _taken_for(recipient, row, taken.get(alarm.key)), alarm.crossed_at
    if taken_by is not None and RANKS[recipient.level] <= taken_by:
        return call
    left = (rung for rung in rungs if row is None or rung.step.seconds > row.seconds)
    repeat_at = _repeat_at(settings, row)
    if taken_by is not None:  # those above hear of it only if the line is crossed all the same
        left = (Rung(max(rung.at, line), rung.step) for rung in left)
        repeat_at = repeat_at and max(repeat_at, line)
    return msgspec.structs.replace(call, rungs=tuple(left), repeat_at=repeat_at)


def _taken_for(recipient: Recipient, row: Told | None, taken: int | None) -> int | None:
    """An agent has to answer whoever else has seen it, so only their own taking counts."""
    if recipient.level is Level.AGENT and (row is None or row.taken_by is None):
        return None
    return taken


def _repeat_at(settings: AlarmSettings, row: Told | None) -> datetime | None:
    if row is None or row.held:
        return None
    seconds = repeat_seconds(settings, row.recipient.level)
    return None if seconds is None else row.told_at + timedelta(seconds=seconds)
