"""The running figures of one local day, kept up to date event by event.

The same samples, judged by the same rules as the report's, so that screen and report cannot
disagree. Only conversations that changed, or in which a clock runs, are judged again.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime

import numpy as np
from msgspec.structs import replace

from miaohui.domain.analytics.behind import Verdict, has_any
from miaohui.domain.analytics.day_part import NOTHING, Part
from miaohui.domain.analytics.figures import Figure
from miaohui.domain.analytics.hours import DayHours, HourTotals, by_hours, day_hours
from miaohui.domain.analytics.live import Conversation, tallies_by, tally_of
from miaohui.domain.analytics.samples import Judged, judged_samples
from miaohui.domain.analytics.tallies import WIDTH, figure_of
from miaohui.domain.analytics.waits import percentile
from miaohui.domain.conversation.deliveries import is_delivery
from miaohui.domain.conversation.state import State, Terms
from miaohui.domain.conversation.transitions import fold
from miaohui.domain.rules.assessment import Assessment
from miaohui.domain.rules.local_times import day_span
from miaohui.domain.vocabulary.events import Event

PERCENTS = {"median": 50, "p90": 90}
NEVER = datetime.max.replace(tzinfo=UTC)
Waits = Sequence[Sequence[int]]  # of each metric, in microseconds


class Today:
    """The figures of one day, for every shop whose events it hears.

    For a conversation it must hear everything that ever happened in it; `now` never goes back.
    """

    def __init__(self, assessments: Sequence[Assessment], day: date) -> None:
        self.day = day
        self._assessments = assessments
        spans = [day_span(each.terms.zone, day) for each in assessments]
        self._begins = min((begins for begins, _ in spans), default=NEVER)
        self.ends = max((ends for _, ends in spans), default=NEVER)
        self._known: dict[tuple[str, str, str], Conversation] = {}
        self._histories: dict[Conversation, list[Event]] = {}
        self._states: dict[Conversation, tuple[Terms, State]] = {}
        # Deliveries whose message has not been heard yet, by what they are about.
        self._early: dict[tuple[str, str, str], list[tuple[Conversation, Event]]] = {}
        self._parts: dict[Conversation, Part] = {}
        self._changed: dict[str, set[Conversation]] = defaultdict(set)
        self._running: dict[str, set[Conversation]] = defaultdict(set)
        self._totals: dict[tuple[str, str | None], list[list[int]]] = {}
        # The waits of a shop (None) or of an account in it, by the conversations that have any.
        self._waits: dict[tuple[str, str | None], dict[Conversation, Waits]] = defaultdict(dict)
        self._hours = HourTotals(assessments)
        self._moved: set[tuple[str, str]] = set()

    def hear(self, events: Iterable[Event]) -> None:
        """Take events in, in the order of the log; one heard before changes nothing."""
        for event in events:
            key = (event.shop, event.channel, event.source_id)
            if key not in self._known:
                self._take(event, key)

    def know(self, conversation: Conversation, terms: Terms, state: State) -> None:
        """What somebody else has folded of a conversation already: it need not be done again."""
        self._states[conversation] = terms, state

    def settle(self, shop: str, now: datetime, at_once: int) -> Iterator[None]:
        """Judge again whatever changed until now, with a pause after so many conversations."""
        for number, conversation in enumerate(self._stale(shop, now), 1):
            self._judge(conversation, now)
            if number % at_once == 0:
                yield

    def figures(self, shop: str, account: str | None = None) -> dict[str, Figure]:
        """Every metric of the day of a shop, or of one account in it, as judged last; empty figures
        for one unheard of."""
        totals = self._totals.get((shop, account)) or self._nothing()
        return {
            each.metric.id: figure_of(each.metric, total, self._rank(shop, account, number, each))
            for number, (each, total) in enumerate(zip(self._assessments, totals, strict=True))
        }

    def accounts(self, shop: str) -> Sequence[str]:
        """Every account that has anything in the shop's day as judged last, `unassigned` included;
        sorted."""
        return sorted(account for each, account in self._totals if each == shop and account)

    def hours(self, shop: str) -> DayHours:
        """Every rate of the shop's day by the hours in which its samples began, as judged last."""
        return day_hours(self._assessments, self.day, self._hours.figures(shop))

    def behind(
        self, shop: str, metric: str, verdict: Verdict | None, hour: int | None
    ) -> list[Conversation]:
        """The conversations that a figure is made of, those with the newest events first; `hour`:
        of a rate, only what began in it."""
        numbers = [at for at, each in enumerate(self._assessments) if each.metric.id == metric]
        found = [
            conversation
            for conversation, part in self._parts.items()
            if conversation[0] == shop
            for number in numbers
            if (tally := part.tally(number, hour)) is not None
            if has_any(tally, self._assessments[number].metric, verdict)
        ]
        return sorted(found, key=lambda each: self._histories[each][-1].at, reverse=True)

    def moved(self) -> set[tuple[str, str]]:
        """Whose figures changed since this was asked last: shops and accounts."""
        moved, self._moved = self._moved, set()
        return moved

    def shops(self) -> Sequence[str]:
        """Every shop heard of, sorted."""
        return sorted({shop for shop, _, _ in self._histories})

    def _take(self, event: Event, key: tuple[str, str, str]) -> None:
        home = self._home(event)
        self._known[key] = home
        self._add(home, event)
        for stray, early in self._early.pop(key, ()):
            if stray != home:
                self._histories[stray].remove(early)
                self._changed[stray[0]].add(stray)
                self._known[early.shop, early.channel, early.source_id] = home
                self._add(home, early)

    def _home(self, event: Event) -> Conversation:
        """A delivery belongs to the conversation of the event that it is about."""
        own = (event.shop, event.channel, event.conversation)
        if not is_delivery(event) or event.payload.about is None:
            return own
        about = (event.shop, event.channel, event.payload.about)
        if about not in self._known:
            self._early.setdefault(about, []).append((own, event))
        return self._known.get(about, own)

    def _add(self, conversation: Conversation, event: Event) -> None:
        self._histories.setdefault(conversation, []).append(event)
        self._changed[conversation[0]].add(conversation)

    def _stale(self, shop: str, now: datetime) -> list[Conversation]:
        running = (each for each in self._running[shop] if not self._parts[each].holds(now))
        return list(self._changed[shop].union(running))

    def _judge(self, conversation: Conversation, now: datetime) -> None:
        shop, *_ = conversation
        self._changed[shop].discard(conversation)
        before, part = self._parts.get(conversation, NOTHING), self._judged(conversation, now)
        self._move(shop, before, -1)
        self._move(shop, part, 1)
        self._keep_waits(conversation, before, part)
        self._parts[conversation] = part
        running = part.ages or part.lost_at is not None or part.heard_at is not None
        (self._running[shop].add if running else self._running[shop].discard)(conversation)

    def _judged(self, conversation: Conversation, now: datetime) -> Part:
        history = self._histories[conversation]
        coming = min((event.at for event in history if event.at > now), default=None)
        states: dict[Terms, State] = {}
        tallies: dict[str | None, list[list[int]]] = defaultdict(self._nothing)
        waits: dict[str | None, list[list[int]]] = defaultdict(
            lambda: [[] for _ in self._assessments]
        )
        hours: dict[int, Mapping[int, Sequence[int]]] = {}
        lost = list[datetime]()
        ages = False
        for number, each in enumerate(self._assessments):
            state = states.get(each.terms)
            if state is None:
                state = self._state(conversation, each.terms, now, coming)
                states[each.terms] = state = self._of_the_day(state)
            judged = [it for it in judged_samples(state, each, now) if it.day == self.day]
            for account, (tally, waited) in _by_account(conversation, judged, each):
                tallies[account][number] = tally
                waits[account][number] = waited if each.metric.measure in PERCENTS else []
            if judged and each.metric.measure == "rate":
                hours[number] = by_hours(conversation, judged, each)
            pending = [it for it in judged if it.status == "pending"]
            ages |= bool(pending) and each.metric.measure != "rate"
            lost += _lost_at(pending, each)
        return Part(tallies, waits, min(lost, default=None), coming, ages, hours)

    def _state(
        self, conversation: Conversation, terms: Terms, now: datetime, coming: datetime | None
    ) -> State:
        """The conversation as known at `now`: as somebody else folded it, if of the same events."""
        history = self._histories[conversation]
        given_terms, state = self._states.get(conversation, (None, State()))
        if given_terms == terms and coming is None and _same_events(state.history, history):
            return state
        return fold((event for event in history if event.at <= now), terms)

    def _of_the_day(self, state: State) -> State:
        """The state with only those rounds and standings that the day's samples are made of."""
        rounds, standings = state.rounds, state.standings
        first = bisect_left(rounds, self._begins, key=lambda each: each.messages[-1].at)
        begun = bisect_left(standings, self._begins, key=lambda each: each.at)
        return replace(state, rounds=rounds[first:], standings=standings[begun:])

    def _move(self, shop: str, part: Part, sign: int) -> None:
        for account, tallies in part.tallies.items():
            if account is not None:
                self._moved.add((shop, account))
            totals = self._totals.setdefault((shop, account), self._nothing())
            for total, tally in zip(totals, tallies, strict=True):
                for column, value in enumerate(tally):
                    total[column] += sign * value
        self._hours.move(shop, part.hours, sign)

    def _keep_waits(self, conversation: Conversation, before: Part, after: Part) -> None:
        shop, *_ = conversation
        for account in before.waits.keys() - after.waits.keys():
            self._waits[shop, account].pop(conversation, None)
        for account, waits in after.waits.items():
            if any(waits):
                self._waits[shop, account][conversation] = waits
            else:
                self._waits[shop, account].pop(conversation, None)

    def _nothing(self) -> list[list[int]]:
        return [[0] * WIDTH for _ in self._assessments]

    def _rank(
        self, shop: str, account: str | None, number: int, assessment: Assessment
    ) -> int | None:
        percent = PERCENTS.get(assessment.metric.measure)
        if percent is None:
            return None
        kept = self._waits.get((shop, account), {})
        waits = [wait for each in kept.values() for wait in each[number]]
        return percentile(np.sort(np.array(waits, np.int64)), percent)


def _same_events(one: Sequence[Event], other: Sequence[Event]) -> bool:
    """By their places in the log, in whatever order."""
    seqs = [sum(event.seq for event in each) for each in (one, other)]
    return len(one) == len(other) and seqs[0] == seqs[1]


def _lost_at(pending: Iterable[Judged], assessment: Assessment) -> Iterator[datetime]:
    if assessment.limit is not None:
        for each in pending:
            yield each.sample.start + assessment.limit


def _by_account(
    conversation: Conversation, judged: Sequence[Judged], assessment: Assessment
) -> Iterator[tuple[str | None, tuple[list[int], list[int]]]]:
    """The tallies of the shop and of each account; they are the same where only one has any."""
    by_account = tallies_by(conversation, judged, lambda _, each: (each.account,), assessment)
    for (account,), tally in by_account.items():
        yield str(account), tally
    if len(by_account) == 1:
        yield None, next(iter(by_account.values()))
    elif judged:
        yield None, tally_of(conversation, judged, assessment)
