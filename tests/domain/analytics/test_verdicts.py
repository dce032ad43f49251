"""How a shop stands against the lines of its pack."""

from datetime import date

import pytest
from msgspec.structs import replace
from tests.domain.analytics.small_packs import line, metric, shop_of, small_pack
from tests.events import asks, chat, replies

from miaohui.domain.analytics.report import Verdict
from miaohui.domain.rules.lines import compares
from miaohui.domain.rules.pack import DateRange, MinimumSample, Threshold
from miaohui.domain.vocabulary.events import Event

PEOPLE = metric("people", unit="person", success="first_reply_within")


def days_with(**hits_and_misses: tuple[int, int]) -> list[Event]:
    """`d1=(3, 1)`: on the first of November three rounds in time and one missed, each a person."""
    told: list[Event] = []
    for day, (hits, misses) in hits_and_misses.items():
        for number in range(hits + misses):
            buyer = f"{day} {number}"
            told.append(asks(f"{day[1:]}T10:00:00", buyer=buyer))
            if number < hits:
                told.append(replies(f"{day[1:]}T10:00:30", buyer=buyer))
    return chat(*told)


def verdict(events: list[Event], threshold: Threshold) -> Verdict:
    [found] = shop_of(events, small_pack(metric(), PEOPLE, thresholds=(threshold,))).verdicts
    assert found.threshold == threshold.id
    return found


def test_a_line_is_held_on_the_last_day_unless_it_looks_at_more():
    found = verdict(days_with(d1=(0, 5), d2=(4, 1)), line())
    assert (found.holds, found.value, found.days) == (True, 0.8, (date(2026, 11, 2),))
    assert verdict(days_with(d1=(5, 0), d2=(3, 1)), line()).holds is False


def test_pooled_days_are_added_up_before_they_are_held_against_the_line():
    pooled = line(days=2)
    found = verdict(days_with(d1=(9, 1), d2=(0, 1)), pooled)
    assert (found.holds, found.value) == (True, 9 / 11)
    assert found.days == (date(2026, 11, 1), date(2026, 11, 2))
    assert verdict(days_with(d1=(9, 1), d2=(0, 2)), pooled).holds is False


def test_each_day_has_to_hold_and_the_value_shown_is_that_of_all_of_them():
    each_day = line(days=2, mode="each_day")
    assert verdict(days_with(d1=(8, 2), d2=(4, 1)), each_day).holds is True
    found = verdict(days_with(d1=(50, 0), d2=(3, 1)), each_day)
    assert (found.holds, found.value) == (False, 53 / 54)


def test_the_last_days_are_days_of_the_calendar_of_which_anything_is_known():
    found = verdict(days_with(d1=(4, 1), d3=(4, 1), d5=(4, 1)), line(days=3, mode="each_day"))
    assert found.days == (date(2026, 11, 3), date(2026, 11, 5))


def test_a_line_without_a_value_decides_nothing_but_shows_the_figure():
    found = verdict(days_with(d1=(1, 1)), line(value=None, basis="peer_mean"))
    assert (found.holds, found.value, found.because) == (None, 0.5, "no_line")


@pytest.mark.parametrize(
    ("op", "count", "holds"), [(">", 5, None), (">=", 5, True), (">", 4, True), ("<", 5, None)]
)
def test_a_line_bites_only_on_enough_samples(op, count, holds):
    found = verdict(days_with(d1=(4, 1)), line(minimum_sample=MinimumSample(op, count)))
    assert found.holds is holds
    assert found.because == (None if holds else "insufficient_sample")


def test_a_minimum_of_people_counts_persons_and_not_rounds():
    twice = [*days_with(d1=(4, 1)), *chat(asks("11:00:00", buyer="d1 0"))]
    twice = chat(*(replace(event, source_id="") for event in twice))
    of_people = MinimumSample(">", 5, "persons")
    assert verdict(twice, line(minimum_sample=of_people)).because == "insufficient_sample"
    of_samples = MinimumSample(">", 5, "samples")
    assert verdict(twice, line(minimum_sample=of_samples)).holds is False  # 4 of 6


def test_of_each_day_only_those_with_enough_samples_are_judged():
    each_day = line(days=2, mode="each_day", minimum_sample=MinimumSample(">=", 5))
    assert verdict(days_with(d1=(0, 4), d2=(4, 1)), each_day).holds is True
    assert verdict(days_with(d1=(0, 4), d2=(0, 4)), each_day).because == "insufficient_sample"


def test_without_a_single_day_nothing_can_be_said():
    nobody_asked = chat(replies("10:00:00"))
    found = verdict(nobody_asked, line())
    assert (found.holds, found.because, found.days) == (None, "no_days", ())


def test_a_line_is_in_force_on_its_dates_only():
    dates = DateRange(date(2026, 11, 2), None)
    pack = small_pack(thresholds=(line(effective=dates),))
    assert shop_of(days_with(d1=(1, 0)), pack).verdicts == ()
    assert [each.threshold for each in shop_of(days_with(d2=(1, 0)), pack).verdicts] == ["line"]


def test_a_line_for_waits_holds_below_it():
    mean = metric("reply", measure="mean", unanswered="drop")
    below = line(op="<=", value=30.0)
    [found] = shop_of(days_with(d1=(2, 0)), small_pack(mean, thresholds=(below,))).verdicts
    assert (found.holds, found.value) == (True, 30.0)


@pytest.mark.parametrize(
    ("op", "below", "equal", "above"),
    [
        (">=", False, True, True),
        (">", False, False, True),
        ("<=", True, True, False),
        ("<", True, False, False),
    ],
)
def test_a_value_stands_to_a_line_as_the_pack_says(op, below, equal, above):
    assert [compares(value, op, 0.5) for value in (0.4, 0.5, 0.6)] == [below, equal, above]
