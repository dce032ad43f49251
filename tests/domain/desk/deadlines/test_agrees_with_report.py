"""A clock runs exactly where the report has something pending, and runs out where it has a miss."""

import random
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.domain.analytics.packs import made_up, packs
from tests.domain.analytics.test_engines_agree import BUILT_IN, MOVES, log, seeded_log
from tests.reference.nasty_logs import EXACT_WAITS, MICROSECOND, nasty_logs

from miaohui.adapters.pack_files.library import load_pack
from miaohui.domain.analytics.live import conversations_of, person_status
from miaohui.domain.analytics.samples import Judged, judged_samples
from miaohui.domain.conversation.transitions import fold
from miaohui.domain.desk.deadlines.clock import Clock
from miaohui.domain.desk.deadlines.running import clocks_of, lost_clocks_of
from miaohui.domain.rules.assessment import Assessment, assessments_of
from miaohui.domain.rules.pack import Pack
from miaohui.domain.vocabulary.events import Event

AFTER = [timedelta(0), timedelta(seconds=29), timedelta(minutes=3, seconds=1), *EXACT_WAITS]
BESIDE = [timedelta(0), MICROSECOND, -MICROSECOND]
every = settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def reported(judged: Sequence[Judged], assessment: Assessment, status: str) -> list[Clock]:
    """The clock that the report's samples imply: the first pending one, or the first lost one."""
    if assessment.limit is None:
        return []
    starts = [
        each.sample.start
        for group in units_of(judged, assessment)
        for each in group
        if each.status == status and each.waited is None
    ]
    clocks = [Clock(assessment.metric.id, at, at + assessment.limit) for at in sorted(starts)]
    return clocks[:1]


def units_of(judged: Sequence[Judged], assessment: Assessment) -> Iterable[Sequence[Judged]]:
    """The samples that may still be won or are just lost; of a person-day, only the one by which
    it is."""
    counted = [each for each in judged if each.reason is None]
    if assessment.metric.unit != "person":
        return [counted]
    days = (list(of_day) for _, of_day in groupby(counted, key=lambda each: each.day))
    return [deciding(of_day, assessment) for of_day in days]


def deciding(of_day: Sequence[Judged], assessment: Assessment) -> Sequence[Judged]:
    status = person_status(of_day, assessment)
    decisive = next(each for each in of_day if each.status == status)
    return [decisive]


def check(
    events: Sequence[Event], assessments: Iterable[Assessment], as_of: datetime
) -> tuple[int, int]:
    """How many clocks ran and how many had run out, all of them as the report says."""
    ran, ran_out = 0, 0
    for told in conversations_of(events, as_of).values():
        for assessment in assessments:
            state = fold(told, assessment.terms)
            judged = judged_samples(state, assessment, as_of)
            running = clocks_of(state, [assessment], as_of)
            assert running == reported(judged, assessment, "pending")
            if assessment.metric.measure == "rate":
                over = lost_clocks_of(state, [assessment], as_of)
                assert over == reported(judged, assessment, "miss")
                ran_out += len(over)
            ran += len(running)
    return ran, ran_out


def some_instant(events: Sequence[Event], chance: random.Random) -> datetime:
    at = chance.choice(events).at
    return at + chance.choice(AFTER) + chance.choice(BESIDE)


def check_seeded(pack: Pack, chance: random.Random) -> tuple[int, int]:
    events = seeded_log(chance)
    return check(events, assessments_of(pack), some_instant(events, chance))


@pytest.mark.parametrize("name", BUILT_IN)
def test_clocks_agree_with_the_report_under_every_built_in_pack(name):
    pack = load_pack(name)
    counts = [check_seeded(pack, random.Random(f"clocks {name} {seed}")) for seed in range(250)]
    assert sum(ran for ran, _ in counts) > 20
    assert sum(ran_out for _, ran_out in counts) > 20


@pytest.mark.parametrize("run", range(3))
def test_clocks_agree_with_the_report_under_seeded_packs(run):
    for seed in range(run * 150, run * 150 + 150):
        chance = random.Random(f"clocks {seed}")
        check_seeded(made_up(chance.choice), chance)


@every
@given(rows=nasty_logs(30).filter(bool), pack=packs(), by=st.sampled_from(MOVES), data=st.data())
def test_clocks_agree_with_the_report_under_any_pack(rows, pack, by, data):
    events = log(rows, by)
    base = data.draw(st.sampled_from([event.at for event in events]))
    as_of = base + data.draw(st.sampled_from(AFTER)) + data.draw(st.sampled_from(BESIDE))
    check(events, assessments_of(pack), as_of)
