"""In which order waiting rounds are answered."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from miaohui.domain.desk.routing.ordering import Waiting, first, order
from miaohui.domain.desk.routing.policy import DEADLINE_AWARE, LONGEST_WAITING

from .floor import NOON, seconds

REPLY = 40


def waiting(name: str, waited: float, within: float | None = 180, band: int = 0) -> Waiting:
    """A round written `waited` seconds ago that is lost `within` seconds of that."""
    since = NOON - seconds(waited)
    deadline = None if within is None else since + seconds(within)
    return Waiting(conversation=name, since=since, deadline=deadline, band=band)


def ordered(*rounds: Waiting, policy=DEADLINE_AWARE, reply: float = REPLY) -> list[str]:
    return [each.conversation for each in order(policy, rounds, NOON, reply)]


def test_what_is_lost_soonest_goes_first():
    assert ordered(waiting("new", 5), waiting("old", 100), waiting("older", 139)) == [
        "older",
        "old",
        "new",
    ]


def test_what_is_lost_already_comes_after_all_that_can_be_saved():
    assert ordered(waiting("lost", 181), waiting("new", 1)) == ["new", "lost"]


def test_what_this_agent_cannot_answer_in_time_counts_as_lost():
    just, too_late = waiting("just", 140), waiting("too late", 141)
    assert ordered(too_late, waiting("new", 1), just) == ["just", "new", "too late"]
    assert ordered(too_late, just, reply=30) == ["too late", "just"]


def test_a_round_lost_long_ago_goes_before_everything():
    young, old = waiting("9:59", 599), waiting("10:00", 600)
    assert ordered(waiting("new", 100), young, old) == ["10:00", "new", "9:59"]
    bound = replace(DEADLINE_AWARE, lost_bound=timedelta(minutes=25))
    assert ordered(waiting("new", 100), old, policy=bound) == ["new", "10:00"]


def test_a_generous_deadline_is_not_lost_however_long_it_waits():
    assert ordered(waiting("48 hours", 7200, 172_800), waiting("new", 1)) == ["new", "48 hours"]


def test_a_higher_band_goes_first_among_those_that_can_be_saved():
    assert ordered(waiting("urgent", 100), waiting("high", 1, band=1)) == ["high", "urgent"]
    assert ordered(waiting("high", 181, band=1), waiting("new", 1)) == ["new", "high"]


def test_where_no_clock_runs_a_round_comes_after_the_timed_but_not_for_ever():
    assert ordered(waiting("lost", 300), waiting("none", 500, None), waiting("new", 1)) == [
        "new",
        "none",
        "lost",
    ]
    assert ordered(waiting("new", 1), waiting("none", 600, None)) == ["none", "new"]


def test_longest_waiting_first_looks_at_no_deadline():
    rounds = (waiting("new", 1), waiting("lost", 300), waiting("high", 2, band=1))
    assert ordered(*rounds, policy=LONGEST_WAITING) == ["high", "lost", "new"]


rounds = st.builds(
    waiting,
    st.text(max_size=3),
    st.floats(0, 2000),
    st.none() | st.floats(0, 2000),
    st.integers(0, 2),
)


@given(st.lists(rounds, unique_by=lambda each: each.conversation), st.floats(1, 300), st.randoms())
def test_the_order_depends_on_nothing_but_the_rounds(several, reply, random):
    shuffled = random.sample(several, len(several))
    ahead = order(DEADLINE_AWARE, several, NOON, reply)
    assert order(DEADLINE_AWARE, shuffled, NOON, reply) == ahead
    assert first(DEADLINE_AWARE, shuffled, NOON, reply) == (ahead[0] if ahead else None)


@given(st.lists(rounds, min_size=1), st.floats(1, 300))
def test_nothing_that_can_be_saved_stands_behind_something_freshly_lost(several, reply):
    ahead = order(DEADLINE_AWARE, several, NOON, reply)

    def savable(each: Waiting) -> bool:
        return each.deadline is not None and NOON + seconds(reply) <= each.deadline

    def fresh(each: Waiting) -> bool:
        return NOON - each.since < timedelta(minutes=10)

    seen_lost = False
    for each in ahead:
        seen_lost = seen_lost or (not savable(each) and fresh(each))
        assert not (seen_lost and savable(each))
