"""What to tell, to hold back and to take back at an instant, and when there is more to do."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby

from msgspec.structs import replace

from miaohui.domain.desk.alarms.calls import Call, calls_of
from miaohui.domain.desk.alarms.causes import alarms_of
from miaohui.domain.desk.alarms.quiet import passing, quiet_until
from miaohui.domain.desk.alarms.settings import AlarmSettings, Way
from miaohui.domain.desk.alarms.situation import Situation
from miaohui.domain.desk.alarms.summary import summaries
from miaohui.domain.desk.alarms.told import (
    Clear,
    Decision,
    Hold,
    Tell,
    Told,
    notice_of,
    place_of,
    remembered,
)
from miaohui.domain.desk.alarms.wording import chats_of, message_of, urgency_of


def decide_alarms(
    settings: AlarmSettings, situation: Situation, told: Iterable[Told], now: datetime
) -> list[Decision]:
    """What is to be done now; `told` is what earlier decisions left to be remembered.

    Nothing is told twice: not a step, and not before a repeat is due. What falls due within the
    coalescing span goes along with what is due now; after the line, where nothing can be told
    early, what follows within the span waits until it is over.
    """
    rows = list(told)
    alarms = alarms_of(settings, situation, rows, now)
    quiet = quiet_until(settings, situation.zone, now) is not None
    calls = calls_of(settings, alarms, rows)
    decisions: list[Decision] = [*_cleared(rows, calls)]
    if not quiet:
        decisions += summaries(remembered(rows, decisions, now), calls, now)
    if decisions:
        rows = remembered(rows, decisions, now)
        calls = calls_of(settings, alarms, rows)
    last = _last_told(rows)
    for together in _by_notice(calls):
        if any(at <= now for at in _ready(settings, together, last)):
            decisions.append(_decided(settings, situation, together, now, quiet))
    return decisions


def next_alarm_at(
    settings: AlarmSettings, situation: Situation, told: Iterable[Told], now: datetime
) -> datetime | None:
    """The exact instant at which `decide_alarms` has something next if nothing changes; `now`
    itself if it has already. None: never."""
    rows = list(told)
    calls = calls_of(settings, alarms_of(settings, situation, rows, now), rows)
    instants = [*_ready(settings, calls, _last_told(rows))]
    instants += [call.alarm.until for call in calls if call.row and call.alarm.until]
    if any(row.held for row in rows):
        instants.append(quiet_until(settings, situation.zone, now) or now)
    if any(_cleared(rows, calls)):
        instants.append(now)
    return max(now, min(instants)) if instants else None


def _cleared(rows: Sequence[Told], calls: Iterable[Call]) -> Iterator[Clear]:
    """What was told and is no more, or is no longer this recipient's."""
    standing = {(call.alarm.key, call.recipient) for call in calls}
    open_rows = sorted((row for row in rows if not row.cleared), key=_notice)
    for notice, of_notice in groupby(open_rows, key=_notice):
        of_all = list(of_notice)
        over = [row for row in of_all if place_of(row) not in standing]
        if over:
            yield Clear(
                notice=notice,
                recipient=over[0].recipient,
                rows=tuple(replace(row, cleared=True) for row in over),
                left=len(of_all) - len(over),
            )


def _notice(row: Told) -> str:
    return notice_of(row.kind, row.key, row.recipient)


def _last_told(rows: Iterable[Told]) -> Mapping[str, datetime]:
    """When each notice was last told."""
    last: dict[str, datetime] = {}
    for row in rows:
        if not row.held:
            notice = _notice(row)
            last[notice] = max(row.told_at, last.get(notice, row.told_at))
    return last


def _by_notice(calls: Iterable[Call]) -> Iterator[list[Call]]:
    for _, found in groupby(sorted(calls, key=_notice_of_call), key=_notice_of_call):
        yield list(found)


def _notice_of_call(call: Call) -> str:
    return call.notice


def _ready(
    settings: AlarmSettings, calls: Iterable[Call], last: Mapping[str, datetime]
) -> Iterator[datetime]:
    """When there is something to tell; after a line not before the span since the last notice is
    over."""
    span = timedelta(seconds=settings.coalesce_seconds)
    for call in calls:
        told_at, line = last.get(call.notice), call.alarm.crossed_at
        for at in call.dues:
            yield at if told_at is None or at < line else max(at, told_at + span)


def _decided(
    settings: AlarmSettings, situation: Situation, calls: Sequence[Call], now: datetime, quiet: bool
) -> Tell | Hold:
    horizon = now + timedelta(seconds=settings.coalesce_seconds)
    going = [call for call in calls if any(_goes(call, at, now, horizon) for at in call.dues)]
    rows = tuple(_row(call, now, horizon) for call in going)
    alarm, recipient = going[0].alarm, going[0].recipient
    ways = _together(row.ways for row in rows)
    if quiet:
        ways = passing(settings, alarm.kind, ways)
    if not ways:
        return Hold(rows=tuple(replace(row, held=True) for row in rows))
    return Tell(
        notice=going[0].notice,
        recipient=recipient,
        kind=alarm.kind,
        ways=ways,
        message=message_of(recipient.level, [call.alarm for call in going], situation, now),
        urgency=urgency_of([call.alarm for call in going], now),
        chats=chats_of([call.alarm for call in going], situation, now),
        rows=rows,
    )


def _goes(call: Call, at: datetime, now: datetime, horizon: datetime) -> bool:
    """Whether what is due at an instant can be told now; nothing is called lost before it is."""
    crossed_at = call.alarm.crossed_at
    return at <= horizon and (at < crossed_at or crossed_at <= now)


def _row(call: Call, now: datetime, horizon: datetime) -> Told:
    steps = [rung.step for rung in call.rungs if _goes(call, rung.at, now, horizon)]
    before = call.row
    return Told(
        kind=call.alarm.kind,
        key=call.alarm.key,
        recipient=call.recipient,
        line=call.alarm.line,
        seconds=max([step.seconds for step in steps] or [before.seconds if before else 0]),
        told_at=now,
        ways=_together(step.ways for step in steps) if steps or before is None else before.ways,
        chat=call.alarm.chat,
        about=call.alarm.about,
    )


def _together(ways: Iterable[Iterable[Way]]) -> tuple[Way, ...]:
    found = {way for some in ways for way in some}
    return tuple(way for way in Way if way in found)
