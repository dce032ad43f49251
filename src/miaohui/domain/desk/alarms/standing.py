"""What was told and still stands, as somebody who looks now should see it."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby

import msgspec

from miaohui.domain.desk.alarms.causes import Alarm, alarms_of
from miaohui.domain.desk.alarms.settings import AlarmSettings, Kind
from miaohui.domain.desk.alarms.situation import Situation
from miaohui.domain.desk.alarms.told import Message, Recipient, Told, Urgency, notice_of
from miaohui.domain.desk.alarms.wording import chats_of, message_of, urgency_of


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """A notice that still stands, worded as of now. `line`: the next one to be crossed, else the
    first that was. `told_at`: when it was last told; `taken_by`: somebody has taken all of it."""

    notice: str
    recipient: Recipient
    kind: Kind
    message: Message
    urgency: Urgency
    line: datetime
    told_at: datetime
    chats: tuple[str, ...] = ()
    taken_by: str | None = None


def standing_of(
    settings: AlarmSettings, situation: Situation, told: Iterable[Told], now: datetime
) -> list[Standing]:
    """Every notice that was told and is not over; what quiet hours hold back is not told yet."""
    rows = [row for row in told if not row.cleared]
    alarms = {each.key: each for each in alarms_of(settings, situation, rows, now)}
    known = sorted((row for row in rows if not row.held and row.key in alarms), key=_notice)
    return list(_standing(known, alarms, situation, now))


def rows_under(told: Iterable[Told], notice: str, until: datetime | None = None) -> list[Told]:
    """The rows of a notice that stand and that nobody has taken; `until`: told by then."""
    return [
        row
        for row in told
        if _notice(row) == notice
        and not (row.cleared or row.held or row.taken_by)
        and (until is None or row.told_at <= until)
    ]


def _standing(
    rows: Iterable[Told], alarms: dict[str, Alarm], situation: Situation, now: datetime
) -> Iterator[Standing]:
    for notice, found in groupby(rows, key=_notice):
        of_notice = list(found)
        about = [alarms[row.key] for row in of_notice]
        lines = [alarm.line for alarm in about]
        first, takers = of_notice[0], [row.taken_by for row in of_notice]
        yield Standing(
            notice=notice,
            recipient=first.recipient,
            kind=first.kind,
            message=message_of(first.recipient.level, about, situation, now),
            urgency=urgency_of(about, now),
            line=min((line for line in lines if line >= now), default=min(lines)),
            told_at=max(row.told_at for row in of_notice),
            chats=chats_of(about, situation, now),
            taken_by=takers[0] if all(takers) else None,
        )


def _notice(row: Told) -> str:
    return notice_of(row.kind, row.key, row.recipient)
