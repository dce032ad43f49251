"""How long what buyers said is kept, and what is due to be forgotten."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

import msgspec

from miaohui.domain.vocabulary.problems import Problem

LONGEST_DAYS = 36_500
SHORTEST_DAYS = 7  # a week in which figures are argued about
BEGINS = timedelta(hours=3)  # of the shop's day, when hardly anybody writes


class Retention(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """For how many days after their chat's last event texts and media are kept; 0: for ever.
    Figures stay in any case."""

    text_days: int = 0
    media_days: int = 0


class Due(StrEnum):
    """What is to be forgotten of a buyer."""

    NOTHING = "nothing"
    MEDIA = "media"
    EVERYTHING = "everything"


def due(retention: Retention, last_at: datetime, has_media: bool, now: datetime) -> Due:
    """What is due of a buyer in whose chats anything happened last at an instant."""
    quiet = now - last_at
    if retention.text_days and quiet > timedelta(days=retention.text_days):
        return Due.EVERYTHING
    if has_media and retention.media_days and quiet > timedelta(days=retention.media_days):
        return Due.MEDIA
    return Due.NOTHING


def quiet_before(retention: Retention, now: datetime) -> datetime | None:
    """Of whom nothing was heard since this instant, something may be due; None: of nobody ever."""
    days = [each for each in (retention.text_days, retention.media_days) if each]
    return now - timedelta(days=min(days)) if days else None


def tidying_day(zone: ZoneInfo, now: datetime) -> date:
    """The day whose forgetting is to be done by now, in the small hours of the shop; or as soon
    as the house is open after them."""
    return (now - BEGINS).astimezone(zone).date()


def retention_problems(retention: Retention) -> list[Problem]:
    """What is wrong with it: `retention.days`, naming the field."""
    return list(_problems(retention))


def _problems(retention: Retention) -> Iterator[Problem]:
    for field in retention.__struct_fields__:
        days = getattr(retention, field)
        if days != 0 and not SHORTEST_DAYS <= days <= LONGEST_DAYS:
            values = {"path": field, "value": days, "least": SHORTEST_DAYS, "most": LONGEST_DAYS}
            yield Problem("retention.days", values)
