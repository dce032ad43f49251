"""KPIs of efficiency beside the reply rates (docs/metrics.md section 11), by shop."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta

import numba
import numpy as np
from numpy.typing import NDArray

from miaohui.domain.analytics.batch.bound import Bound, alike, bound_for
from miaohui.domain.analytics.batch.judge import COUNTED, Verdicts
from miaohui.domain.analytics.batch.samples import DAY, NEVER
from miaohui.domain.analytics.batch.share import Share, Units, walked
from miaohui.domain.analytics.batch.walk import SESSIONS
from miaohui.domain.analytics.facts import Facts
from miaohui.domain.analytics.figures import Figure
from miaohui.domain.rules.assessment import Assessment, assessment_of
from miaohui.domain.rules.pack import DateRange, Indicator, Metric, Pack
from miaohui.domain.vocabulary.instants import MICROSECOND

AT_ONCE = timedelta(microseconds=1)
ShopFigures = dict[str, dict[str, Figure]]


def indicators_of(facts: Facts, pack: Pack, as_of: int, wanted: DateRange) -> ShopFigures:
    """Every indicator of the pack: shop → indicator id → figure."""
    found: ShopFigures = defaultdict(dict)
    indicators = {each.id: each for each in pack.indicators}
    for group in alike(_assessment(pack, each) for each in pack.indicators):
        bound = bound_for(facts, group, as_of, wanted)
        for share in walked(bound):
            for number, assessment in enumerate(group):
                indicator = indicators[assessment.metric.id]
                for shop, figure in _measured(share, bound, number, indicator).items():
                    found[shop][indicator.id] = figure
    return found


def _assessment(pack: Pack, indicator: Indicator) -> Assessment:
    """Its counted rounds, and which of them waited longer than the limit."""
    return assessment_of(
        pack,
        Metric(
            id=indicator.id,
            label=indicator.label,
            unit="round",
            measure="rate",
            display=indicator.display,
            better="higher",
            provenance=indicator.provenance,
            threshold=indicator.limit or AT_ONCE,
            calendar=indicator.calendar,
            reply_class=indicator.reply_class,
        ),
    )


def _measured(
    share: Share, bound: Bound, number: int, indicator: Indicator
) -> Mapping[str, Figure]:
    units = share.rounds
    verdicts = share.judged(number, units)
    shops = bound.shops.of_store[units.day_row // share.days + share.first_store]
    return {
        bound.shops.names[shop]: _figure(share, bound, units, verdicts, shops == shop, indicator)
        for shop in np.unique(shops)
    }


def _figure(
    share: Share,
    bound: Bound,
    units: Units,
    verdicts: Verdicts,
    of_shop: NDArray[np.bool_],
    indicator: Indicator,
) -> Figure:
    counted = of_shop & (verdicts.reason == COUNTED)
    persons = _persons(units, counted)
    limit = (indicator.limit or timedelta()) // MICROSECOND
    if indicator.measure == "reply_persons":
        answered = counted & (verdicts.waited != NEVER)
        return _ratio(len(_persons(units, answered)), len(persons))
    if indicator.measure == "slow_receptions":
        waited = np.where(verdicts.waited == NEVER, units.age, verdicts.waited)
        return _count(len(_persons(units, counted & (waited > limit))), len(persons))
    return _of_sessions(share, bound, persons, indicator.measure, limit)


def _persons(units: Units, chosen: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The different (conversation, day) among the chosen rounds."""
    return np.unique(_person(units.conversation[chosen], units.day[chosen]))


def _person(conversation: NDArray[np.int32], day: NDArray[np.int32]) -> NDArray[np.int64]:
    return conversation.astype(np.int64) << 32 | day


def _of_sessions(
    share: Share, bound: Bound, persons: NDArray[np.int64], measure: str, limit: int
) -> Figure:
    """Over the sessions of counted persons: those that start on one of their days."""
    count = share.samples.counts[SESSIONS]
    sessions = share.samples.sessions
    person = _person(sessions.conversation[:count], _day_of(sessions.first[:count], bound))
    chosen = np.flatnonzero(np.isin(person, persons))
    first, last = sessions.first[chosen], sessions.last[chosen]
    match measure:
        case "long_receptions":
            return _count(len(np.unique(person[chosen][last - first > limit])), len(persons))
        case "question_answer_ratio":
            return _ratio(int(sessions.says[chosen].sum()), int(sessions.asks[chosen].sum()))
        case "concurrent_chats":
            return _count(_most_at_once(first, last), len(chosen))
        case _:
            return _resolved(share, bound, chosen[sessions.sample[chosen] >= 0], limit)


def _day_of(instants: NDArray[np.int64], bound: Bound) -> NDArray[np.int32]:
    """Local days, counted as the rulings count them."""
    reading = bound.rulings.reading
    at = np.maximum(np.searchsorted(reading.starts, instants, side="right") - 1, 0)
    return ((instants + reading.offsets[at]) // DAY - reading.first_day).astype(np.int32)


def _most_at_once(first: NDArray[np.int64], last: NDArray[np.int64]) -> int:
    """The largest number of sessions open at one instant, both ends included."""
    if not len(first):
        return 0
    starts, ends = np.sort(first), np.sort(last)
    opened = np.arange(1, len(starts) + 1)
    return int((opened - np.searchsorted(ends, starts, side="left")).max())


def _resolved(share: Share, bound: Bound, chosen: NDArray[np.int64], limit: int) -> Figure:
    sessions = share.samples.sessions
    asked_next = _next_ask(share)[chosen]
    last = sessions.last[chosen]
    returned = (asked_next != NEVER) & (asked_next - last < limit)
    pending = bound.as_of - last < limit
    resolved, decided = int((~returned & ~pending).sum()), int((~pending).sum())
    return _ratio(resolved, decided, int(pending.sum()))


def _next_ask(share: Share) -> NDArray[np.int64]:
    """When the buyer next wrote after each session; NEVER if not."""
    count = share.samples.counts[SESSIONS]
    following = np.empty(count, np.int64)
    sessions = share.samples.sessions
    _fill_next_ask(sessions.conversation, sessions.first_ask, following)
    return following


@numba.njit(cache=True, nogil=True)
def _fill_next_ask(
    conversation: NDArray[np.int32], first_ask: NDArray[np.int64], following: NDArray[np.int64]
) -> None:
    nearest = np.int64(NEVER)
    for row in range(len(following) - 1, -1, -1):
        if row + 1 < len(following) and conversation[row] != conversation[row + 1]:
            nearest = np.int64(NEVER)
        following[row] = nearest
        if first_ask[row] != NEVER:
            nearest = first_ask[row]


def _ratio(numerator: int, denominator: int, pending: int = 0) -> Figure:
    everything = denominator + pending
    return Figure(
        numerator / denominator if denominator else None,
        numerator,
        denominator,
        pending,
        numerator / everything if everything else None,
        (numerator + pending) / everything if everything else None,
        {},
    )


def _count(number: int, among: int) -> Figure:
    value = number if among else None
    return Figure(value, number, among, 0, value, value, {})
