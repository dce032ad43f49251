"""What alarms never do, on evenings that nobody thought up."""

from datetime import datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.domain.desk.alarms.evening import seconds
from tests.domain.desk.alarms.made_up_evenings import START, Evening, evenings, some_settings
from tests.events import SHANGHAI

from miaohui.domain.desk.alarms.deciding import next_alarm_at
from miaohui.domain.desk.alarms.quiet import quiet_until
from miaohui.domain.desk.alarms.settings import RANKS, Kind
from miaohui.domain.desk.alarms.told import Clear, Hold, Place, Tell, Told, place_of
from miaohui.domain.vocabulary.instants import MICROSECOND

every = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@every
@given(rules=some_settings(), evening=evenings)
def test_every_step_is_told_to_the_second_unless_somebody_took_it(rules, evening):
    """`Play` itself sees to it that nothing is done between the instants of the timer."""
    played = Evening(rules, evening)
    span = seconds(rules.coalesce_seconds)
    for place, begins, ends, heard in played.intervals():
        for since, step in played.addressed(place, begins, ends):
            due = max(played.due(place[0], step), since.begins)
            latest = due + span if due >= played.crossed(place[0]) else due
            if latest < since.ends and played.taken_between(place, begins, latest) < 0:
                assert any(h.at <= latest and h.row.seconds >= step.seconds for h in heard), step


@every
@given(rules=some_settings(), evening=evenings)
def test_nothing_is_told_early_twice_or_without_a_reason(rules, evening):
    played = Evening(rules, evening)
    span = seconds(rules.coalesce_seconds)
    for place, _, _, heard in played.intervals():
        before: Told | None = None
        for at_, row, summed in heard:
            if summed:
                assert before is not None
                assert before.held
            else:
                assert is_due(played, place, before, row, at_ + span), (place, before, row)
            before = row


def is_due(
    played: Evening, place: Place, before: Told | None, row: Told, horizon: datetime
) -> bool:
    """Whether a new step was due, or else a repeat; the chat may move at that very instant."""
    crossed = played.crossed(place[0])
    for now in (row.told_at, row.told_at - MICROSECOND):
        fresh = [
            step.seconds
            for step in played.steps_of(place, now)
            if (before is None or step.seconds > before.seconds)
            and played.due(place[0], step) <= horizon
            and (step.seconds < 0 or crossed <= row.told_at)
        ]
        if fresh and row.seconds == max(fresh):
            return True
        if not fresh and repeats(played, before, row, horizon):
            return True
    return False


def repeats(played: Evening, before: Told | None, row: Told, horizon: datetime) -> bool:
    """Whether it was time to tell the same again."""
    every_seconds = getattr(played.rules.repeats, row.recipient.level)
    if before is None or before.held or every_seconds is None or row.seconds != before.seconds:
        return False
    return before.told_at + seconds(every_seconds) <= horizon


@every
@given(rules=some_settings(), evening=evenings)
def test_what_was_taken_goes_up_only_when_the_line_is_crossed(rules, evening):
    played = Evening(rules, evening)
    for (key, recipient), _, _, heard in played.intervals():
        for at_, row, summed in heard:
            taken_by = played.taken_between((key, recipient), at_, at_ - MICROSECOND)
            if taken_by >= 0 and not summed:
                assert RANKS[recipient.level] > taken_by, (key, row)
                assert at_ >= played.crossed(key), (key, row)


@every
@given(rules=some_settings(), evening=evenings)
def test_everything_told_is_taken_back_the_instant_it_is_over(rules, evening):
    played = Evening(rules, evening)
    over = {
        (place_of(row), when)
        for when, decision in played.play.said
        if isinstance(decision, Clear)
        for row in decision.rows
    }
    told = {(place, ends) for place, _, ends, heard in played.intervals() if heard}
    assert over == told
    assert played.play.told == []
    assert next_alarm_at(rules, played.play.situation, [], played.play.now) is None


@every
@given(rules=some_settings(), evening=evenings)
def test_quiet_hours_let_nothing_pass_but_what_the_settings_say(rules, evening):
    played = Evening(rules, evening)
    quiet = rules.quiet_hours
    for when, decision in played.play.said:
        ends = quiet_until(rules, SHANGHAI, when)
        if isinstance(decision, Hold):
            assert ends is not None
        if isinstance(decision, Tell):
            assert decision.ways
            assert (
                ends is None or Kind.WAITING in quiet.kinds or set(decision.ways) <= {*quiet.ways}
            )
            assert ends is None or decision.kind is not None


@every
@given(rules=some_settings(), evening=evenings)
def test_one_person_gets_two_notices_inside_a_span_only_for_what_has_just_come(rules, evening):
    played = Evening(rules, evening)
    span = seconds(rules.coalesce_seconds)
    stands_since = {
        (place, at_): max(begins, played.lies_since(place[0], at_))
        for place, begins, _, heard in played.intervals()
        for at_, _, _ in heard
    }
    last: dict[str, datetime] = {}
    for when, decision in played.play.said:
        if isinstance(decision, Tell) and decision.kind is not None:
            before = last.get(decision.notice)
            if before is not None and when < before + span:
                since = [stands_since[place_of(row), when] for row in decision.rows]
                assert any(begins > before for begins in since), (before, when)
            last[decision.notice] = when


@every
@given(rules=some_settings(), evening=evenings, looks=st.lists(st.floats(0, 900), max_size=30))
def test_looking_more_often_than_the_timer_says_changes_nothing(rules, evening, looks):
    looked = Evening(rules, evening, looks=[START + seconds(look) for look in looks])
    assert looked.play.said == Evening(rules, evening).play.said


@every
@given(rules=some_settings(), evening=evenings, cuts=st.sets(st.integers(0, 40), max_size=9))
def test_a_run_that_is_cut_anywhere_goes_on_as_if_nothing_had_happened(rules, evening, cuts):
    cut = Evening(rules, evening, cuts=cuts)
    assert cut.play.said == Evening(rules, evening).play.said


@every
@given(rules=some_settings(), evening=evenings, nap=st.integers(1, 400))
def test_after_a_sleep_everything_that_still_stands_is_told_and_once(rules, evening, nap):
    woken = Evening(rules, evening, ends=False)
    now = woken.play.now + seconds(nap)
    woken.play.sleep(now)
    decided = [said.decision for said in woken.play.said if said.at == now]
    rows = [place_of(row) for decision in decided for row in decision.rows]
    assert len(rows) == len(set(rows))
    woken.play.until(now + seconds(rules.coalesce_seconds) + MICROSECOND)
    told = {place_of(row): row for row in woken.play.told}
    for place in woken.standing():
        steps = woken.steps_of(place, now)
        due = [step.seconds for step in steps if woken.due(place[0], step) <= now]
        if due and woken.taken_between(place, now, now) < 0:
            assert told[place].seconds >= max(due)
