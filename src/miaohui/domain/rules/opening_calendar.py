"""The shape of opening hours: a week, its breaks, holidays, and single dates of their own.

Local times are `08:00` or `08:00:30`, `24:00` as a close; dates are `2026-10-01` (docs/
opening-hours.md).
"""

from datetime import date

import msgspec

from miaohui.domain.rules.pack import Strict

ALL_DAYS = (1, 2, 3, 4, 5, 6, 7)


class Period(Strict, frozen=True):
    """Clock time from `from_` to before `until` on some weekdays, 1 = Monday … 7 = Sunday.

    Until a time that is not after its beginning is until that time of the next day: 20:00 to
    02:00 is six hours, 08:00 to 08:00 twenty-four. It all belongs to the day it begins on.
    """

    from_: str = msgspec.field(name="from")
    until: str
    days: tuple[int, ...] = ALL_DAYS


class Holiday(Strict, frozen=True):
    """A date, or all dates to `until` included, closed all day or only in the periods `closed`."""

    day: date
    until: date | None = None
    closed: tuple[Period, ...] = ()


class Override(Strict, frozen=True):
    """A date whose hours stand in place of its weekday's; none: closed."""

    day: date
    hours: tuple[Period, ...] = ()


class OpeningHours(Strict, frozen=True, cache_hash=True):
    """When a shop's people answer. `timezone` is an IANA name such as Asia/Shanghai.

    Holidays go over breaks, breaks over overrides, overrides over the weekly hours.
    """

    timezone: str
    weekly: tuple[Period, ...] = ()
    breaks: tuple[Period, ...] = ()
    holidays: tuple[Holiday, ...] = ()
    overrides: tuple[Override, ...] = ()
