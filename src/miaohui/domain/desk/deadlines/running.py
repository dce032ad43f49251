"""The clocks of a conversation: by which sample each metric is lost, and when.

They look at the open round, at open complaints and at the day of the round, never at the whole
history, because they are asked for at every message.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import cache, partial

from miaohui.domain.conversation.state import Round, State
from miaohui.domain.desk.deadlines.clock import Clock
from miaohui.domain.rules.assessment import Assessment
from miaohui.domain.rules.exclusions import exclusion_of, is_bot_only_so_far
from miaohui.domain.rules.local_times import day_span
from miaohui.domain.rules.pack import Metric
from miaohui.domain.rules.sampling import (
    Sample,
    sample_of_complaint,
    samples_of_round,
    waited_of,
)
from miaohui.domain.vocabulary.instants import local_day


def clocks_of(state: State, assessments: Iterable[Assessment], now: datetime) -> list[Clock]:
    """For every metric with a limit, the clock that runs out first; none where nothing is pending.

    `state` must be folded by the assessments' own terms. A clock runs exactly where the report as
    of `now` has something pending. So a person who was missed today already has none, and whom the
    bot has served has none until they write again or ask for a human. Under perspective `agent`
    somebody who got the chat later may still save what the clock calls lost.
    """
    return list(_clocks(state, assessments, now, running=True))


def lost_clocks_of(state: State, assessments: Iterable[Assessment], now: datetime) -> list[Clock]:
    """For every metric with a limit, the clock that ran out first while the round is still open."""
    return list(_clocks(state, assessments, now, running=False))


def complaint_clock(
    state: State, assessments: Iterable[Assessment], opened_at: datetime
) -> Clock | None:
    """The clock of a complaint that is not answered yet, run out or not; the first of several."""
    open_ = [each for each in state.complaints if each.at == opened_at and each.reply is None]
    clocks = [
        Clock(assessment.metric.id, opened_at, opened_at + assessment.limit)
        for assessment in assessments
        if assessment.metric.complaints and assessment.limit is not None
        if any(_counting(state, assessment)(sample_of_complaint(each)) for each in open_)
    ]
    return min(clocks, key=lambda clock: clock.deadline, default=None)


def _clocks(
    state: State, assessments: Iterable[Assessment], now: datetime, running: bool
) -> Iterator[Clock]:
    for assessment in assessments:
        limit, metric = assessment.limit, assessment.metric
        if limit is not None:
            since = now - limit
            starts = _deciding(state, assessment, since if running else None)
            start = next((at for at in starts if (at >= since) is running), None)
            if start is not None:
                yield Clock(metric.id, start, start + limit)


def _deciding(state: State, assessment: Assessment, since: datetime | None) -> Iterable[datetime]:
    """In order, the starts of the open samples that decide the metric; those before `since` may
    be left out."""
    round_ = state.rounds[-1] if state.waiting_since is not None else None
    counts = _counting(state, assessment)
    if assessment.metric.unit == "person":
        return _of_persons(state, round_, assessment, counts, since) if round_ else ()
    samples = samples_of_round(state, round_, assessment.metric) if round_ else ()
    if assessment.metric.complaints and state.complaints:
        samples = _with_complaints(samples, state)
    waiting = (each for each in samples if since is None or each.start >= since)
    return (each.start for each in waiting if counts(each))


def _with_complaints(samples: Iterable[Sample], state: State) -> list[Sample]:
    open_ = (sample_of_complaint(each) for each in state.complaints if each.reply is None)
    return sorted([*samples, *open_], key=_start)


def _counting(state: State, assessment: Assessment) -> Callable[[Sample], bool]:
    """Whether a sample counts, with the bot's part in a day looked at once."""
    is_bot_only = partial(is_bot_only_so_far, state, assessment=assessment)
    once = cache(is_bot_only) if assessment.metric.needs_human else is_bot_only
    return lambda sample: exclusion_of(state, sample, assessment, once) is None


def _of_persons(
    state: State,
    round_: Round,
    assessment: Assessment,
    counts: Callable[[Sample], bool],
    since: datetime | None,
) -> Iterator[datetime]:
    """One start for each day that is still open: its first counted sample decides."""
    zone = assessment.terms.zone
    samples = list(samples_of_round(state, round_, assessment.metric))
    place = 0
    while place < len(samples):
        midnight, next_midnight = day_span(zone, local_day(samples[place].start, zone))
        beyond = bisect_left(samples, next_midnight, place + 1, key=_start)
        if since is None or next_midnight > since:
            counted = next(filter(counts, samples[place:beyond]), None)
            if counted is not None and not _is_settled(state, assessment, counts, midnight):
                yield counted.start
        place = beyond


def _start(sample: Sample) -> datetime:
    return sample.start


def _is_settled(
    state: State, assessment: Assessment, counts: Callable[[Sample], bool], midnight: datetime
) -> bool:
    """Whether an answered round of the day has decided already what the person is."""
    metric = assessment.metric
    longest = None if metric.success == "first_reply_within" else assessment.limit
    for round_ in reversed(state.rounds[:-1]):
        messages, reply = round_.messages, round_.reply
        if messages[-1].at < midnight or reply is None:
            return False
        if longest is None or reply.at - messages[0].at > longest:
            samples = samples_of_round(state, round_, metric)
            if any(_settles(each, metric, longest, midnight) and counts(each) for each in samples):
                return True
    return False


def _settles(sample: Sample, metric: Metric, longest: timedelta | None, midnight: datetime) -> bool:
    """Whether a sample, if it counts, decides its person: any does where nothing is `longest`."""
    waited = waited_of(sample, metric)
    late = longest is None or (waited is not None and waited > longest)
    return late and sample.start >= midnight
