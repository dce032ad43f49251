"""Samples of one conversation and their judgement (docs/metrics.md sections 4–7): the live engine.

Written to be read beside the specification; the batch engine must agree with it sample by
sample.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Literal

import msgspec

from miaohui.domain.conversation.state import Reply, Round, Standing, State
from miaohui.domain.rules.assessment import MARK_REASONS, Assessment
from miaohui.domain.rules.pack import ExclusionReason, Metric
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.instants import DAY_MICROS, EPOCH, MICROSECOND, local_day
from miaohui.domain.vocabulary.kinds import UNASSIGNED, Actor, Family, family_of

Status = Literal["hit", "miss", "pending", "answered", "unanswered", "excluded"]


class Sample(msgspec.Struct, frozen=True):
    """One thing that is judged: a message, a round, a session's round or a complaint."""

    start: datetime
    round_start: datetime
    session_start: datetime
    reply: Reply | None
    complaint: bool = False


class Judged(msgspec.Struct, frozen=True):
    """A sample and what became of it. `waited` is None while unanswered."""

    sample: Sample
    day: date
    account: str
    status: Status
    reason: ExclusionReason | None = None
    waited: timedelta | None = None
    age: timedelta = timedelta()


def judged_samples(state: State, assessment: Assessment, as_of: datetime) -> list[Judged]:
    """Every sample of the conversation for one metric, counted or excluded, in order of start.

    `state` must hold no event later than `as_of`. For unit person these are the samples that
    its person-days are judged on.
    """
    bot_only = bot_only_days(state, assessment) if assessment.metric.needs_human else frozenset()
    spam = _spam_days(state, assessment)
    return [
        _judge(state, sample, assessment, as_of, spam, bot_only)
        for sample in samples_of(state, assessment.metric)
    ]


def samples_of(state: State, metric: Metric) -> list[Sample]:
    """The samples that a metric judges, in order of start."""
    samples = list(_of_rounds(state, metric))
    if metric.complaints:
        samples += [
            Sample(each.at, each.at, each.at, each.reply, True) for each in state.complaints
        ]
    return sorted(samples, key=lambda sample: sample.start)


def _of_rounds(state: State, metric: Metric) -> Iterable[Sample]:
    by_message = metric.unit == "message" or metric.success == "all_messages_within"
    for round_ in state.rounds:
        if metric.unit == "session" and not round_.opens_session:
            continue
        yield from _of_round(state, round_, by_message)


def _of_round(state: State, round_: Round, by_message: bool) -> Iterable[Sample]:
    for message in round_.messages if by_message else round_.messages[:1]:
        session_start = state.sessions[message.session].first
        yield Sample(message.at, round_.start, session_start, round_.reply)


def _judge(
    state: State,
    sample: Sample,
    assessment: Assessment,
    as_of: datetime,
    spam: frozenset[date],
    bot_only: frozenset[date],
) -> Judged:
    day = local_day(sample.start, assessment.terms.zone)
    account = account_of(state, sample, assessment, as_of)
    waited = waited_of(sample, assessment.metric)
    reason = _exclusion(state, sample, assessment, day, spam, bot_only)
    status: Status = "excluded"
    if reason is None:
        status = _status(waited, as_of - sample.start, assessment)
    return Judged(sample, day, account, status, reason, waited, as_of - sample.start)


def account_of(state: State, sample: Sample, assessment: Assessment, as_of: datetime) -> str:
    """Whose sample it is: the replier's, else whoever had the chat when the limit passed."""
    if sample.reply is not None:
        return sample.reply.account or UNASSIGNED
    limit = assessment.limit
    passed = as_of if limit is None else min(sample.round_start + limit, as_of)
    had = [each.account for each in state.assignments if each.at <= passed]
    return (had[-1] if had else None) or UNASSIGNED


def waited_of(sample: Sample, metric: Metric) -> timedelta | None:
    """The wait; under perspective `agent` it starts when the replier was given the chat."""
    if sample.reply is None:
        return None
    start, assigned_at = sample.start, sample.reply.assigned_at
    if metric.perspective == "agent" and assigned_at is not None:
        start = max(start, assigned_at)
    return sample.reply.at - start


def _exclusion(
    state: State,
    sample: Sample,
    assessment: Assessment,
    day: date,
    spam: frozenset[date],
    bot_only: frozenset[date],
) -> ExclusionReason | None:
    clipped = sample.session_start if assessment.clipped_by_session else sample.start
    zone = assessment.terms.zone
    hours = assessment.hours(local_day(clipped, zone))
    if not hours.holds(_wall_clock(clipped.astimezone(zone))):
        return "outside_window"
    if hours.exempt:
        return "exempt_day"
    for mark, reason in MARK_REASONS.items():
        if state.marks.get(mark) and reason in assessment.metric.exclude:
            return reason
    if day in spam and "spam_confirmed" in assessment.metric.exclude:
        return "spam_confirmed"
    return "bot_only" if day in bot_only else None


def _wall_clock(local: datetime) -> int:
    return (local.replace(tzinfo=EPOCH.tzinfo) - EPOCH) // MICROSECOND % DAY_MICROS


def _status(waited: timedelta | None, age: timedelta, assessment: Assessment) -> Status:
    metric, limit = assessment.metric, assessment.limit
    if metric.measure == "rate" and limit is not None:
        if waited is None:
            return "pending" if age <= limit else "miss"
        return "hit" if waited <= limit else "miss"
    if waited is not None:
        return "answered"
    if metric.unanswered == "cap" and limit is not None and age <= limit:
        return "pending"
    return "unanswered"


def _spam_days(state: State, assessment: Assessment) -> frozenset[date]:
    zone = assessment.terms.zone
    return frozenset(local_day(each.at, zone) for each in state.spam_reports if each.confirmed)


def bot_only_days(state: State, assessment: Assessment) -> frozenset[date]:
    """The local days on which nobody needed a human: the bot answered every burst."""
    zone = assessment.terms.zone
    days = groupby(state.standings, key=lambda standing: local_day(standing.at, zone))
    human = {local_day(at, zone) for at in state.human_requests}
    return frozenset(
        day
        for day, standings in days
        if day not in human and _bot_served(list(standings), assessment.burst_gap)
    )


def _bot_served(standings: Sequence[Standing], burst_gap: timedelta) -> bool:
    asked_at: datetime | None = None
    answered = True
    for standing in standings:
        if standing.replies:
            return False
        if _is_buyer_message(standing.event):
            apart = asked_at is None or standing.at - asked_at >= burst_gap
            if apart and not answered:
                return False
            asked_at, answered = standing.at, False
        elif standing.bot_answers:
            answered = True
    return answered and asked_at is not None


def _is_buyer_message(event: Event) -> bool:
    return event.actor is Actor.BUYER and family_of(event.kind) is Family.MESSAGE
