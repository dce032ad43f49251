"""The live engine: figures from folded conversations, one conversation at a time."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby

import msgspec

from miaohui.domain.analytics.samples import Judged, judged_samples
from miaohui.domain.analytics.tallies import (
    DENOMINATOR,
    EXCLUDED,
    NUMERATOR,
    PENDING,
    PENDING_AGE,
    UNANSWERED,
    WIDTH,
)
from miaohui.domain.conversation.deliveries import is_delivery
from miaohui.domain.conversation.state import State, Terms
from miaohui.domain.conversation.transitions import fold
from miaohui.domain.rules.assessment import REASONS, Assessment
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.instants import DAY_MICROS, MICROSECOND, micros_of

Key = tuple[Hashable, ...]
Conversation = tuple[str, str, str]


class Grouped(msgspec.Struct, frozen=True):
    """Tallies and answered waits of one metric under one grouping."""

    tallies: Mapping[Key, Sequence[int]]
    waits: Mapping[Key, Sequence[int]]


def conversations_of(events: Iterable[Event], as_of: datetime) -> dict[Conversation, list[Event]]:
    """Events up to `as_of` by (shop, channel, conversation), repeats left out.

    A delivery belongs to the conversation of the event that it is about.
    """
    known: dict[tuple[str, str, str | None], Event] = {}
    for event in events:
        known.setdefault((event.shop, event.channel, event.source_id), event)
    conversations: dict[Conversation, list[Event]] = defaultdict(list)
    for event in known.values():
        if event.at <= as_of:
            about = known.get((event.shop, event.channel, event.payload.about))
            home = about if about is not None and is_delivery(event) else event
            conversations[event.shop, event.channel, home.conversation].append(event)
    return conversations


def grouped_live(
    conversations: Mapping[Conversation, Sequence[Event]],
    assessment: Assessment,
    as_of: datetime,
    key_of: Callable[[Conversation, Judged], Key],
) -> Grouped:
    """Tally one metric by any key of a judged sample.

    A person-day counts once for every key that holds one of its samples, judged on those alone.
    """
    tallies: dict[Key, list[int]] = defaultdict(lambda: [0] * WIDTH)
    waits: dict[Key, list[int]] = defaultdict(list)
    for conversation, events in conversations.items():
        judged = judged_samples(folded(events, assessment.terms), assessment, as_of)
        for key, day_samples in _by_key(conversation, judged, key_of, assessment).items():
            for group in day_samples:
                _tally(tallies[key], waits[key], group, assessment)
    return Grouped(tallies, waits)


def tally_of(
    conversation: Conversation, judged: Sequence[Judged], assessment: Assessment
) -> tuple[list[int], list[int]]:
    """The tally and the answered waits (microseconds) of some samples of one conversation."""
    tallies = tallies_by(conversation, judged, lambda *_: (), assessment)
    return tallies.get((), ([0] * WIDTH, []))


def tallies_by(
    conversation: Conversation,
    judged: Sequence[Judged],
    key_of: Callable[[Conversation, Judged], Key],
    assessment: Assessment,
) -> dict[Key, tuple[list[int], list[int]]]:
    """The tally and the answered waits (microseconds) of some samples of one conversation, under
    any key of a judged sample."""
    tallies: dict[Key, tuple[list[int], list[int]]] = {}
    for key, groups in _by_key(conversation, judged, key_of, assessment).items():
        tally, waits = tallies.setdefault(key, ([0] * WIDTH, []))
        for group in groups:
            _tally(tally, waits, group, assessment)
    return tallies


def folded(events: Iterable[Event], terms: Terms) -> State:
    """The state of a conversation."""
    return fold(events, terms)


def _by_key(
    conversation: Conversation,
    judged: Sequence[Judged],
    key_of: Callable[[Conversation, Judged], Key],
    assessment: Assessment,
) -> Mapping[Key, list[list[Judged]]]:
    """What is tallied as one: a sample, or for unit person the samples of one day and key."""
    groups: dict[Key, list[list[Judged]]] = defaultdict(list)
    if assessment.metric.unit != "person":
        for each in judged:
            groups[key_of(conversation, each)].append([each])
        return groups
    for _, day in groupby(judged, key=lambda each: each.day):
        of_day: dict[Key, list[Judged]] = defaultdict(list)
        for each in day:
            of_day[key_of(conversation, each)].append(each)
        for key, samples in of_day.items():
            groups[key].append(samples)
    return groups


def _tally(
    tally: list[int], waits: list[int], group: Sequence[Judged], assessment: Assessment
) -> None:
    counted = [each for each in group if each.reason is None]
    if not counted:
        reason = max(REASONS.index(each.reason) for each in group if each.reason)
        tally[EXCLUDED + reason] += 1
        return
    match assessment.metric.measure:
        case "rate":
            _tally_rate(tally, person_status(counted, assessment))
        case "unanswered_persons":
            tally[NUMERATOR] += all(each.waited is None for each in counted)
            tally[DENOMINATOR] += 1
        case "mean" | "median" | "p90":
            _tally_wait(tally, waits, counted[0], assessment.limit)


def person_status(counted: Sequence[Judged], assessment: Assessment) -> str:
    """What a person is by its counted samples; a single sample is what it is."""
    if assessment.metric.success == "first_reply_within":
        return counted[0].status
    statuses = {each.status for each in counted}
    return next(status for status in ("miss", "pending", "hit") if status in statuses)


def _tally_rate(tally: list[int], status: str) -> None:
    tally[NUMERATOR] += status == "hit"
    tally[DENOMINATOR] += status in ("hit", "miss")
    tally[PENDING] += status == "pending"


def _tally_wait(tally: list[int], waits: list[int], judged: Judged, cap: timedelta | None) -> None:
    if judged.waited is None:
        tally[UNANSWERED] += 1
    if judged.status == "pending":
        tally[PENDING] += 1
        tally[PENDING_AGE] += judged.age // MICROSECOND
        return
    waited = cap if judged.waited is None else judged.waited
    if waited is not None:
        tally[NUMERATOR] += waited // MICROSECOND
        tally[DENOMINATOR] += 1
        waits.append(waited // MICROSECOND)


def by_day(conversation: Conversation, judged: Judged) -> Key:
    """(shop, channel, local day)."""
    shop, channel, _ = conversation
    return shop, channel, judged.day


def by_account(conversation: Conversation, judged: Judged) -> Key:
    """(shop, account, local day)."""
    return conversation[0], judged.account, judged.day


def by_hour(offset: Callable[[int], int]) -> Callable[[Conversation, Judged], Key]:
    """(shop, weekday 1–7, hour 0–23) by the wall clock; `offset` gives local microseconds."""

    def key(conversation: Conversation, judged: Judged) -> Key:
        hour = offset(micros_of(judged.sample.start)) % DAY_MICROS // (DAY_MICROS // 24)
        return conversation[0], judged.day.isoweekday(), hour

    return key
