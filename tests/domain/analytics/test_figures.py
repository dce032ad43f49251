"""Figures added up by hand (docs/metrics.md sections 5 to 7) where no reference covers them: hours
by session, festivals, other zones, caps, percentiles, agents' clocks."""

from datetime import date

import pytest
from tests.domain.analytics.packs import OWN, WORDS
from tests.domain.analytics.small_packs import metric, parts_of, seconds, small_pack, total_of
from tests.events import asks, assigned, bot, chat, happens, replies

from miaohui.domain.conversation.replies import Perfunctory, ReplyClass
from miaohui.domain.rules.pack import DateRange, Overlay, Window

MEAN = metric("wait", measure="mean", unanswered="drop")
CAPPED = metric("wait", measure="mean", unanswered="cap", cap=seconds(600))


def answered_after(*waits: float) -> list:
    """A chat for each wait, all asked at ten."""
    return chat(
        *(
            event
            for number, wait in enumerate(waits)
            for event in (
                asks("10:00:00", buyer=f"b{number}"),
                replies(f"10:{int(wait // 60):02}:{wait % 60:09.6f}", buyer=f"b{number}"),
            )
        )
    )


def festival(kind: str, *windows: Window, first: int = 1, last: int = 1) -> tuple[Overlay, ...]:
    days = DateRange(date(2026, 11, first), date(2026, 11, last))
    return (Overlay("festival", WORDS, kind, (days,), ("reply",), OWN, windows),)  # type: ignore


def test_a_wait_of_exactly_the_threshold_is_a_hit():
    assert parts_of(total_of(answered_after(180), small_pack())) == (1, 1, 0)
    assert parts_of(total_of(answered_after(180.000001), small_pack())) == (0, 1, 0)


def test_an_unanswered_round_is_pending_up_to_and_at_the_threshold():
    events = chat(asks("10:00:00"))
    pending = total_of(events, small_pack(), "10:03:00")
    assert parts_of(pending) == (0, 0, 1)
    assert (pending.value, pending.worst, pending.best) == (None, 0.0, 1.0)
    assert parts_of(total_of(events, small_pack(), "10:03:00.000001")) == (0, 1, 0)


def test_clipped_by_the_message_a_session_that_began_too_early_still_counts_inside():
    events = chat(asks("07:59:00"), replies("07:59:30"), asks("08:01:00"), replies("08:01:10"))
    assert parts_of(total_of(events, small_pack())) == (1, 1, 0)
    by_session = total_of(events, small_pack(clip_by="session_start"))
    assert parts_of(by_session) == (0, 0, 0)
    assert by_session.excluded == {"outside_window": 2}


def test_clipped_by_the_session_what_began_inside_counts_after_closing():
    events = chat(asks("22:50:00"), replies("22:50:10"), asks("23:05:00"), replies("23:05:10"))
    assert parts_of(total_of(events, small_pack())) == (1, 1, 0)
    assert parts_of(total_of(events, small_pack(clip_by="session_start"))) == (2, 2, 0)


def test_hours_hold_on_their_weekdays_only():
    sundays = small_pack(windows=(Window("08:00", "23:00", (7,)),))
    events = chat(asks("1T10:00:00"), replies("1T10:01:00"), asks("2T10:00:00"))
    assert parts_of(total_of(events, sundays)) == (1, 1, 0)


def test_a_metric_without_a_calendar_counts_at_any_hour():
    around_the_clock = small_pack(metric(calendar=None))
    assert parts_of(total_of(chat(asks("03:00:00")), around_the_clock)) == (0, 1, 0)


def test_an_exempt_day_excludes_what_lies_in_its_hours_and_nothing_of_other_days():
    events = chat(asks("03:00:00"), asks("2T10:00:00", buyer="wang"), asks("10:00:00", buyer="xu"))
    figure = total_of(events, small_pack(overlays=festival("exempt")))
    assert parts_of(figure) == (0, 1, 0)
    assert figure.excluded == {"outside_window": 1, "exempt_day": 1}


def test_a_festival_puts_other_hours_in_place_of_the_usual_ones():
    overlays = festival("replace", Window("12:00", "18:00"))
    for when, counted in (("11:59:59", 0), ("12:00:00", 1), ("18:00:00", 0), ("2T09:00:00", 1)):
        assert total_of(chat(asks(when)), small_pack(overlays=overlays)).denominator == counted


def test_a_festival_adds_hours_to_the_usual_ones():
    overlays = festival("tighten", Window("06:00", "08:00"), Window("23:00", "24:00"))
    for when, counted in (("05:59:59", 0), ("06:00:00", 1), ("12:00:00", 1), ("23:59:59", 1)):
        assert total_of(chat(asks(when)), small_pack(overlays=overlays)).denominator == counted


@pytest.mark.parametrize(
    ("said", "counted"),
    [
        ("2026-10-25T06:59:59+00:00", 0),  # 07:59:59 in Berlin, on winter time since that night
        ("2026-10-25T07:00:00+00:00", 1),
        ("2026-10-24T06:00:00+00:00", 1),  # 08:00 on summer time
        ("2026-10-24T20:59:59+00:00", 1),
        ("2026-10-24T21:00:00+00:00", 0),
    ],
)
def test_hours_follow_the_wall_clock_over_a_change_of_clocks(said, counted):
    figure = total_of(chat(asks(said)), small_pack(timezone="Europe/Berlin"), "2026-11-09T00:00:00")
    assert figure.denominator == counted


def test_a_mean_leaves_out_what_is_unanswered_and_says_how_much_that_is():
    events = [*answered_after(10, 20), asks("10:00:00", buyer="wang", source_id="w")]
    figure = total_of(events, small_pack(MEAN))
    assert (figure.value, parts_of(figure), figure.unanswered) == (15.0, (30.0, 2, 0), 1)


def test_a_capped_mean_adds_the_cap_once_a_question_is_older_than_it():
    events = [*answered_after(10, 20), asks("10:00:00", buyer="wang", source_id="w")]
    figure = total_of(events, small_pack(CAPPED), "10:10:00.000001")
    assert (figure.value, parts_of(figure), figure.unanswered) == (210.0, (630.0, 3, 0), 1)


def test_up_to_the_cap_an_unanswered_question_is_pending_between_now_and_the_cap():
    events = [*answered_after(10, 20), asks("10:00:00", buyer="wang", source_id="w")]
    figure = total_of(events, small_pack(CAPPED), "10:01:00")
    assert (figure.value, parts_of(figure)) == (15.0, (30.0, 2, 1))
    assert (figure.worst, figure.best) == (210.0, 30.0)  # (30 + 600) / 3 and (30 + 60) / 3


def test_an_answered_wait_is_never_capped():
    assert total_of(answered_after(1200), small_pack(CAPPED)).value == 1200.0


@pytest.mark.parametrize(
    ("waits", "median", "p90"),
    [
        ([7], 7, 7),
        ([30, 10], 10, 30),
        ([10, 20, 30], 20, 30),
        (range(1, 11), 5, 9),
        (range(1, 12), 6, 10),
        (range(1, 21), 10, 18),
    ],
)
def test_percentiles_are_by_nearest_rank(waits, median, p90):
    for measure, expected in (("median", median), ("p90", p90)):
        figure = total_of(
            answered_after(*waits), small_pack(metric(measure=measure, unanswered="drop"))
        )
        assert figure.value == expected
        assert parts_of(figure) == (sum(waits), len(waits), 0)


def test_a_capped_percentile_takes_the_cap_for_what_is_unanswered():
    events = [*answered_after(10), asks("10:00:00", buyer="wang", source_id="w")]
    rule = {"unanswered": "cap", "cap": seconds(600)}
    assert total_of(events, small_pack(metric(measure="p90", **rule))).value == 600.0
    assert total_of(events, small_pack(metric(measure="median", **rule))).value == 10.0


def test_the_agents_clock_starts_when_the_chat_was_given_to_the_one_who_answers():
    events = chat(asks("10:00:00"), assigned("10:05:00", "anna"), replies("10:06:00"))
    assert total_of(events, small_pack(MEAN)).value == 360.0
    by_agent = metric("wait", measure="mean", unanswered="drop", perspective="agent")
    assert total_of(events, small_pack(by_agent)).value == 60.0
    taken_over = [*events[:2], *chat(*events[:2], replies("10:06:00", "bao"))[2:]]
    assert total_of(taken_over, small_pack(by_agent)).value == 360.0


def test_the_agents_clock_never_starts_before_the_question():
    events = chat(assigned("09:00:00", "anna"), asks("10:00:00"), replies("10:01:00"))
    by_agent = metric("wait", measure="mean", unanswered="drop", perspective="agent")
    assert total_of(events, small_pack(by_agent)).value == 60.0


def test_bots_count_where_the_reply_class_says_so():
    events = chat(asks("10:00:00"), bot("10:00:01"))
    assert parts_of(total_of(events, small_pack())) == (0, 1, 0)
    anybody = small_pack(replies=ReplyClass(bots_count=True))
    assert parts_of(total_of(events, anybody)) == (1, 1, 0)


def test_a_perfunctory_answer_is_none_from_the_first_instant_of_its_day_on():
    void = ReplyClass(perfunctory=Perfunctory(date(2026, 11, 2), ("好的",)))
    pack = small_pack(metric(calendar=None), replies=void)
    for when, hits in (("1T23:59:59.999999", 1), ("2T00:00:00", 0), ("2T10:00:00", 0)):
        events = chat(asks("1T23:59:00"), asks(when), replies(when, brief="好的", text="好的！"))
        assert total_of(events[1:], pack).numerator == hits


def test_whom_the_bot_served_is_left_out_and_shown_as_missed_beside():
    needs_human = small_pack(metric(needs_human=True))
    events = chat(
        *(asks("10:00:00", buyer="wang"), bot("10:00:05", buyer="wang")),
        *(asks("10:00:00"), bot("10:00:05", purpose="greeting"), replies("10:01:00")),
    )
    figure = total_of(events, needs_human)
    assert (figure.value, figure.excluded) == (1.0, {"bot_only": 1})
    assert figure.value_bot_only_as_misses == 0.5


def test_a_cap_of_half_a_second_is_kept_in_the_worst_case():
    short = metric("wait", measure="mean", unanswered="cap", cap=seconds(2.5))
    figure = total_of(chat(asks("10:00:00")), small_pack(short), "10:00:01")
    assert (figure.worst, figure.best) == (2.5, 1.0)


def test_complaints_are_samples_of_their_own_where_the_metric_asks_for_them():
    events = chat(happens("complaint.opened", "10:00:00", "buyer"), replies("10:01:00"))
    assert parts_of(total_of(events, small_pack())) == (0, 0, 0)
    assert parts_of(total_of(events, small_pack(metric(complaints=True)))) == (1, 1, 0)
