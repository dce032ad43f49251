"""Samples of one conversation and their judgement (docs/metrics.md sections 4–7): the live engine.

Written to be read beside the specification; the batch engine must agree with it sample by
sample.
"""

from datetime import date, datetime, timedelta
from typing import Literal

import msgspec

from miaohui.domain.conversation.state import State
from miaohui.domain.rules.assessment import Assessment
from miaohui.domain.rules.exclusions import bot_only_days, exclusion_of
from miaohui.domain.rules.pack import ExclusionReason
from miaohui.domain.rules.sampling import Sample, samples_of, waited_of
from miaohui.domain.vocabulary.instants import local_day
from miaohui.domain.vocabulary.kinds import UNASSIGNED

Status = Literal["hit", "miss", "pending", "answered", "unanswered", "excluded"]


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
    return [
        _judge(state, sample, assessment, as_of, bot_only)
        for sample in samples_of(state, assessment.metric)
    ]


def _judge(
    state: State,
    sample: Sample,
    assessment: Assessment,
    as_of: datetime,
    bot_only: frozenset[date],
) -> Judged:
    day = local_day(sample.start, assessment.terms.zone)
    account = account_of(state, sample, assessment, as_of)
    waited = waited_of(sample, assessment.metric)
    reason = exclusion_of(state, sample, assessment, bot_only.__contains__)
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
