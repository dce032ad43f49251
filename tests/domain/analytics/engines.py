"""What both engines say of a log, in a form that can be held against each other."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from tests.events import firsts

from miaohui.domain.analytics.batch.bound import Bound, alike, bound_for
from miaohui.domain.analytics.batch.engine import measure
from miaohui.domain.analytics.batch.judge import COUNTED, Verdicts
from miaohui.domain.analytics.batch.samples import COMPLAINT, NEVER
from miaohui.domain.analytics.batch.share import Share, Units, shares_of
from miaohui.domain.analytics.encoding import facts_of
from miaohui.domain.analytics.groups import gathered
from miaohui.domain.analytics.live import Conversation, by_hour, conversations_of, grouped_live
from miaohui.domain.analytics.percentiles import PERCENTS, percentiles_of
from miaohui.domain.analytics.samples import Judged, judged_samples
from miaohui.domain.conversation.transitions import fold
from miaohui.domain.rules.assessment import REASONS, Assessment, assessments_of
from miaohui.domain.rules.calendar import offsets_of
from miaohui.domain.rules.pack import Pack
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.instants import MICROSECOND, micros_of
from miaohui.domain.vocabulary.kinds import UNASSIGNED

STATUSES = ("hit", "miss", "pending", "answered", "unanswered")
GROUPINGS = ("total", "days", "accounts", "channels", "hours")


class Said(NamedTuple):
    """One sample and what an engine says of it; durations in microseconds."""

    metric: str
    shop: str
    channel: str
    conversation: str
    age: int
    complaint: bool
    status: str
    reason: str | None
    waited: int | None
    account: str


Told = tuple[str, str, str, Hashable]  # metric, shop, grouping, key
Counts = tuple[dict[Told, list[int]], dict[Told, int]]  # tallies and waits at a percentile


def newest(events: Iterable[Event]) -> datetime:
    """`as_of` unless another is given."""
    return max(event.at for event in firsts(events))


def live_samples(events: Sequence[Event], pack: Pack, as_of: datetime) -> list[Said]:
    """Every sample as the live engine judges it."""
    conversations = conversations_of(events, as_of)
    return sorted(
        (
            said_live(conversation, assessment, judged)
            for assessment in assessments_of(pack)
            for conversation, told in conversations.items()
            for judged in judged_samples(fold(told, assessment.terms), assessment, as_of)
        ),
        key=str,
    )


def said_live(conversation: Conversation, assessment: Assessment, judged: Judged) -> Said:
    """A judged sample."""
    return Said(
        assessment.metric.id,
        *conversation,
        judged.age // MICROSECOND,
        judged.sample.complaint,
        judged.status,
        judged.reason,
        None if judged.waited is None else judged.waited // MICROSECOND,
        judged.account,
    )


def batch_samples(
    events: Sequence[Event], pack: Pack, as_of: datetime, share_events: int = 250_000
) -> list[Said]:
    """Every sample as the batch engine judges it, taking so many events at once."""
    facts = facts_of(events)
    bounds = [bound_for(facts, group, micros_of(as_of)) for group in alike(assessments_of(pack))]
    found = (
        said
        for bound in bounds
        for share in _shares(bound, share_events)
        for said in _said_by_share(bound, share)
    )
    return sorted(found, key=str)


def _shares(bound: Bound, share_events: int) -> Iterator[Share]:
    for cut in shares_of(bound, share_events):
        yield Share(bound, cut)


def _said_by_share(bound: Bound, share: Share) -> Iterator[Said]:
    for number, assessment in enumerate(bound.assessments):
        units = share.units_of(assessment.metric)
        verdicts = share.judged(number, units)
        pairs = share.pairs_of(verdicts, units)
        for row in range(len(units.messages)):
            account = bound.shops.pairs[int(pairs[row])][1] or UNASSIGNED
            yield _said_by_batch(bound, share, assessment, units, verdicts, row, account)


def _said_by_batch(
    bound: Bound,
    share: Share,
    assessment: Assessment,
    units: Units,
    verdicts: Verdicts,
    row: int,
    account: str,
) -> Said:
    place = share.first_conversation + int(units.conversation[row])
    store = share.first_store + int(units.day_row[row]) // share.days
    reason, waited = int(verdicts.reason[row]), int(verdicts.waited[row])
    return Said(
        assessment.metric.id,
        *bound.facts.stores[store],
        bound.facts.names[place],
        int(units.age[row]),
        bool(share.samples.messages.flags[units.messages[row]] & COMPLAINT),
        STATUSES[verdicts.status[row]] if reason == COUNTED else "excluded",
        None if reason == COUNTED else REASONS[reason],
        None if waited == NEVER else waited,
        account,
    )


def live_counts(events: Sequence[Event], pack: Pack, as_of: datetime) -> Counts:
    """Tallies and percentiles of every grouping, as the live engine has them."""
    conversations = conversations_of(events, as_of)
    tallies: dict[Told, list[int]] = {}
    ranks: dict[Told, int] = {}
    for assessment in assessments_of(pack):
        metric = assessment.metric
        for grouping, key_of in _keys(events, assessment).items():
            grouped = grouped_live(conversations, assessment, as_of, key_of)
            for key, tally in grouped.tallies.items():
                shop, *rest = key
                if any(tally):
                    tallies[metric.id, str(shop), grouping, _key(rest)] = list(tally)
            for key, waits in grouped.waits.items():
                shop, *rest = key
                if waits and metric.measure in PERCENTS:
                    told = (metric.id, str(shop), grouping, _key(rest))
                    ranks[told] = _nearest_rank(waits, PERCENTS[metric.measure])
    return tallies, ranks


def _keys(events: Sequence[Event], assessment: Assessment):
    first, last = min(event.at for event in events), max(event.at for event in events)
    a_day = timedelta(days=1)
    offsets = offsets_of(assessment.terms.zone, micros_of(first - a_day), micros_of(last + a_day))
    return {
        "total": lambda conversation, _: (conversation[0], None),
        "days": lambda conversation, judged: (conversation[0], judged.day),
        "accounts": lambda conversation, judged: (conversation[0], judged.account),
        "channels": lambda conversation, _: (conversation[0], conversation[1]),
        "hours": by_hour(offsets.local),
    }


def _key(rest: list[Hashable]) -> Hashable:
    return rest[0] if len(rest) == 1 else tuple(rest)


def _nearest_rank(waits: Sequence[int], percent: int) -> int:
    """The smallest wait that at least so many percent do not exceed."""
    return next(
        wait
        for wait in sorted(waits)
        if sum(each <= wait for each in waits) * 100 >= percent * len(waits)
    )


def batch_counts(events: Sequence[Event], pack: Pack, as_of: datetime) -> Counts:
    """Tallies and percentiles of every grouping, as the batch engine has them."""
    facts, known = facts_of(events), micros_of(as_of)
    assessments = assessments_of(pack)
    tallies: dict[Told, list[int]] = {}
    ranks: dict[Told, int] = {}
    shops = gathered(measure(facts, assessments, known, hourly=True, threads=1))
    for shop, groups in shops.items():
        for grouping in GROUPINGS:
            for key, by_metric in getattr(groups, grouping).items():
                for metric, tally in by_metric.items():
                    tallies[metric, shop, grouping, key] = list(tally)
    for group in alike(assessments):
        ranks |= _ranks(bound_for(facts, group, known))
    return tallies, ranks


def _ranks(bound: Bound) -> dict[Told, int]:
    found: dict[Told, int] = defaultdict(int)
    for shop, groupings in percentiles_of(bound).items():
        for grouping, keys in groupings.items():
            for key, by_metric in keys.items():
                for metric, rank in by_metric.items():
                    if rank is not None:
                        found[metric, shop, grouping, key] = rank
    return found
