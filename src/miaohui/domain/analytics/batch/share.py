"""A share of the log: some shops' conversations, walked, judged and tallied by one thread."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from miaohui.domain.analytics.batch.judge import Verdicts, judge, verdicts_for
from miaohui.domain.analytics.batch.rulings import Rulings
from miaohui.domain.analytics.batch.samples import (
    COMPLAINT,
    DAY,
    OF_COMPLAINT,
    OPENS_SESSION,
    Samples,
    room_for,
)
from miaohui.domain.analytics.batch.sheaf import Sheaf
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


@dataclass(frozen=True, slots=True)
class Cut:
    """Conversations first … last - 1 of a sheaf: whole shops."""

    first: int
    last: int


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
    """One cut, walked.

    `day_index` gives the column of a day counted from the rulings' first; samples of days that
    are not wanted are left out.
    """

    def __init__(
        self,
        sheaf: Sheaf,
        cut: Cut,
        rulings: Rulings,
        day_index: NDArray[np.int64],
        wanted_days: NDArray[np.bool_],
        as_of: int,
    ) -> None:
        low, high = int(sheaf.starts[cut.first]), int(sheaf.starts[cut.last])
        bounds = sheaf.starts[cut.first : cut.last + 1] - low
        longest = int(np.diff(bounds).max(initial=0))
        self.events = high - low
        self.rulings = rulings
        self.as_of = as_of
        self.first_conversation = cut.first
        self.samples: Samples = room_for(self.events)
        walk_all(sheaf.words[low:high], bounds, rulings.reading, scratch_for(longest), self.samples)
        self.longest = longest
        self._day_index = day_index
        self._wanted_days = wanted_days
        self.days = int(day_index[-1]) + 1
        stores = sheaf.store_of[cut.first : cut.last]
        self.first_store = int(stores[0])
        self._store = (stores - self.first_store).astype(np.int64)
        shops = sheaf.shop_of_store[stores]
        self.first_pair = int(sheaf.unassigned_of[shops[0] - 1]) + 1 if shops[0] else 0
        self._nobody = sheaf.unassigned_of[shops] - np.int32(self.first_pair)
        self.stores = int(self._store[-1]) + 1
        self.pairs = int(self._nobody[-1]) + 1

    @cached_property
    def messages(self) -> Units:
        """Every buyer message."""
        flags = self.samples.messages.flags[: self.samples.counts[MESSAGES]]
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
        """The account pair of each verdict; nobody is its shop's `unassigned`."""
        nobody = self._nobody[units.conversation] + np.int32(self.first_pair)
        return np.where(verdicts.account < 0, nobody, verdicts.account)

    def account_rows(self, verdicts: Verdicts, units: Units) -> NDArray[np.int64]:
        """The (pair, day) row of each verdict, pairs counted from the share's first."""
        rows = np.empty(len(units.messages), np.int64)
        fill_account_rows(
            verdicts.account,
            self._nobody,
            units.conversation,
            units.day_column,
            self.first_pair,
            self.days,
            rows,
        )
        return rows

    def tallied(self, metric: Metric, number: int, hourly: bool) -> Iterator[NDArray[np.int64]]:
        """Cells by (store, day), by (pair, day) and by (store, weekday, hour)."""
        units = self.units_of(metric)
        verdicts = self.judged(number, units)
        groupings = [
            (units.day_row, self.stores * self.days),
            (self.account_rows(verdicts, units), self.pairs * self.days),
        ]
        if hourly:
            groupings.append((units.hour_row, self.stores * WEEK_HOURS))
        for rows, size in groupings:
            cells = np.zeros((size, WIDTH), np.int64)
            self._add(metric, number, units, verdicts, rows, cells)
            yield cells

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
        conversation, day = table.conversation[messages], table.day[messages]
        column = self._day_index[day]
        weekday = (day.astype(np.int64) + self.rulings.reading.first_day + THURSDAY) % 7
        hour = weekday * 24 + table.of_day[messages] // HOUR
        store = self._store[conversation]
        return Units(
            messages,
            conversation,
            day,
            self.as_of - table.start[messages],
            store * self.days + column,
            store * WEEK_HOURS + hour,
            column,
        )


def success_of(metric: Metric) -> int:
    """How a person-day is judged, as `tally_people` takes it."""
    if metric.measure == "unanswered_persons":
        return NONE_ANSWERED
    return FIRST_REPLY if metric.success == "first_reply_within" else ALL_MESSAGES
