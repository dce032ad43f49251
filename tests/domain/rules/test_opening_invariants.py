"""What holds for all opening hours, and that they agree with a slow second computation."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from tests.domain.rules.opening_reference import open_seconds

from miaohui.domain.rules.opening_calendar import Holiday, OpeningHours, Override, Period
from miaohui.domain.rules.opening_hours import (
    business_seconds,
    deadline,
    is_open,
    next_opening,
    spans_of,
)
from miaohui.domain.rules.opening_validation import problems_of

MICROSECOND = timedelta(microseconds=1)
ONE_DAY = timedelta(days=1)
# Days on which clocks change, in zones that change by an hour, by half of one, just after
# midnight, at midnight, over a whole day, and not at all.
CHANGES = [
    ("America/New_York", date(2026, 3, 8)),
    ("America/New_York", date(2026, 11, 1)),
    ("Europe/Berlin", date(2026, 3, 29)),
    ("Europe/Berlin", date(2026, 10, 25)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("America/St_Johns", date(2010, 3, 14)),
    ("America/St_Johns", date(2010, 11, 7)),
    ("America/Sao_Paulo", date(2018, 2, 18)),
    ("America/Sao_Paulo", date(2018, 11, 4)),
    ("Pacific/Apia", date(2011, 12, 30)),
    ("Asia/Shanghai", date(2026, 10, 1)),
]


def clocks(step):
    """Clock times at whole multiples of so many seconds."""

    def text(steps):
        minutes, seconds = divmod(steps * step, 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours:02}:{minutes:02}:{seconds:02}" if seconds else f"{hours:02}:{minutes:02}"

    return st.integers(0, 86_400 // step - 1).map(text)


def periods(times):
    days = st.lists(st.integers(1, 7), min_size=1, max_size=7, unique=True).map(tuple)
    every_day = st.just((1, 2, 3, 4, 5, 6, 7))
    until = times | st.just("24:00")
    return st.builds(Period, times, until, every_day | days)


def few(strategy):
    return st.lists(strategy, max_size=3).map(tuple)


@st.composite
def calendars(draw, times):
    """Opening hours and a day near which a lot goes on."""
    zone, day = draw(st.sampled_from(CHANGES))
    near = st.integers(-3, 3).map(lambda days: day + timedelta(days=days))
    hours = few(periods(times))
    holidays = st.builds(
        lambda first, days, closed: Holiday(first, first + timedelta(days=days), closed),
        *(near, st.integers(0, 2), st.just(()) | hours),
    )
    overrides = st.lists(st.builds(Override, near, hours), max_size=2, unique_by=lambda o: o.day)
    calendar = OpeningHours(
        *(zone, draw(st.lists(periods(times), min_size=1, max_size=4).map(tuple)), draw(hours)),
        *(draw(few(holidays)), draw(overrides.map(tuple))),
    )
    return calendar, day


def instants(day, step=MICROSECOND, days=4):
    """Instants some days around a day, at whole steps after its midnight in UTC."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    most = timedelta(days=days) // step
    return st.integers(-most, most).map(lambda steps: midnight + steps * step)


def pauses_near(day, step=MICROSECOND):
    return st.lists(st.tuples(instants(day, step), instants(day, step)), max_size=3)


QUARTERS = calendars(clocks(900))
seconds = st.integers(0, 200 * 3600) | st.integers(0, 10**9).map(lambda micros: micros / 10**6)


def micros_between(calendar, start, end, pauses=()):
    return round(business_seconds(calendar, start, end, pauses) * 10**6)


@settings(deadline=None, max_examples=60)
@given(QUARTERS, st.data())
def test_the_slow_computation_agrees_by_the_minute(made, data):
    calendar, day = made
    minute = timedelta(minutes=1)
    start = data.draw(instants(day, minute, days=2))
    end = start + data.draw(st.integers(0, 36 * 60)) * minute
    pauses = data.draw(pauses_near(day, minute))
    slow = open_seconds(calendar, start, end, pauses, step=60)
    assert business_seconds(calendar, start, end, pauses) == slow


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_the_slow_computation_agrees_by_the_second(data):
    within_ten_minutes = st.builds("12:{:02}:{:02}".format, st.integers(0, 9), st.integers(0, 59))
    calendar, day = data.draw(calendars(within_ten_minutes))
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    calendar = OpeningHours("Etc/UTC", *(getattr(calendar, name) for name in PARTS))
    start = noon + timedelta(seconds=data.draw(st.integers(-60, 600)))
    end = start + timedelta(seconds=data.draw(st.integers(0, 600)))
    assert business_seconds(calendar, start, end) == open_seconds(calendar, start, end)


PARTS = ("weekly", "breaks", "holidays", "overrides")


@settings(deadline=None)
@given(QUARTERS, st.data())
def test_time_passes_in_parts_as_it_does_in_one(made, data):
    calendar, day = made
    pauses = data.draw(pauses_near(day))
    a, b, c = sorted(data.draw(st.tuples(instants(day), instants(day), instants(day))))
    parts = micros_between(calendar, a, b, pauses) + micros_between(calendar, b, c, pauses)
    assert micros_between(calendar, a, c, pauses) == parts


@settings(deadline=None)
@given(QUARTERS, st.data())
def test_business_time_is_never_more_than_time_and_never_less_than_none(made, data):
    calendar, day = made
    start, end = data.draw(st.tuples(instants(day), instants(day)))
    found = micros_between(calendar, start, end, data.draw(pauses_near(day)))
    assert 0 <= found <= max(0, (end - start) // MICROSECOND)


@settings(deadline=None)
@given(QUARTERS, seconds, st.data())
def test_at_the_deadline_exactly_so_much_has_passed_and_not_before(made, wanted, data):
    calendar, day = made
    start, pauses = data.draw(instants(day)), data.draw(pauses_near(day))
    due = deadline(calendar, start, wanted, pauses=pauses)
    assume(due is not None)
    assert business_seconds(calendar, start, due, pauses) == wanted
    if wanted:
        before = micros_between(calendar, start, due - MICROSECOND, pauses)
        assert before == round(wanted * 10**6) - 1


@settings(deadline=None)
@given(QUARTERS, seconds, seconds, st.data())
def test_more_seconds_and_later_starts_never_bring_a_deadline_forward(made, one, other, data):
    calendar, day = made
    fewer, more = sorted((one, other))
    sooner, later = sorted(data.draw(st.tuples(instants(day), instants(day))))
    first, last = deadline(calendar, sooner, fewer), deadline(calendar, later, more)
    assert last is None or (first is not None and first <= last)


@settings(deadline=None)
@given(QUARTERS, st.data())
def test_an_open_instant_is_one_from_which_time_passes(made, data):
    calendar, day = made
    instant = data.draw(instants(day))
    passes = micros_between(calendar, instant, instant + MICROSECOND) == 1
    assert is_open(calendar, instant) is passes


@settings(deadline=None)
@given(QUARTERS, st.data())
def test_the_next_opening_is_open_and_nothing_before_it_is(made, data):
    calendar, day = made
    instant = data.draw(instants(day))
    opening = next_opening(calendar, instant)
    assume(opening is not None)
    assert is_open(calendar, opening)
    assert business_seconds(calendar, instant, opening) == 0


@settings(deadline=None)
@given(QUARTERS)
@example((OpeningHours("America/St_Johns", (Period("00:00", "12:00", (7,)),)), date(2010, 11, 7)))
def test_the_spans_of_days_are_all_the_business_time_there_is(made):
    calendar, day = made
    days = [day + timedelta(days=number) for number in range(-6, 7)]
    spans = [span for each in days for span in spans_of(calendar, each)]
    assert all(opens < closes for opens, closes in spans)
    start, end = (
        datetime(day.year, day.month, day.day, tzinfo=UTC) + n * 4 * ONE_DAY for n in (-1, 1)
    )
    whole = micros_between(calendar, start, end)
    assert whole == (end - start) // MICROSECOND - micros_between(EVER, start, end, spans)
    for opens, closes in spans:
        assert micros_between(calendar, opens, closes) == (closes - opens) // MICROSECOND


EVER = OpeningHours("Etc/UTC", (Period("00:00", "24:00"),))


@given(QUARTERS)
def test_what_these_tests_make_up_is_sound(made):
    assert problems_of(made[0]) == []
