"""What there is to be alarmed about in a situation, and from when on."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import chain

import msgspec

from miaohui.domain.desk.alarms.duty import Gap, gaps_of
from miaohui.domain.desk.alarms.settings import AlarmSettings, Kind
from miaohui.domain.desk.alarms.situation import (
    Channel,
    MissesLeft,
    Person,
    Situation,
    WaitingChat,
    is_there,
)
from miaohui.domain.desk.alarms.told import Told
from miaohui.domain.desk.deadlines.clock import Clock
from miaohui.domain.vocabulary.instants import EPOCH, MICROSECOND, iso

# The lines of what was told and is not over, where a situation does not say since when.
Lines = Mapping[str, datetime]
Subject = WaitingChat | Gap | Person | Channel | MissesLeft | None


class Alarm(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to be alarmed about, now or later if nothing changes.

    `line`: a deadline, or since when it is so; `crossed_at`: the first instant beyond it. `begins`:
    no step comes before it. `foreseen`: steps before the line make sense. `until`: it is over then.
    `account` and `group`: whose it is. `subject` tells the rest.
    """

    kind: Kind
    key: str
    line: datetime
    crossed_at: datetime
    subject: Subject = None
    begins: datetime | None = None
    foreseen: bool = False
    until: datetime | None = None
    account: str | None = None
    group: str | None = None

    @property
    def chat(self) -> str | None:
        """The chat that it is about."""
        return self.subject.chat if isinstance(self.subject, WaitingChat) else None

    @property
    def about(self) -> str | None:
        """The account or the channel that it is about."""
        match self.subject:
            case Person(account=account):
                return account
            case Channel(id=channel):
                return channel
            case _:
                return None


def alarms_of(
    settings: AlarmSettings, situation: Situation, told: Iterable[Told], now: datetime
) -> list[Alarm]:
    """Every alarm of a shop, one for each key."""
    lines = {row.key: row.line for row in told if not row.cleared}
    found = chain(
        *map(_of_chat, situation.chats),
        _of_duty(settings, situation, now),
        _of_everybody(settings, situation, lines),
        *(_of_page(settings, person, lines) for person in situation.people),
        *(_of_failure(settings, channel, lines) for channel in situation.channels),
        *(_of_silence(settings, situation, channel, now) for channel in situation.channels),
        *(_of_misses(settings, left, lines) for left in situation.misses_left),
    )
    return list({each.key: each for each in found}.values())


def _of_chat(chat: WaitingChat) -> Iterator[Alarm]:
    """One for each metric: of two clocks the first to run out, for that one stays."""
    for clock in sorted(chat.clocks, key=_deadline, reverse=True):
        yield Alarm(
            kind=Kind.WAITING,
            key=f"waiting:{chat.chat}:{iso(chat.since)}:{clock.metric}",
            line=clock.deadline,
            crossed_at=clock.deadline + MICROSECOND,
            subject=chat,
            begins=clock.start,
            foreseen=True,
            account=chat.account,
            group=chat.group,
        )


def _deadline(clock: Clock) -> datetime:
    return clock.deadline


def _of_duty(settings: AlarmSettings, situation: Situation, now: datetime) -> Iterator[Alarm]:
    patience = _seconds(settings.patience.nobody_on_duty)
    for gap in gaps_of(situation.windows, situation.people, now):
        line = gap.start + patience
        if line < gap.end:
            yield Alarm(
                kind=Kind.NOBODY_ON_DUTY,
                key=f"nobody_on_duty:{iso(gap.start)}",
                line=line,
                crossed_at=line,
                subject=gap,
                foreseen=gap.foreseen and line < gap.until,
                until=gap.end,
            )


def _of_everybody(settings: AlarmSettings, situation: Situation, lines: Lines) -> Iterator[Alarm]:
    """Buyers wait under a clock, and nobody is there."""
    waiting = [chat.since for chat in situation.chats if chat.clocks]
    if not waiting or any(map(is_there, situation.people)):
        return
    gone_since = max((person.since for person in situation.people), default=EPOCH)
    key = f"all_offline:{iso(gone_since)}"
    line = max(min(waiting), gone_since) + _seconds(settings.patience.all_offline)
    yield _alarm(Kind.ALL_OFFLINE, key, lines.get(key, line))


def _of_page(settings: AlarmSettings, person: Person, lines: Lines) -> Iterator[Alarm]:
    """Once told it stands as it was told, for since when it is so does not outlive a restart."""
    page = person.page
    if page is None or not is_there(person) or (page.may_notify and not page.muted):
        return
    key = f"muted:{person.account}"
    line = max(page.since, person.since) + _seconds(settings.patience.muted)
    yield _alarm(Kind.MUTED, key, lines.get(key, line), person, account=person.account)


def _of_failure(settings: AlarmSettings, channel: Channel, lines: Lines) -> Iterator[Alarm]:
    """As with pages."""
    if channel.failing_since is not None:
        key = f"channel_failing:{channel.id}"
        line = channel.failing_since + _seconds(settings.patience.channel_failing)
        yield _alarm(Kind.CHANNEL_FAILING, key, lines.get(key, line), channel)


def _of_silence(
    settings: AlarmSettings, situation: Situation, channel: Channel, now: datetime
) -> Iterator[Alarm]:
    """Silence counts in assessed hours, and only where something was heard before."""
    heard_at, patience = channel.last_heard_at, _seconds(settings.patience.channel_silent)
    for opens, closes in situation.windows if heard_at is not None else ():
        since = max(opens, heard_at or opens)
        if now < closes and since + patience < closes:
            key = f"channel_silent:{channel.id}:{iso(since)}"
            yield _alarm(Kind.CHANNEL_SILENT, key, since + patience, channel, until=closes)


def _of_misses(settings: AlarmSettings, left: MissesLeft, lines: Lines) -> Iterator[Alarm]:
    """Once told it stands until twice as many are left, lest it come and go with every buyer."""
    key = f"misses_left:{left.line}:{left.day}"
    fewest = settings.misses_left_below * (2 if key in lines else 1)
    if settings.misses_left_below and left.left < fewest:
        yield _alarm(Kind.MISSES_LEFT, key, lines.get(key, left.since), left)


def _alarm(
    kind: Kind,
    key: str,
    line: datetime,
    subject: Subject = None,
    account: str | None = None,
    until: datetime | None = None,
) -> Alarm:
    return Alarm(
        kind=kind,
        key=key,
        line=line,
        crossed_at=line,
        subject=subject,
        account=account,
        until=until,
    )


def _seconds(number: int) -> timedelta:
    return timedelta(seconds=number)
