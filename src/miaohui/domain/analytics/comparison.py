"""The same conversations under two packs, sample by sample, with the rule that made the
difference (docs/metrics.md section 9, invariant 7)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import msgspec

from miaohui.domain.analytics.explanation import ExplainedSample, explained
from miaohui.domain.analytics.live import Conversation
from miaohui.domain.rules.assessment import Assessment, assessments_of
from miaohui.domain.rules.pack import Pack
from miaohui.domain.vocabulary.events import Event

Place = tuple[str, str, datetime, bool, int]


class SampleDifference(msgspec.Struct, frozen=True):
    """A sample that is not the same under two packs; None where it is no sample there.

    `rules` names what differs between the two metrics and can have caused it.
    """

    shop: str
    channel: str
    conversation: str
    metric: str
    old: ExplainedSample | None
    new: ExplainedSample | None
    rules: tuple[str, ...]


def compared(
    conversations: Mapping[Conversation, Sequence[Event]], old: Pack, new: Pack, as_of: datetime
) -> Iterable[SampleDifference]:
    """Every sample whose status, reason, wait or account differs, for metrics of both packs."""
    rules = rules_changed(old, new)
    for (shop, channel, conversation), events in conversations.items():
        before = _by_place(explained(events, _shared(old, rules), as_of))
        after = _by_place(explained(events, _shared(new, rules), as_of))
        for place in sorted(before.keys() | after.keys(), key=_order):
            was, is_now = before.get(place), after.get(place)
            if _said(was) != _said(is_now):
                metric = place[0]
                yield SampleDifference(
                    shop, channel, conversation, metric, was, is_now, rules[metric]
                )


def rules_changed(old: Pack, new: Pack) -> dict[str, tuple[str, ...]]:
    """For each metric of both packs, the names of the rules that differ."""
    before = {each.metric.id: each for each in assessments_of(old)}
    after = {each.metric.id: each for each in assessments_of(new)}
    shared = [metric.id for metric in old.metrics if metric.id in after]
    return {metric: tuple(_changes(old, new, before[metric], after[metric])) for metric in shared}


def _changes(old: Pack, new: Pack, before: Assessment, after: Assessment) -> Iterable[str]:
    for rule in ("unit", "measure", "threshold", "cap", "success", "unanswered"):
        if getattr(before.metric, rule) != getattr(after.metric, rule):
            yield rule
    for rule in ("perspective", "needs_human", "complaints", "exclude"):
        if getattr(before.metric, rule) != getattr(after.metric, rule):
            yield rule
    if before.terms.replies != after.terms.replies:
        yield "reply_class"
    if before.terms.session_gap != after.terms.session_gap:
        yield "session_gap"
    if before.burst_gap != after.burst_gap:
        yield "burst_gap"
    if old.pack.timezone != new.pack.timezone:
        yield "timezone"
    if _calendar(old, before) != _calendar(new, after):
        yield "calendar"
    if _overlays(old, before) != _overlays(new, after):
        yield "overlay"


def _calendar(pack: Pack, assessment: Assessment) -> object:
    calendars = [each for each in pack.calendars if each.id == assessment.metric.calendar]
    return [(each.windows, each.clip_by) for each in calendars]


def _overlays(pack: Pack, assessment: Assessment) -> object:
    overlays = [each for each in pack.overlays if assessment.metric.id in each.applies_to]
    return [(each.kind, each.dates, each.windows) for each in overlays]


def _shared(pack: Pack, rules: Mapping[str, object]) -> list[Assessment]:
    return [each for each in assessments_of(pack) if each.metric.id in rules]


def _by_place(samples: Iterable[ExplainedSample]) -> dict[Place, ExplainedSample]:
    """Samples of one metric that start at the same instant are told apart by their order."""
    places: dict[Place, ExplainedSample] = {}
    for each in samples:
        nth = 0
        while (place := (each.metric, each.unit, each.start, each.complaint, nth)) in places:
            nth += 1
        places[place] = each
    return places


def _order(place: Place) -> tuple[str, datetime, str, bool, int]:
    metric, unit, start, complaint, nth = place
    return metric, start, unit, complaint, nth


def _said(sample: ExplainedSample | None) -> object:
    if sample is None:
        return None
    return sample.status, sample.reason, sample.waited_seconds, sample.account
