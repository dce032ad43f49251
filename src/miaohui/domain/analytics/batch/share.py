"""A share of the log: some shops' conversations, walked, judged and tallied by one thread."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property, partial

import numba
import numpy as np
from numpy.typing import NDArray

from miaohui.domain.analytics.batch.bound import Bound
from miaohui.domain.analytics.batch.judge import Verdicts, judge, verdicts_for
from miaohui.domain.analytics.batch.roles import roles_of
from miaohui.domain.analytics.batch.samples import (
    COMPLAINT,
    DAY,
    OF_COMPLAINT,
    OPENS_SESSION,
    Messages,
    Samples,
    room_for,
)
from miaohui.domain.analytics.batch.sheaf import bind
from miaohui.domain.analytics.batch.tally import (
    ALL_MESSAGES,
    FIRST_REPLY,
    NONE_ANSWERED,
    PERSON_WIDTH,
    fill_account_rows,
    tally_people,
    tally_samples,
)
from miaohui.domain.analytics.batch.walk import (
    MESSAGES,
    ROUNDS,
    scratch_for,
    walk_all,
)
from miaohui.domain.analytics.tallies import WIDTH
from miaohui.domain.rules.pack import Metric

HOUR = DAY // 24
WEEK_HOURS = 168
THURSDAY = 3  # the weekday of 1970-01-01, Monday being 0
SHARE_EVENTS = 250_000  # what one thread takes at once: its samples stay near the caches


@dataclass(frozen=True, slots=True)
class Cut:
    """Shops first … last - 1 of a log."""

    first: int
    last: int


def shares_of(bound: Bound, most_events: int = SHARE_EVENTS) -> Iterator[Cut]:
    """The log cut between shops."""
    rows = bound.facts.rows[bound.shops.stores]
    first = 0
    for shop in range(1, len(rows)):
        if rows[shop] - rows[first] >= most_events or shop == len(rows) - 1:
            yield Cut(first, shop)
            first = shop


def walked(bound: Bound, threads: int = 2) -> Iterator["Share"]:
    """Every share of the log, walked, in order of shop."""
    cuts = list(shares_of(bound))
    with ThreadPoolExecutor(threads) as pool:
        for first in range(0, len(cuts), threads):
            yield from pool.map(partial(Share, bound), cuts[first : first + threads])


@dataclass(frozen=True, slots=True)
class Units:
    """The samples that metrics of one unit judge: their messages, and where they add to."""

    messages: NDArray[np.int32]
    conversation: NDArray[np.int32]
    day: NDArray[np.int32]
    age: NDArray[np.int64]
    day_row: NDArray[np.int64]
    hour_row: NDArray[np.int64]
    day_column: NDArray[np.int64]


class Share:
    """Some shops of a log, walked. Stores, conversations and pairs are counted from the first of
    these shops; days are the columns of `bound.days`."""

    def __init__(self, bound: Bound, cut: Cut) -> None:
        shops = bound.shops
        first, last = int(shops.stores[cut.first]), int(shops.stores[cut.last])
        facts = bound.facts.of_stores(first, last)
        sheaf = bind(
            facts, roles_of(facts, bound.how, bound.as_of), shops, cut.first, cut.last, bound.as_of
        )
        self.rulings = bound.rulings
        self.as_of = bound.as_of
        self.events = len(facts.at)
        self.days = max(len(bound.days), 1)
        self.first_store, self.stores = first, last - first
        self.first_conversation = int(bound.facts.conversations[first])
        self.first_pair = int(shops.first_pairs[cut.first])
        self.pairs = int(shops.first_pairs[cut.last]) - self.first_pair
        self.longest = int(np.diff(sheaf.starts).max(initial=0))
        self.samples: Samples = room_for(len(sheaf.words))
        walk_all(
            sheaf.words,
            sheaf.starts,
            bound.rulings.reading,
            scratch_for(self.longest),
            self.samples,
        )
        self._store = np.repeat(np.arange(self.stores), np.diff(facts.conversations))
        nobody = shops.first_pairs[shops.of_store[first:last] + 1] - 1 - self.first_pair
        self._nobody = nobody[self._store].astype(np.int32)
        self._day_index = bound.day_index
        self._wanted_days = bound.wanted_days

    @cached_property
    def messages(self) -> Units:
        """Every buyer message."""
        count = self.samples.counts[MESSAGES]
        flags = self.samples.messages.flags[:count]
        return self._units(np.flatnonzero(flags & COMPLAINT == 0).astype(np.int32))

    @cached_property
    def rounds(self) -> Units:
        """The first message of every round."""
        return self._of_rounds(0, OF_COMPLAINT)

    @cached_property
    def rounds_and_complaints(self) -> Units:
        """Rounds, and each opened complaint."""
        return self._of_rounds(0, 0)

    @cached_property
    def sessions(self) -> Units:
        """The first round that starts in each session."""
        return self._of_rounds(OPENS_SESSION, OF_COMPLAINT)

    def units_of(self, metric: Metric) -> Units:
        """What a metric judges."""
        if metric.unit == "message" or metric.success == "all_messages_within":
            return self.messages
        if metric.unit == "session":
            return self.sessions
        return self.rounds_and_complaints if metric.complaints else self.rounds

    def judged(self, number: int, units: Units) -> Verdicts:
        """The verdicts of the metric with this number among the rulings."""
        verdicts = verdicts_for(len(units.messages))
        judge(
            units.messages,
            self.samples.messages,
            self.samples.rounds,
            self.rulings.each[number],
            self.as_of,
            verdicts,
        )
        return verdicts

    def pairs_of(self, verdicts: Verdicts, units: Units) -> NDArray[np.int32]:
        """The pair of each verdict among all of the log; nobody is its shop's last."""
        nobody = self._nobody[units.conversation]
        return np.where(verdicts.account < 0, nobody, verdicts.account) + self.first_pair

    def account_rows(self, verdicts: Verdicts, units: Units) -> NDArray[np.int64]:
        """The (pair, day) row of each verdict, pairs counted from the share's first."""
        rows = np.empty(len(units.messages), np.int64)
        fill_account_rows(
            verdicts.account,
            self._nobody,
            units.conversation,
            units.day_column,
            self.days,
            rows,
        )
        return rows

    def tallied(self, metrics: Sequence[Metric], hourly: bool) -> Iterator[NDArray[np.int64]]:
        """Cells [rows, metrics, tallies.WIDTH] by (store, day), by (pair, day) and by (store,
        weekday, hour), of which there are none unless asked for."""
        sizes = (
            self.stores * self.days,
            self.pairs * self.days,
            self.stores * WEEK_HOURS * hourly,
        )
        tables = [np.zeros((size, len(metrics), WIDTH), np.int64) for size in sizes]
        for number, metric in enumerate(metrics):
            units = self.units_of(metric)
            verdicts = self.judged(number, units)
            groupings = (units.day_row, self.account_rows(verdicts, units), units.hour_row)
            for rows, table in zip(groupings, tables, strict=True):
                if len(table):
                    self._add(metric, number, units, verdicts, rows, table[:, number])
        yield from tables

    def _add(
        self,
        metric: Metric,
        number: int,
        units: Units,
        verdicts: Verdicts,
        rows: NDArray[np.int64],
        cells: NDArray[np.int64],
    ) -> None:
        if metric.unit != "person":
            tally_samples(verdicts, rows, units.age, self.rulings.each[number], cells)
            return
        people = np.empty((max(self.longest, 1), PERSON_WIDTH), np.int64)
        tally_people(
            verdicts, rows, units.conversation, units.day, success_of(metric), people, cells
        )

    def _of_rounds(self, wanted: int, unwanted: int) -> Units:
        count = self.samples.counts[ROUNDS]
        flags = self.samples.rounds.flags[:count]
        chosen = (flags & wanted == wanted) & (flags & unwanted == 0)
        return self._units(self.samples.rounds.first[:count][chosen])

    def _units(self, messages: NDArray[np.int32]) -> Units:
        table = self.samples.messages
        messages = messages[self._wanted_days[table.day[messages]]]
        count = len(messages)
        units = Units(
            messages,
            np.empty(count, np.int32),
            np.empty(count, np.int32),
            *(np.empty(count, np.int64) for _ in range(4)),
        )
        _fill_units(
            table,
            messages,
            self.as_of,
            self.rulings.reading.first_day,
            self.days,
            self._store,
            self._day_index,
            units.conversation,
            units.day,
            units.age,
            units.day_row,
            units.hour_row,
            units.day_column,
        )
        return units


@numba.njit(cache=True, nogil=True)
def _fill_units(
    table: Messages,
    messages: NDArray[np.int32],
    as_of: int,
    first_day: int,
    days: int,
    store_of: NDArray[np.int64],
    day_index: NDArray[np.int64],
    conversation: NDArray[np.int32],
    day: NDArray[np.int32],
    age: NDArray[np.int64],
    day_row: NDArray[np.int64],
    hour_row: NDArray[np.int64],
    day_column: NDArray[np.int64],
) -> None:
    conversations, table_day, of_day, start = (
        table.conversation,
        table.day,
        table.of_day,
        table.start,
    )
    for index in range(len(messages)):
        message = messages[index]
        conversation[index], day[index] = conversations[message], table_day[message]
        store, column = store_of[conversation[index]], day_index[day[index]]
        weekday = (day[index] + first_day + THURSDAY) % 7
        age[index] = as_of - start[message]
        day_row[index], day_column[index] = store * days + column, column
        hour_row[index] = store * WEEK_HOURS + weekday * 24 + of_day[message] // HOUR


def success_of(metric: Metric) -> int:
    """How a person-day is judged, as `tally_people` takes it."""
    if metric.measure == "unanswered_persons":
        return NONE_ANSWERED
    return FIRST_REPLY if metric.success == "first_reply_within" else ALL_MESSAGES
