"""What quiet hours held back, told in one notice when they end."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import groupby

from msgspec.structs import replace

from miaohui.domain.desk.alarms.calls import Call
from miaohui.domain.desk.alarms.settings import Way
from miaohui.domain.desk.alarms.told import (
    Message,
    Place,
    Tell,
    Told,
    Urgency,
    place_of,
)


def summaries(rows: Iterable[Told], calls: Iterable[Call], now: datetime) -> Iterator[Tell]:
    """One for each recipient from whom something was held back, what is over by now included."""
    standing = {(call.alarm.key, call.recipient): call for call in calls}
    held = sorted((row for row in rows if row.held), key=_recipient)
    for _, found in groupby(held, key=_recipient):
        yield _summary(list(found), standing, now)


def _recipient(row: Told) -> tuple[str, str]:
    return row.recipient.level, row.recipient.name


def _summary(rows: list[Told], standing: Mapping[Place, Call], now: datetime) -> Tell:
    recipient = rows[0].recipient
    still = [row for row in rows if not row.cleared]
    ways = {way for row in rows for way in row.ways}
    return Tell(
        notice=f"summary:{recipient.level}:{recipient.name}",
        recipient=recipient,
        kind=None,
        ways=tuple(way for way in Way if way in ways),
        message=_message(len(rows), len(still)),
        urgency=Urgency.NORMAL,
        chats=tuple(dict.fromkeys(row.chat for row in still if row.chat is not None)),
        rows=tuple(_told(row, standing.get(place_of(row)), now) for row in rows),
    )


def _message(count: int, still: int) -> Message:
    if not still:
        return Message("alarm.held_back_over", {"count": count})
    return Message("alarm.held_back", {"count": count, "left": still})


def _told(row: Told, call: Call | None, now: datetime) -> Told:
    """Told with everything that has fallen due meanwhile."""
    due = [rung.step.seconds for rung in call.rungs if rung.at <= now] if call else []
    return replace(row, held=False, told_at=now, seconds=max([row.seconds, *due]))
