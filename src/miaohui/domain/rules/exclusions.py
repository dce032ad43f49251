"""Why a sample does not count (docs/metrics.md sections 5 and 6), for figures and clocks."""

from collections.abc import Callable
from datetime import date, datetime
from itertools import groupby, takewhile

from miaohui.domain.conversation.bot_service import bot_served
from miaohui.domain.conversation.state import State
from miaohui.domain.rules.assessment import MARK_REASONS, Assessment
from miaohui.domain.rules.local_times import day_span
from miaohui.domain.rules.pack import ExclusionReason, Metric
from miaohui.domain.rules.sampling import Sample
from miaohui.domain.vocabulary.instants import SECOND_MICROS, local_day


def exclusion_of(
    state: State, sample: Sample, assessment: Assessment, is_bot_only: Callable[[date], bool]
) -> ExclusionReason | None:
    """The first reason that holds; None: the sample counts.

    `is_bot_only` says it of a local day; it is asked only where the metric needs a human.
    """
    zone, metric = assessment.terms.zone, assessment.metric
    clipped = sample.session_start if assessment.clipped_by_session else sample.start
    local = clipped.astimezone(zone)
    hours = assessment.hours(local.date())
    if not hours.holds(_wall_clock(local)):
        return "outside_window"
    if hours.exempt:
        return "exempt_day"
    if state.marks and (reason := _mark_reason(state, metric)):
        return reason
    if state.spam_reports and _is_spam(state, sample, assessment):
        return "spam_confirmed"
    if metric.needs_human and is_bot_only(local_day(sample.start, zone)):
        return "bot_only"
    return None


def is_open(assessment: Assessment, at: datetime) -> bool:
    """Whether an instant lies in the hours that a metric is assessed in, exempt days or not."""
    local = at.astimezone(assessment.terms.zone)
    return assessment.hours(local.date()).holds(_wall_clock(local))


def bot_only_days(state: State, assessment: Assessment) -> frozenset[date]:
    """The local days on which nobody needed a human: the bot answered every burst."""
    zone = assessment.terms.zone
    days = groupby(state.standings, key=lambda standing: local_day(standing.at, zone))
    human = {local_day(at, zone) for at in state.human_requests}
    return frozenset(
        day
        for day, standings in days
        if day not in human and bot_served(reversed(list(standings)), assessment.burst_gap)
    )


def is_bot_only_so_far(state: State, day: date, assessment: Assessment) -> bool:
    """Whether a day is such a day, without looking at the days before it."""
    midnight, next_midnight = day_span(assessment.terms.zone, day)
    if any(midnight <= at < next_midnight for at in reversed(state.human_requests)):
        return False
    since = takewhile(lambda standing: standing.at >= midnight, reversed(state.standings))
    of_day = (standing for standing in since if standing.at < next_midnight)
    return bot_served(of_day, assessment.burst_gap)


def _wall_clock(local: datetime) -> int:
    seconds = (local.hour * 60 + local.minute) * 60 + local.second
    return seconds * SECOND_MICROS + local.microsecond


def _mark_reason(state: State, metric: Metric) -> ExclusionReason | None:
    marked = (reason for mark, reason in MARK_REASONS.items() if state.marks.get(mark))
    return next((reason for reason in marked if reason in metric.exclude), None)


def _is_spam(state: State, sample: Sample, assessment: Assessment) -> bool:
    if "spam_confirmed" not in assessment.metric.exclude:
        return False
    zone = assessment.terms.zone
    day = local_day(sample.start, zone)
    return any(each.confirmed and local_day(each.at, zone) == day for each in state.spam_reports)
