"""The chats that were lost and how long rounds waited, by shop."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from miaohui.domain.analytics.batch.bound import Bound
from miaohui.domain.analytics.batch.judge import COUNTED, MISS, PENDING, Verdicts
from miaohui.domain.analytics.batch.samples import NEVER
from miaohui.domain.analytics.batch.share import Share, Units, walked
from miaohui.domain.analytics.report import MissedChat, Waits
from miaohui.domain.analytics.waits import waits_of
from miaohui.domain.vocabulary.instants import SECOND_MICROS, instant_of
from miaohui.domain.vocabulary.kinds import UNASSIGNED


@dataclass(slots=True)
class ShopMisses:
    """One shop's waits, its newest missed rounds and how many there are."""

    waits: Waits | None = None
    missed: list[MissedChat] = field(default_factory=list)
    missed_total: int = 0


def misses_of(bound: Bound, number: int, most: int) -> Mapping[str, ShopMisses]:
    """Waits and misses under the round rate with this number; at most `most` listed a shop."""
    found: dict[str, ShopMisses] = defaultdict(ShopMisses)
    metric = bound.assessments[number].metric
    line = int((metric.threshold or timedelta()).total_seconds())
    for share in walked(bound):
        units = share.units_of(metric)
        verdicts = share.judged(number, units)
        shops = bound.shops.of_store[units.day_row // share.days + share.first_store]
        for shop in np.unique(shops):
            rows = np.flatnonzero((shops == shop) & (verdicts.reason == COUNTED))
            name = bound.shops.names[shop]
            found[name].waits = _waits(verdicts, rows, line)
            lost = rows[verdicts.status[rows] == MISS]
            newest = lost[np.argsort(units.age[lost], kind="stable")][:most]
            found[name].missed = _chats(bound, share, units, verdicts, newest)
            found[name].missed_total = len(lost)
    return found


def _waits(verdicts: Verdicts, rows: NDArray[np.int64], line: int) -> Waits:
    waited = verdicts.waited[rows]
    unanswered = (waited == NEVER) & (verdicts.status[rows] != PENDING)
    return waits_of(waited[waited != NEVER], int(unanswered.sum()), line)


def _chats(
    bound: Bound, share: Share, units: Units, verdicts: Verdicts, rows: NDArray[np.int64]
) -> list[MissedChat]:
    pairs = share.pairs_of(verdicts, units)
    return [_chat(bound, share, units, verdicts, int(row), int(pairs[row])) for row in rows]


def _chat(
    bound: Bound, share: Share, units: Units, verdicts: Verdicts, row: int, pair: int
) -> MissedChat:
    place = share.first_conversation + int(units.conversation[row])
    store = share.first_store + int(units.day_row[row]) // share.days
    waited = int(verdicts.waited[row])
    answered = waited != NEVER
    return MissedChat(
        channel=bound.facts.stores[store][1],
        conversation=str(bound.facts.names[place]),
        account=bound.shops.pairs[pair][1] or UNASSIGNED,
        started_at=instant_of(bound.as_of - int(units.age[row])),
        waited_seconds=(waited if answered else int(units.age[row])) / SECOND_MICROS,
        answered=answered,
    )
