"""Every sample of one conversation with the rule that counted or excluded it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby

import msgspec

from miaohui.domain.analytics.live import person_status
from miaohui.domain.analytics.samples import Judged, judged_samples
from miaohui.domain.conversation.transitions import fold
from miaohui.domain.rules.assessment import REASONS, Assessment
from miaohui.domain.rules.pack import ExclusionReason
from miaohui.domain.vocabulary.events import Event


class ExplainedSample(msgspec.Struct, frozen=True, omit_defaults=True):
    """One sample: when its clock started, what answered it, and what it is.

    `unit` is person for a person-day, whose `start` is that of its first sample.
    """

    metric: str
    unit: str
    day: date
    start: datetime
    status: str
    account: str
    reason: ExclusionReason | None = None
    replied_at: datetime | None = None
    waited_seconds: float | None = None
    limit_seconds: float | None = None
    complaint: bool = False


def explained(
    events: Iterable[Event], assessments: Sequence[Assessment], as_of: datetime
) -> list[ExplainedSample]:
    """The samples of one conversation's events, metric by metric, as known at `as_of`."""
    known = [event for event in events if event.at <= as_of]
    found: list[ExplainedSample] = []
    for assessment in assessments:
        judged = judged_samples(fold(known, assessment.terms), assessment, as_of)
        if assessment.metric.unit == "person":
            found += _people(judged, assessment)
        else:
            found += [_sample(each, assessment, assessment.metric.unit) for each in judged]
    return found


def _sample(judged: Judged, assessment: Assessment, unit: str) -> ExplainedSample:
    reply = judged.sample.reply
    limit = assessment.limit
    return ExplainedSample(
        metric=assessment.metric.id,
        unit=unit,
        day=judged.day,
        start=judged.sample.start,
        status=judged.status,
        account=judged.account,
        reason=judged.reason,
        replied_at=None if reply is None else reply.at,
        waited_seconds=None if judged.waited is None else judged.waited.total_seconds(),
        limit_seconds=None if limit is None else limit.total_seconds(),
        complaint=judged.sample.complaint,
    )


def _people(judged: Sequence[Judged], assessment: Assessment) -> Iterable[ExplainedSample]:
    """Each person-day, followed by the samples that it was judged on."""
    unit = "message" if assessment.metric.success == "all_messages_within" else "round"
    for _, group in groupby(judged, key=lambda each: each.day):
        samples = list(group)
        yield _person(samples, assessment)
        yield from (_sample(each, assessment, unit) for each in samples)


def _person(samples: Sequence[Judged], assessment: Assessment) -> ExplainedSample:
    counted = [each for each in samples if each.reason is None]
    first = _sample((counted or samples)[0], assessment, "person")
    if not counted:
        reason = max((each.reason for each in samples if each.reason), key=REASONS.index)
        return msgspec.structs.replace(first, status="excluded", reason=reason)
    status = person_status(counted, assessment) if _is_rate(assessment) else _answered(counted)
    return msgspec.structs.replace(first, status=status, reason=None)


def _is_rate(assessment: Assessment) -> bool:
    return assessment.metric.measure == "rate"


def _answered(counted: Sequence[Judged]) -> str:
    return "answered" if any(each.waited is not None for each in counted) else "unanswered"
