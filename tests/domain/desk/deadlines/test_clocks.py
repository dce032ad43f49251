from datetime import timedelta

import pytest
from tests.domain.analytics.small_packs import metric, seconds, small_pack
from tests.events import SHANGHAI, asks, assigned, at, bot, chat, happens, replies

from miaohui.adapters.pack_files.library import load_pack
from miaohui.domain.conversation.transitions import fold
from miaohui.domain.desk.deadlines.clock import (
    Clock,
    fraction_left,
    lost,
    seconds_left,
    tightest,
)
from miaohui.domain.desk.deadlines.running import clocks_of, complaint_clock, lost_clocks_of
from miaohui.domain.rules.assessment import assessments_of
from miaohui.domain.rules.pack import Pack
from miaohui.domain.vocabulary.events import Event

PDD = load_pack("pdd")
ROUND = small_pack(metric())
MESSAGE = small_pack(metric(unit="message", threshold=seconds(30)))
SESSION = small_pack(metric(unit="session"))
PERSON = small_pack(metric(unit="person", success="all_messages_within"))
FIRST = small_pack(metric(unit="person", success="first_reply_within"))
CLOCK = Clock("reply", at("10:00:00"), at("10:03:00"))


def clocks(pack: Pack, now: str, *events: Event) -> list[Clock]:
    assessments = assessments_of(pack)
    return clocks_of(fold(chat(*events), assessments[0].terms), assessments, at(now))


def lost_clocks(pack: Pack, now: str, *events: Event) -> list[Clock]:
    assessments = assessments_of(pack)
    return lost_clocks_of(fold(chat(*events), assessments[0].terms), assessments, at(now))


def starts(pack: Pack, now: str, *events: Event) -> list[str]:
    running = clocks(pack, now, *events)
    return [f"{each.start.astimezone(SHANGHAI):%H%M%S}" for each in running]


def test_a_reply_exactly_at_the_deadline_is_in_time_and_one_after_it_is_not():
    assert not lost(CLOCK, CLOCK.deadline)
    assert lost(CLOCK, CLOCK.deadline + timedelta(microseconds=1))


def test_seconds_left_and_seconds_since_are_rounded_down():
    assert seconds_left(CLOCK, at("10:00:00")) == 180
    assert seconds_left(CLOCK, at("10:02:40.5")) == 19
    assert seconds_left(CLOCK, at("10:03:00")) == 0
    assert seconds_left(CLOCK, at("10:03:00.5")) == 0
    assert seconds_left(CLOCK, at("10:04:24.9")) == -84


def test_the_fraction_left_stays_between_one_and_nothing():
    told = ["09:59:00", "10:00:00", "10:01:30", "10:03:00", "11:00:00"]
    assert [fraction_left(CLOCK, at(now)) for now in told] == [1, 1, 0.5, 0, 0]


def test_the_tightest_clock_is_of_the_metrics_that_the_shop_steers_by():
    half_minute = Clock("reply_30s", at("10:00:00"), at("10:00:30"))
    assert tightest([CLOCK, half_minute], {"reply", "reply_30s"}) == half_minute
    assert tightest([CLOCK, half_minute], {"reply"}) == CLOCK
    assert tightest([CLOCK], {"other"}) is None


def test_a_waiting_round_runs_one_clock_for_every_rule_with_a_limit():
    running = clocks(PDD, "10:00:05", asks("10:00:00"))
    assert {each.metric: (each.deadline - each.start).total_seconds() for each in running} == {
        "reply_3min": 180,
        "reply_3min_round": 180,
        "reply_30s": 30,
        "reply_5min": 300,
        "reply_60min": 3600,
        "reply_60min_first": 3600,
        "reply_48h": 172_800,
    }


@pytest.mark.parametrize("pack", [ROUND, MESSAGE, SESSION, PERSON, FIRST])
def test_a_clock_stops_with_the_reply_and_ends_after_its_last_instant(pack):
    [clock] = clocks(pack, "10:00:00", asks("10:00:00"))
    assert clocks_now(pack, clock.deadline) == [clock]
    assert clocks_now(pack, clock.deadline + timedelta(microseconds=1)) == []
    assert lost_clocks(pack, "11:00:00", asks("10:00:00")) == [clock]
    assert clocks(pack, "10:00:10", asks("10:00:00"), replies("10:00:10")) == []
    assert lost_clocks(pack, "11:00:00", asks("10:00:00"), replies("10:04:00")) == []


def clocks_now(pack: Pack, now) -> list[Clock]:
    return clocks(pack, now.isoformat(), asks("10:00:00"))


def test_a_further_message_moves_no_round_but_has_a_clock_of_its_own_by_message():
    asked = [asks("10:00:00"), asks("10:00:20")]
    assert starts(ROUND, "10:00:40", *asked) == ["100000"]
    assert starts(MESSAGE, "10:00:25", *asked) == ["100000"]
    assert starts(MESSAGE, "10:00:40", *asked) == ["100020"]


def test_only_the_first_round_of_a_session_has_a_clock_by_session():
    first = [asks("10:00:00"), replies("10:00:10")]
    assert starts(SESSION, "10:05:00", *first, asks("10:05:00")) == []
    assert starts(SESSION, "11:05:00", *first, asks("11:05:00")) == ["110500"]


def test_what_starts_outside_the_window_has_no_clock():
    assert starts(ROUND, "07:59:59", asks("07:59:59.999999")) == []
    assert starts(ROUND, "08:00:01", asks("07:59:59"), asks("08:00:00")) == []
    assert starts(PERSON, "08:00:01", asks("07:59:59"), asks("08:00:00")) == ["080000"]
    assert starts(ROUND, "23:00:10", asks("22:59:59.999999")) == ["225959"]
    assert starts(ROUND, "23:00:10", asks("23:00:00")) == []


def test_a_person_who_was_missed_today_cannot_be_saved_today():
    missed = [asks("10:00:00"), replies("10:03:01")]
    assert starts(PERSON, "11:00:00", *missed, asks("11:00:00")) == []
    assert starts(PERSON, "11:00:00", asks("10:00:00"), asks("10:59:00")) == []
    assert starts(ROUND, "11:00:00", *missed, asks("11:00:00")) == ["110000"]
    assert starts(PERSON, "2T11:00:00", *missed, asks("2T11:00:00")) == ["110000"]


def test_a_wait_of_exactly_the_limit_misses_nobody_even_behind_one_that_does_not_count():
    early = [asks("07:59:00"), asks("08:00:00")]
    assert starts(PERSON, "09:00:00", *early, replies("08:03:00"), asks("09:00:00")) == ["090000"]
    late = replies("08:03:00.000001")
    assert starts(PERSON, "09:00:00", *early, late, asks("09:00:00")) == []


def test_a_person_judged_by_the_first_reply_has_one_clock_a_day():
    first = [asks("10:00:00"), replies("10:00:10")]
    assert starts(FIRST, "11:00:00", *first, asks("11:00:00")) == []
    assert starts(FIRST, "2T11:00:00", *first, asks("2T11:00:00")) == ["110000"]


def test_marks_and_spam_that_the_platform_confirmed_stop_clocks_and_mere_reports_do_not():
    asked = asks("10:00:00")
    reported = happens("spam.reported", "10:00:01")
    confirmed = happens("spam.confirmed", "10:00:02")
    marked = happens("buyer.marked", "10:00:01", mark="staff_or_test_account")
    unmarked = happens("buyer.unmarked", "10:00:02", mark="staff_or_test_account")
    assert starts(ROUND, "10:00:05", asked, reported) == ["100000"]
    assert starts(ROUND, "10:00:05", asked, reported, confirmed) == []
    assert starts(ROUND, "10:00:05", asked, marked) == []
    assert starts(ROUND, "10:00:05", asked, marked, unmarked) == ["100000"]


def test_a_buyer_whom_the_bot_serves_has_no_clock_until_they_need_a_human():
    pack = small_pack(metric(unit="person", success="all_messages_within", needs_human=True))
    served = [asks("10:00:00"), bot("10:00:02")]
    wants = happens("human_requested", "10:00:30", "buyer")
    assert starts(pack, "10:00:01", *served[:1]) == ["100000"]
    assert starts(pack, "10:00:40", *served) == []
    assert starts(pack, "10:00:40", *served, wants) == ["100000"]
    assert starts(pack, "10:01:00", *served, asks("10:01:00")) == ["100000"]
    assert starts(pack, "10:00:40", asks("10:00:00"), bot("10:00:02", purpose="menu")) != []


def test_a_buyer_whom_a_person_answered_today_needs_a_human_whatever_the_bot_says():
    pack = small_pack(metric(needs_human=True))
    spoke = [asks("09:00:00"), replies("09:00:10"), asks("10:00:00"), bot("10:00:02")]
    assert starts(pack, "10:00:40", *spoke) == ["100000"]
    tomorrow = [*spoke[:2], asks("2T10:00:00"), bot("2T10:00:02")]
    assert starts(pack, "2T10:00:40", *tomorrow) == []


def test_an_open_complaint_has_a_clock_until_a_reply_or_its_closing():
    opened = happens("complaint.opened", "10:00:00", "buyer")
    closed = happens("complaint.closed", "12:00:00")
    [clock] = clocks(PDD, "11:00:00", opened)
    assert (clock.metric, clock.deadline) == ("reply_48h", at("3T10:00:00"))
    assert clocks(PDD, "12:00:00", opened, closed) == []
    assert clocks(PDD, "12:00:00", opened, replies("12:00:00")) == []
    round_ = [asks("09:00:00"), opened]
    assert starts(small_pack(metric(complaints=True)), "10:01:00", *round_) == ["100000"]


def test_the_day_of_a_clock_follows_the_message_and_each_day_is_judged_on_its_own():
    pack = small_pack(
        metric(unit="person", success="all_messages_within", calendar=None, threshold=seconds(600))
    )
    missed = [asks("23:00:00"), replies("23:30:00")]
    asked = [asks("23:59:00"), asks("2T00:01:00")]
    assert starts(pack, "2T00:02:00", *asked) == ["235900"]
    assert [each.start for each in clocks(pack, "2T00:02:00", *missed, *asked)] == [
        at("2T00:01:00")
    ]


def test_a_capped_mean_has_a_clock_until_it_counts_as_the_cap():
    pack = small_pack(metric(measure="mean", unanswered="cap", cap=seconds(600)))
    [clock] = clocks(pack, "10:00:05", asks("10:00:00"))
    assert clock.deadline == at("10:10:00")
    dropped = small_pack(metric(measure="mean", unanswered="drop"))
    assert clocks(dropped, "10:00:05", asks("10:00:00")) == []


def test_a_later_assignment_does_not_move_a_deadline():
    pack = small_pack(metric(perspective="agent"))
    passed_on = [asks("10:00:00"), assigned("10:02:00", "bao")]
    assert [each.deadline for each in clocks(pack, "10:02:30", *passed_on)] == [at("10:03:00")]


def test_a_complaint_has_its_own_clock_until_it_is_answered_whoever_else_waits():
    assessments = assessments_of(PDD)
    terms = assessments[0].terms
    opened = happens("complaint.opened", "10:00:05")
    asked = fold(chat(asks("10:00:00"), opened), terms)
    clock = complaint_clock(asked, assessments, at("10:00:05"))
    assert clock == Clock("reply_48h", at("10:00:05"), at("10:00:05") + timedelta(hours=48))
    assert complaint_clock(asked, assessments, at("10:00:00")) is None
    answered = fold(chat(asks("10:00:00"), opened, replies("10:01:00")), terms)
    assert complaint_clock(answered, assessments, at("10:00:05")) is None
    assert complaint_clock(asked, assessments_of(ROUND), at("10:00:05")) is None
