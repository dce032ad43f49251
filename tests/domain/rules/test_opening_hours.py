"""Opening hours, case by case. In 2026, 2 March is a Monday; local times are the calendar's."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest
from msgspec.structs import replace

from miaohui.domain.rules.opening_calendar import Holiday, OpeningHours, Override, Period
from miaohui.domain.rules.opening_hours import (
    business_seconds,
    deadline,
    is_open,
    next_opening,
    spans_of,
)
from miaohui.domain.vocabulary.problems import ReaderError

WORKDAYS = (1, 2, 3, 4, 5)
HOUR = 3600

PLAIN = OpeningHours("Asia/Shanghai", weekly=(Period("09:00", "18:00", WORKDAYS),))
LUNCH = replace(PLAIN, breaks=(Period("12:00", "13:00"),))
FRIDAY_LUNCH = replace(PLAIN, breaks=(Period("11:30", "13:30", (5,)),))
SPLIT = OpeningHours(
    "Asia/Shanghai",
    weekly=(Period("13:00", "17:00"), Period("08:00", "12:00"), Period("19:00", "22:30")),
)
OVERLAPPING = OpeningHours(
    "Asia/Shanghai",
    weekly=(Period("09:00", "14:00"), Period("12:00", "18:00"), Period("10:00", "11:00")),
)
ROUND_THE_CLOCK = OpeningHours("Asia/Shanghai", weekly=(Period("00:00", "24:00"),))
SAME_ENDS = OpeningHours("Asia/Shanghai", weekly=(Period("08:00", "08:00", (1,)),))
NIGHT = OpeningHours("Asia/Shanghai", weekly=(Period("20:00", "02:00", WORKDAYS),))
NIGHT_WITH_BREAK = replace(NIGHT, breaks=(Period("00:30", "01:00", WORKDAYS),))
TO_THE_SECOND = OpeningHours("Asia/Shanghai", weekly=(Period("08:00:30", "08:01:15"),))
NEVER = OpeningHours("Asia/Shanghai")

WEDNESDAY = date(2026, 3, 4)
HOLIDAY = replace(PLAIN, holidays=(Holiday(WEDNESDAY),))
HOLIDAYS = replace(PLAIN, holidays=(Holiday(WEDNESDAY, until=date(2026, 3, 9)),))
MORNING_OFF = replace(LUNCH, holidays=(Holiday(WEDNESDAY, closed=(Period("00:00", "12:30"),)),))
NIGHT_BEFORE_HOLIDAY = replace(NIGHT, holidays=(Holiday(WEDNESDAY),))
EVE_OFF = replace(
    PLAIN,
    weekly=(Period("00:00", "24:00"),),
    holidays=(Holiday(WEDNESDAY, closed=(Period("18:00", "06:00"),)),),
)
SUNDAY_SALE = replace(LUNCH, overrides=(Override(date(2026, 3, 8), (Period("10:00", "16:00"),)),))
SHORT_WEDNESDAY = replace(PLAIN, overrides=(Override(WEDNESDAY, (Period("10:00", "12:00"),)),))
SHUT_WEDNESDAY = replace(PLAIN, overrides=(Override(WEDNESDAY),))
LONG_WEDNESDAY = replace(NIGHT, overrides=(Override(WEDNESDAY, (Period("18:00", "04:00"),)),))
SALE_ON_HOLIDAY = replace(
    PLAIN,
    holidays=(Holiday(WEDNESDAY),),
    overrides=(Override(WEDNESDAY, (Period("00:00", "24:00"),)),),
)

SMALL_HOURS = (Period("01:00", "04:00"),)
NEW_YORK = OpeningHours("America/New_York", weekly=SMALL_HOURS)
BERLIN = OpeningHours("Europe/Berlin", weekly=SMALL_HOURS)
SHANGHAI = OpeningHours("Asia/Shanghai", weekly=SMALL_HOURS)
NEW_YORK_DAY = OpeningHours("America/New_York", weekly=(Period("00:00", "24:00"),))
IN_THE_GAP = OpeningHours("America/New_York", weekly=(Period("02:15", "02:45"),))
FROM_THE_GAP = OpeningHours("America/New_York", weekly=(Period("02:30", "05:00"),))
INTO_THE_GAP = OpeningHours("America/New_York", weekly=(Period("01:00", "02:30"),))
DOUBLED = OpeningHours("America/New_York", weekly=(Period("01:15", "01:45"),))
UNTIL_DOUBLED = OpeningHours("America/New_York", weekly=(Period("00:00", "01:30"),))
FROM_DOUBLED = OpeningHours("America/New_York", weekly=(Period("01:30", "03:00"),))
HALF_HOUR_CHANGE = OpeningHours("Australia/Lord_Howe", weekly=SMALL_HOURS)
ACROSS_THE_CHANGE = OpeningHours("America/New_York", weekly=(Period("22:00", "06:00"),))
NO_MIDNIGHT = OpeningHours("America/Sao_Paulo", weekly=(Period("00:00", "08:00"),))
# There clocks were put back at 00:01, to 23:01 of the day before.
SUNDAY_TWICE = OpeningHours("America/St_Johns", weekly=(Period("00:00", "12:00", (7,)),))
SKIPPED_DAY = OpeningHours("Pacific/Apia", weekly=(Period("09:00", "17:00"),))


def at(calendar, text):
    """`2026-03-02 09:00` on the calendar's clocks; with an offset, that instant."""
    read = datetime.fromisoformat(text)
    return read if read.tzinfo else read.replace(tzinfo=ZoneInfo(calendar.timezone))


PASSED = {
    "inside one window": (PLAIN, "2026-03-02 10:00", "2026-03-02 10:30", 1800),
    "a whole day": (PLAIN, "2026-03-02 00:00", "2026-03-03 00:00", 9 * HOUR),
    "before opening": (PLAIN, "2026-03-02 05:00", "2026-03-02 09:00", 0),
    "after closing": (PLAIN, "2026-03-02 18:00", "2026-03-03 09:00", 0),
    "from before opening": (PLAIN, "2026-03-02 08:00", "2026-03-02 09:30", 1800),
    "over the closing": (PLAIN, "2026-03-02 17:30", "2026-03-02 22:00", 1800),
    "over a night": (PLAIN, "2026-03-02 17:00", "2026-03-03 10:00", 2 * HOUR),
    "over a weekend": (PLAIN, "2026-03-06 17:00", "2026-03-09 10:00", 2 * HOUR),
    "on a weekend": (PLAIN, "2026-03-07 00:00", "2026-03-09 00:00", 0),
    "a whole week": (PLAIN, "2026-03-02 00:00", "2026-03-09 00:00", 45 * HOUR),
    "no time at all": (PLAIN, "2026-03-02 10:00", "2026-03-02 10:00", 0),
    "end before start": (PLAIN, "2026-03-02 12:00", "2026-03-02 10:00", 0),
    "one microsecond": (PLAIN, "2026-03-02 10:00", "2026-03-02 10:00:00.000001", 0.000001),
    "the last microsecond": (PLAIN, "2026-03-02 17:59:59.999999", "2026-03-02 19:00", 0.000001),
    "a tenth of a second": (PLAIN, "2026-03-02 10:00:00.3", "2026-03-02 10:00:00.4", 0.1),
    "instants in another zone": (PLAIN, "2026-03-02 01:00+00:00", "2026-03-01 21:00-05:00", HOUR),
    "over lunch": (LUNCH, "2026-03-02 11:30", "2026-03-02 13:30", HOUR),
    "within lunch": (LUNCH, "2026-03-02 12:10", "2026-03-02 12:50", 0),
    "a day with lunch": (LUNCH, "2026-03-02 00:00", "2026-03-03 00:00", 8 * HOUR),
    "lunch on its weekday": (FRIDAY_LUNCH, "2026-03-06 00:00", "2026-03-07 00:00", 7 * HOUR),
    "no lunch on another weekday": (FRIDAY_LUNCH, "2026-03-05 11:00", "2026-03-05 14:00", 3 * HOUR),
    "three windows": (SPLIT, "2026-03-02 00:00", "2026-03-03 00:00", 11.5 * HOUR),
    "between two windows": (SPLIT, "2026-03-02 11:00", "2026-03-02 14:00", 2 * HOUR),
    "overlapping windows count once": (
        *(OVERLAPPING, "2026-03-02 00:00", "2026-03-03 00:00", 9 * HOUR),
    ),
    "round the clock": (ROUND_THE_CLOCK, "2026-03-02 10:00", "2026-03-05 10:00", 72 * HOUR),
    "equal ends are 24 hours": (SAME_ENDS, "2026-03-01 00:00", "2026-03-08 00:00", 24 * HOUR),
    "times to the second": (TO_THE_SECOND, "2026-03-02 00:00", "2026-03-03 00:00", 45),
    "a night": (NIGHT, "2026-03-02 12:00", "2026-03-03 12:00", 6 * HOUR),
    "Friday's night on Saturday": (NIGHT, "2026-03-07 00:00", "2026-03-08 00:00", 2 * HOUR),
    "no night from Sunday": (NIGHT, "2026-03-02 00:00", "2026-03-02 20:00", 0),
    "a break after midnight": (
        *(NIGHT_WITH_BREAK, "2026-03-02 12:00", "2026-03-03 12:00", 5.5 * HOUR),
    ),
    "a break in Friday's night": (
        *(NIGHT_WITH_BREAK, "2026-03-07 00:00", "2026-03-07 12:00", 1.5 * HOUR),
    ),
    "a break over midnight": (
        replace(ROUND_THE_CLOCK, breaks=(Period("23:00", "01:00"),)),
        *("2026-03-02 00:00", "2026-03-03 00:00", 22 * HOUR),
    ),
    "a holiday": (HOLIDAY, "2026-03-03 17:00", "2026-03-05 10:00", 2 * HOUR),
    "holidays, both ends included": (
        *(HOLIDAYS, "2026-03-03 17:00", "2026-03-10 10:00", 2 * HOUR),
    ),
    "a morning off and lunch": (MORNING_OFF, "2026-03-04 00:00", "2026-03-05 00:00", 5 * HOUR),
    "a holiday from evening to morning": (
        *(EVE_OFF, "2026-03-04 00:00", "2026-03-06 00:00", (18 + 18) * HOUR),
    ),
    "the night before a holiday runs on into it": (
        *(NIGHT_BEFORE_HOLIDAY, "2026-03-04 00:00", "2026-03-05 00:00", 2 * HOUR),
    ),
    "the night of a holiday is closed after midnight": (
        *(NIGHT_BEFORE_HOLIDAY, "2026-03-04 12:00", "2026-03-05 12:00", 0),
    ),
    "a sale on Sunday, lunch goes over it": (
        *(SUNDAY_SALE, "2026-03-08 00:00", "2026-03-09 00:00", 5 * HOUR),
    ),
    "other hours on one date": (
        *(SHORT_WEDNESDAY, "2026-03-04 00:00", "2026-03-06 00:00", (2 + 9) * HOUR),
    ),
    "no hours on one date": (SHUT_WEDNESDAY, "2026-03-04 00:00", "2026-03-05 00:00", 0),
    "a longer night on one date": (
        *(LONG_WEDNESDAY, "2026-03-04 12:00", "2026-03-05 12:00", 10 * HOUR),
    ),
    "a holiday goes over a date's own hours": (
        *(SALE_ON_HOLIDAY, "2026-03-04 00:00", "2026-03-05 00:00", 0),
    ),
    "never open": (NEVER, "2026-03-02 00:00", "2027-03-02 00:00", 0),
    "ten years": (PLAIN, "2026-01-01 00:00", "2036-01-01 00:00", 2608 * 9 * HOUR),
    "New York in spring": (NEW_YORK, "2026-03-08 00:00", "2026-03-09 00:00", 2 * HOUR),
    "New York in autumn": (NEW_YORK, "2026-11-01 00:00", "2026-11-02 00:00", 4 * HOUR),
    "Berlin in spring": (BERLIN, "2026-03-29 00:00", "2026-03-30 00:00", 2 * HOUR),
    "Berlin in autumn": (BERLIN, "2026-10-25 00:00", "2026-10-26 00:00", 4 * HOUR),
    "Shanghai in spring": (SHANGHAI, "2026-03-29 00:00", "2026-03-30 00:00", 3 * HOUR),
    "Shanghai in autumn": (SHANGHAI, "2026-10-25 00:00", "2026-10-26 00:00", 3 * HOUR),
    "a day of 23 hours": (NEW_YORK_DAY, "2026-03-08 00:00", "2026-03-09 00:00", 23 * HOUR),
    "a day of 25 hours": (NEW_YORK_DAY, "2026-11-01 00:00", "2026-11-02 00:00", 25 * HOUR),
    "a window that is skipped": (IN_THE_GAP, "2026-03-08 00:00", "2026-03-09 00:00", 0),
    "an opening that is skipped": (FROM_THE_GAP, "2026-03-08 00:00", "2026-03-09 00:00", 2 * HOUR),
    "a closing that is skipped": (INTO_THE_GAP, "2026-03-08 00:00", "2026-03-09 00:00", HOUR),
    "a window in the doubled hour": (DOUBLED, "2026-11-01 00:00", "2026-11-02 00:00", 0.5 * HOUR),
    "a doubled closing is its first": (
        *(UNTIL_DOUBLED, "2026-11-01 00:00", "2026-11-02 00:00", 1.5 * HOUR),
    ),
    "a doubled opening is its first": (
        *(FROM_DOUBLED, "2026-11-01 00:00", "2026-11-02 00:00", 2.5 * HOUR),
    ),
    "clocks put forward half an hour": (
        *(HALF_HOUR_CHANGE, "2026-10-04 00:00", "2026-10-05 00:00", 2.5 * HOUR),
    ),
    "a night over the change": (
        *(ACROSS_THE_CHANGE, "2026-03-07 12:00", "2026-03-08 12:00", 7 * HOUR),
    ),
    "a midnight that is skipped": (NO_MIDNIGHT, "2018-11-04 00:00", "2018-11-05 00:00", 7 * HOUR),
    "a day that begins twice": (SUNDAY_TWICE, "2010-11-06 12:00", "2010-11-07 12:00", 13 * HOUR),
    "between a day's two beginnings": (
        *(SUNDAY_TWICE, "2010-11-06 23:01-03:30", "2010-11-06 23:31-03:30", 1800),
    ),
    "a day that is skipped": (SKIPPED_DAY, "2011-12-29 00:00", "2012-01-01 00:00", 16 * HOUR),
}


@pytest.mark.parametrize(("calendar", "start", "end", "seconds"), PASSED.values(), ids=PASSED)
def test_so_much_business_time_passes(calendar, start, end, seconds):
    assert business_seconds(calendar, at(calendar, start), at(calendar, end)) == seconds


PAUSED = {
    "one pause": ([("10:00", "10:30")], 7.5 * HOUR),
    "over the opening": ([("07:00", "09:30")], 7.5 * HOUR),
    "over lunch": ([("11:30", "13:30")], 7 * HOUR),
    "within lunch": ([("12:10", "12:50")], 8 * HOUR),
    "after closing": ([("18:00", "23:00")], 8 * HOUR),
    "two that overlap": ([("10:00", "11:00"), ("10:30", "11:30")], 6.5 * HOUR),
    "two out of order": ([("16:00", "17:00"), ("10:00", "11:00")], 6 * HOUR),
    "one in another": ([("09:00", "12:00"), ("10:00", "11:00")], 5 * HOUR),
    "the same twice": ([("10:00", "11:00"), ("10:00", "11:00")], 7 * HOUR),
    "all day and more": ([("00:00", "23:59")], 0),
    "an empty one": ([("10:00", "10:00")], 8 * HOUR),
    "one that ends before it begins": ([("11:00", "10:00")], 8 * HOUR),
}


@pytest.mark.parametrize(("pauses", "seconds"), PAUSED.values(), ids=PAUSED)
def test_pauses_are_no_business_time(pauses, seconds):
    day = [tuple(at(LUNCH, f"2026-03-02 {clock}") for clock in pause) for pause in pauses]
    start, end = at(LUNCH, "2026-03-02 08:00"), at(LUNCH, "2026-03-02 20:00")
    assert business_seconds(LUNCH, start, end, day) == seconds


def test_a_pause_may_reach_over_all_of_time():
    ever = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))
    start, end = at(LUNCH, "2026-03-02 08:00"), at(LUNCH, "2026-03-02 20:00")
    assert business_seconds(LUNCH, start, end, [ever]) == 0
    assert deadline(LUNCH, start, 1, pauses=[ever]) is None


DUE = {
    "inside one window": (PLAIN, "2026-03-02 10:00", 180, "2026-03-02 10:03"),
    "from before opening": (PLAIN, "2026-03-02 05:00", 180, "2026-03-02 09:03"),
    "from after closing": (PLAIN, "2026-03-02 21:00", 180, "2026-03-03 09:03"),
    "over a weekend": (PLAIN, "2026-03-06 17:59", 180, "2026-03-09 09:02"),
    "a day used up ends at closing": (PLAIN, "2026-03-02 17:00", HOUR, "2026-03-02 18:00"),
    "a week used up ends at closing": (PLAIN, "2026-03-02 00:00", 45 * HOUR, "2026-03-06 18:00"),
    "a second more is the next day": (PLAIN, "2026-03-02 17:00", 3601, "2026-03-03 09:00:01"),
    "0 seconds while open": (PLAIN, "2026-03-02 10:00", 0, "2026-03-02 10:00"),
    "0 seconds at opening": (PLAIN, "2026-03-02 09:00", 0, "2026-03-02 09:00"),
    "0 seconds at closing": (PLAIN, "2026-03-02 18:00", 0, "2026-03-03 09:00"),
    "0 seconds at night": (PLAIN, "2026-03-02 03:00", 0, "2026-03-02 09:00"),
    "fewer than 0 seconds are 0": (PLAIN, "2026-03-02 10:00", -5, "2026-03-02 10:00"),
    "a thousandth": (PLAIN, "2026-03-02 10:00", 0.001, "2026-03-02 10:00:00.001"),
    "from within a second": (PLAIN, "2026-03-02 17:59:59.75", 0.5, "2026-03-03 09:00:00.25"),
    "up to lunch": (LUNCH, "2026-03-02 11:00", HOUR, "2026-03-02 12:00"),
    "over lunch": (LUNCH, "2026-03-02 11:59", 120, "2026-03-02 13:01"),
    "from lunch": (LUNCH, "2026-03-02 12:20", 60, "2026-03-02 13:01"),
    "over three windows": (SPLIT, "2026-03-02 11:00", 6 * HOUR, "2026-03-02 20:00"),
    "into a night": (NIGHT, "2026-03-02 19:00", 5 * HOUR, "2026-03-03 01:00"),
    "Friday's night, then Monday's": (NIGHT, "2026-03-07 01:00", 2 * HOUR, "2026-03-09 21:00"),
    "round the clock": (ROUND_THE_CLOCK, "2026-03-02 23:00", 2 * HOUR, "2026-03-03 01:00"),
    "midnight used up exactly": (ROUND_THE_CLOCK, "2026-03-02 23:00", HOUR, "2026-03-03 00:00"),
    "over holidays": (HOLIDAYS, "2026-03-03 17:59", 120, "2026-03-10 09:01"),
    "over a morning off": (MORNING_OFF, "2026-03-03 17:59", 120, "2026-03-04 13:01"),
    "on a sale's Sunday": (SUNDAY_SALE, "2026-03-06 18:00", 60, "2026-03-08 10:01"),
    "over a spring night": (NEW_YORK, "2026-03-08 00:00", 2 * HOUR, "2026-03-08 04:00-04:00"),
    "within the doubled hour": (
        *(NEW_YORK, "2026-11-01 00:00", 1.5 * HOUR, "2026-11-01 01:30-05:00"),
    ),
    "over an autumn night": (NEW_YORK, "2026-11-01 00:00", 4 * HOUR, "2026-11-01 04:00-05:00"),
    "from a skipped opening": (FROM_THE_GAP, "2026-03-08 00:00", 60, "2026-03-08 03:01-04:00"),
    "years away": (PLAIN, "2026-01-01 00:00", 2608 * 9 * HOUR, "2035-12-31 18:00"),
    "more than a century away": (ROUND_THE_CLOCK, "2026-01-01 00:00", 36_526 * 24 * HOUR, None),
    "never open again": (NEVER, "2026-03-02 10:00", 60, None),
    "0 seconds where it is never open": (NEVER, "2026-03-02 10:00", 0, None),
    "too little left before it closes for ever": (
        replace(PLAIN, holidays=(Holiday(WEDNESDAY, until=date(9999, 12, 31)),)),
        *("2026-03-03 17:00", 3601, None),
    ),
    "just enough left before it closes for ever": (
        replace(PLAIN, holidays=(Holiday(WEDNESDAY, until=date(9999, 12, 31)),)),
        *("2026-03-03 17:00", 3600, "2026-03-03 18:00"),
    ),
    "after a year of holidays": (
        replace(PLAIN, holidays=(Holiday(WEDNESDAY, until=date(2027, 3, 3)),)),
        *("2026-03-03 18:00", 60, "2027-03-04 09:01"),
    ),
    "closed for longer than we look": (
        replace(PLAIN, holidays=(Holiday(WEDNESDAY, until=date(2027, 5, 3)),)),
        *("2026-03-03 18:00", 60, None),
    ),
}


@pytest.mark.parametrize(("calendar", "start", "seconds", "due"), DUE.values(), ids=DUE)
def test_so_much_business_time_is_over_at(calendar, start, seconds, due):
    found = deadline(calendar, at(calendar, start), seconds)
    assert found == (due and at(calendar, due))
    assert found is None or found.tzinfo is UTC


DUE_PAUSED = {
    "a pause puts it off": ([("10:01", "10:31")], "10:00", 180, "10:33"),
    "a pause to closing puts it to the next day": ([("10:01", "18:00")], "10:00", 61, "33:00:01"),
    "a pause of before": ([("09:00", "10:00")], "10:00", 180, "10:03"),
    "in a pause": ([("09:00", "11:00")], "10:00", 180, "11:03"),
    "0 seconds in a pause": ([("09:00", "11:00")], "10:00", 0, "11:00"),
    "used up as the pause begins": ([("10:03", "11:00")], "10:00", 180, "10:03"),
    "pauses that overlap": ([("10:01", "10:31"), ("10:20", "10:41")], "10:00", 180, "10:43"),
    "a pause over lunch": ([("11:30", "13:30")], "11:29", 120, "13:31"),
}


@pytest.mark.parametrize(("pauses", "start", "seconds", "due"), DUE_PAUSED.values(), ids=DUE_PAUSED)
def test_pauses_put_a_deadline_off(pauses, start, seconds, due):
    monday = at(LUNCH, "2026-03-02 00:00")

    def clock(text):
        hours, minutes, *rest = map(int, text.split(":"))
        return monday + timedelta(hours=hours, minutes=minutes, seconds=sum(rest))

    stopped = [(clock(first), clock(last)) for first, last in pauses]
    assert deadline(LUNCH, clock(start), seconds, pauses=stopped) == clock(due)


OPEN = {
    "opening is open": (PLAIN, "2026-03-02 09:00", True),
    "just before opening": (PLAIN, "2026-03-02 08:59:59.999999", False),
    "closing is closed": (PLAIN, "2026-03-02 18:00", False),
    "just before closing": (PLAIN, "2026-03-02 17:59:59.999999", True),
    "lunch begins closed": (LUNCH, "2026-03-02 12:00", False),
    "lunch ends open": (LUNCH, "2026-03-02 13:00", True),
    "where windows meet": (
        replace(PLAIN, weekly=(Period("09:00", "12:00"), Period("12:00", "18:00"))),
        *("2026-03-02 12:00", True),
    ),
    "midnight round the clock": (ROUND_THE_CLOCK, "2026-03-03 00:00", True),
    "24:00 is closed": (
        replace(PLAIN, weekly=(Period("20:00", "24:00"),)),
        *("2026-03-03 00:00", False),
    ),
    "after midnight": (NIGHT, "2026-03-03 01:59", True),
    "the night's closing": (NIGHT, "2026-03-03 02:00", False),
    "Sunday's night": (NIGHT, "2026-03-02 01:00", False),
    "Saturday after Friday's night": (NIGHT, "2026-03-07 01:00", True),
    "holiday after a night": (NIGHT_BEFORE_HOLIDAY, "2026-03-04 01:00", True),
    "holiday evening": (NIGHT_BEFORE_HOLIDAY, "2026-03-04 21:00", False),
    "the morning after a holiday": (NIGHT_BEFORE_HOLIDAY, "2026-03-05 01:00", False),
    "a date's own hours do not touch last night's": (LONG_WEDNESDAY, "2026-03-04 01:00", True),
    "a date's own night": (LONG_WEDNESDAY, "2026-03-05 03:00", True),
    "the first half past one": (UNTIL_DOUBLED, "2026-11-01 01:29-04:00", True),
    "the second half past one": (UNTIL_DOUBLED, "2026-11-01 01:15-05:00", False),
    "the second half past one, open since the first": (
        *(FROM_DOUBLED, "2026-11-01 01:15-05:00", True),
    ),
    "just before a day's first beginning": (SUNDAY_TWICE, "2010-11-06 23:59-02:30", False),
    "between a day's two beginnings": (SUNDAY_TWICE, "2010-11-06 23:30-03:30", True),
    "never": (NEVER, "2026-03-02 10:00", False),
}


@pytest.mark.parametrize(("calendar", "instant", "opened"), OPEN.values(), ids=OPEN)
def test_an_instant_is_open_or_not(calendar, instant, opened):
    assert is_open(calendar, at(calendar, instant)) is opened


NEXT = {
    "while open, at once": (PLAIN, "2026-03-02 10:00:00.5", "2026-03-02 10:00:00.5"),
    "at opening, at once": (PLAIN, "2026-03-02 09:00", "2026-03-02 09:00"),
    "at closing, the next": (PLAIN, "2026-03-02 18:00", "2026-03-03 09:00"),
    "over the weekend": (PLAIN, "2026-03-06 18:00", "2026-03-09 09:00"),
    "after lunch": (LUNCH, "2026-03-02 12:30", "2026-03-02 13:00"),
    "after holidays": (HOLIDAYS, "2026-03-03 18:00", "2026-03-10 09:00"),
    "a skipped opening": (FROM_THE_GAP, "2026-03-08 00:00", "2026-03-08 03:00-04:00"),
    "never": (NEVER, "2026-03-02 10:00", None),
}


@pytest.mark.parametrize(("calendar", "instant", "opening"), NEXT.values(), ids=NEXT)
def test_the_next_opening(calendar, instant, opening):
    assert next_opening(calendar, at(calendar, instant)) == (opening and at(calendar, opening))


SPANS = {
    "a day": (PLAIN, "2026-03-02", [("2026-03-02 09:00", "2026-03-02 18:00")]),
    "a day off": (PLAIN, "2026-03-01", []),
    "around lunch": (
        LUNCH,
        "2026-03-02",
        [("2026-03-02 09:00", "2026-03-02 12:00"), ("2026-03-02 13:00", "2026-03-02 18:00")],
    ),
    "overlapping windows are one": (
        *(OVERLAPPING, "2026-03-02", [("2026-03-02 09:00", "2026-03-02 18:00")]),
    ),
    "a night belongs to its evening": (
        *(NIGHT, "2026-03-06", [("2026-03-06 20:00", "2026-03-07 02:00")]),
    ),
    "and not to its morning": (NIGHT, "2026-03-07", []),
    "a night with a break": (
        NIGHT_WITH_BREAK,
        "2026-03-06",
        [("2026-03-06 20:00", "2026-03-07 00:30"), ("2026-03-07 01:00", "2026-03-07 02:00")],
    ),
    "a break that is skipped parts nothing": (
        replace(NEW_YORK, breaks=(Period("02:15", "02:45"),)),
        "2026-03-08",
        [("2026-03-08 01:00-05:00", "2026-03-08 04:00-04:00")],
    ),
    "a day that is skipped": (SKIPPED_DAY, "2011-12-30", []),
}


@pytest.mark.parametrize(("calendar", "day", "spans"), SPANS.values(), ids=SPANS)
def test_the_spans_of_a_day(calendar, day, spans):
    told = tuple(tuple(at(calendar, text) for text in span) for span in spans)
    assert spans_of(calendar, date.fromisoformat(day)) == told


def test_whole_seconds_are_whole_numbers():
    start = at(PLAIN, "2026-03-02 10:00")
    assert isinstance(business_seconds(PLAIN, start, start + timedelta(seconds=3)), int)
    assert isinstance(business_seconds(PLAIN, start, start + timedelta(seconds=0.5)), float)


def test_plain_values_become_opening_hours():
    plain = {
        "timezone": "Asia/Shanghai",
        "weekly": [{"from": "09:00", "until": "18:00", "days": [1, 2, 3, 4, 5]}],
        "breaks": [{"from": "12:00", "until": "13:00"}],
        "holidays": [
            {"day": "2026-03-04"},
            {"day": "2026-03-05", "closed": [{"from": "00:00", "until": "12:00"}]},
        ],
        "overrides": [{"day": "2026-03-08", "hours": [{"from": "10:00", "until": "16:00"}]}],
    }
    calendar = msgspec.convert(plain, OpeningHours)
    assert msgspec.json.decode(msgspec.json.encode(calendar)) == plain
    start, end = at(calendar, "2026-03-02 00:00"), at(calendar, "2026-03-09 00:00")
    assert business_seconds(calendar, start, end) == (3 * 8 + 5 + 5) * HOUR


def test_opening_hours_that_are_wrong_are_refused_with_everything_that_is_wrong():
    wrong = OpeningHours("Mars/Olympus", weekly=(Period("9:00", "25:00", (0,)),))
    instant = datetime(2026, 3, 2, tzinfo=UTC)
    for ask in (is_open, next_opening):
        with pytest.raises(ReaderError) as refused:
            ask(wrong, instant)
        assert len(refused.value.problems) == 4


def test_instants_without_a_zone_are_refused():
    with pytest.raises(TypeError):
        is_open(PLAIN, datetime(2026, 3, 2, 10))  # noqa: DTZ001
