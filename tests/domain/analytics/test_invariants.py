"""The invariants of docs/metrics.md section 9 under the Pinduoduo pack; the seventh has a file of
its own, `test_comparison.py`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.domain.analytics.against_reference import PACK
from tests.domain.analytics.engines import batch_samples, newest, said_live
from tests.events import SHANGHAI, events_of, firsts, moved, renumbered
from tests.reference.nasty_logs import nasty_logs

from miaohui.domain.analytics.assembly import report_of
from miaohui.domain.analytics.encoding import facts_of
from miaohui.domain.analytics.figures import Figure
from miaohui.domain.analytics.live import conversations_of
from miaohui.domain.analytics.report import Figures, ShopReport
from miaohui.domain.analytics.samples import Judged, judged_samples
from miaohui.domain.conversation.state import State
from miaohui.domain.conversation.transitions import apply, fold
from miaohui.domain.rules.assessment import Assessment, assessments_of
from miaohui.domain.rules.pack import Pack
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.instants import micros_of
from miaohui.domain.vocabulary.kinds import KINDS, TALK, Actor, Origin

every = settings(
    max_examples=500,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
logs = nasty_logs(25).filter(bool).map(events_of)
SAID = [kind for family in TALK for kind in KINDS[family]]
BY_MACHINES = [
    (actor, origin)
    for actor in (Actor.AGENT, Actor.BOT, Actor.SYSTEM)
    for origin in (Origin.BOT, Origin.AUTO, Origin.BATCH, Origin.SYSTEM)
]
RATES = [metric for metric in PACK.metrics if metric.measure == "rate"]


def shops(
    events: Iterable[Event], as_of: datetime, pack: Pack = PACK, hourly: bool = False
) -> tuple[ShopReport, ...]:
    return report_of(facts_of(events), pack, micros_of(as_of), hourly=hourly, threads=1).shops


def some_instant(events: Sequence[Event]) -> st.SearchStrategy[datetime]:
    later = st.sampled_from([timedelta(seconds=seconds) for seconds in (0, 30, 180, 3600, 200_000)])
    told = st.sampled_from([newest(events), *(event.at for event in events)])
    return st.builds(lambda instant, by: instant + by, told, later)


# 1. A figure depends on nothing but the log up to `as_of` and the version of the pack.


@every
@given(events=logs, data=st.data())
def test_1_what_happens_after_as_of_changes_nothing(events, data):
    as_of = data.draw(some_instant(events))
    known = [event for event in firsts(events) if event.at <= as_of]
    assert shops(events, as_of, hourly=True) == shops(known, as_of, hourly=True)


@every
@given(events=logs, data=st.data())
def test_1_a_state_that_took_in_one_event_at_a_time_agrees_with_the_batch_engine(events, data):
    as_of = data.draw(some_instant(events))
    live = [
        said_live(conversation, assessment, judged)
        for conversation, told in conversations_of(events, as_of).items()
        for assessment in assessments_of(PACK)
        for judged in judged_samples(applied(told, assessment), assessment, as_of)
    ]
    assert sorted(live, key=str) == batch_samples(events, PACK, as_of)


def applied(events: Iterable[Event], assessment: Assessment) -> State:
    state = State()
    for event in events:
        state = apply(state, event, assessment.terms)
    return state


# 2. Machines' messages, cards, coupons and operations never help a human figure. Other events of
#    theirs (closed complaints, deliveries, verdicts, marks) do what they always do. The pack has no
#    rate of sessions: what anybody says may join two of them, and their samples become one.


@every
@given(events=logs, data=st.data())
def test_2_what_machines_say_raises_no_numerator_and_no_rate_without_bot_only(events, data):
    as_of = data.draw(some_instant(events))
    before, after = shops(events, as_of), shops(data.draw(with_machines(events)), as_of)
    for was, is_now in zip(before, after, strict=True):
        assert_no_better(was.total, is_now.total)
        days, accounts = by_day(is_now), {each.account: each.metrics for each in is_now.accounts}
        for day in was.days:
            assert_no_better(day.metrics, days.get(day.date, {}))
        for each in was.accounts:
            assert_no_better(each.metrics, accounts.get(each.account, {}))


def by_day(shop: ShopReport) -> Mapping[date, Figures]:
    return {day.date: day.metrics for day in shop.days}


def assert_no_better(before: Figures, after: Figures) -> None:
    for metric in PACK.metrics:
        if metric.id not in after:  # not a sample is left of the group
            continue
        was, is_now = before[metric.id], after[metric.id]
        assert is_now.numerator <= was.numerator
        if metric.measure == "rate" and not metric.needs_human:
            assert is_now == was


@st.composite
def with_machines(draw: st.DrawFn, events: Sequence[Event]) -> list[Event]:
    told = list(events)
    for number in range(draw(st.integers(1, 8))):
        beside = draw(st.sampled_from(events))
        actor, origin = draw(st.sampled_from(BY_MACHINES))
        said = replace(
            beside,
            at=beside.at + draw(st.sampled_from([timedelta(seconds=s) for s in (0, 1, -1, 1500)])),
            actor=actor,
            origin=origin,
            kind=draw(st.sampled_from(SAID)),
            source_id=f"said by a machine {number}",
            account=draw(st.sampled_from(["anna", None])),
        )
        told.insert(draw(st.integers(0, len(told))), said)
    return renumbered(told)


# 3. A duplicate (same shop, channel, source_id) changes nothing.


@every
@given(events=logs, data=st.data())
def test_3_a_repeat_changes_nothing_whatever_it_says(events, data):
    told = list(events)
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(told) - 1))
        first, other = told[place], data.draw(st.sampled_from(events))
        repeat = replace(other, shop=first.shop, channel=first.channel, source_id=first.source_id)
        told.insert(data.draw(st.integers(place + 1, len(told))), repeat)
    as_of = newest(events)
    assert newest(told) == as_of
    assert shops(renumbered(told), as_of) == shops(events, as_of)


# 4. Answering in time lowers no rate of the whole shop.


@every
@given(events=logs, data=st.data())
def test_4_answering_in_time_lowers_no_rate_but_that_of_first_rounds_and_of_bot_only(events, data):
    """`reply_60min_first` may fall: the answer ends a round, so the next message opens another
    and may be the first of a day that had none. A person may go from missed to pending, and
    a rate from 0 to null."""
    events = data.draw(with_an_open_question(events))
    as_of = newest(events) + timedelta(seconds=data.draw(st.sampled_from([0, 40, 400, 4000])))
    judged_by = data.draw(st.sampled_from([metric for metric in RATES if may_not_fall(metric.id)]))
    open_rounds = list(open_counted_rounds(events, judged_by.id, as_of))
    for last, judged in open_rounds:
        most = min(judged_by.threshold or timedelta(), as_of - judged.sample.start)
        wait = data.draw(st.sampled_from([timedelta(), most / 2, most]))
        answer = replace(
            last,
            at=judged.sample.start + wait,
            actor=Actor.AGENT,
            origin=Origin.HUMAN,
            kind="text",
            source_id="the answer",
            account=data.draw(st.sampled_from(["anna", "dora", None])),
        )
        before, after = shops(events, as_of), shops(renumbered([*events, answer]), as_of)
        was, is_now = (of_shop(shops, last.shop)[judged_by.id] for shops in (before, after))
        assert is_now.value is None or was.value is None or is_now.value >= was.value


def may_not_fall(metric: str) -> bool:
    return metric not in ("reply_3min", "reply_60min_first")


def of_shop(shops: Iterable[ShopReport], name: str) -> Mapping[str, Figure]:
    return next(each.total for each in shops if each.shop == name)


@st.composite
def with_an_open_question(draw: st.DrawFn, events: Sequence[Event]) -> list[Event]:
    beside = draw(st.sampled_from(events))
    local = newest(events).astimezone(SHANGHAI) + timedelta(days=1)
    asked = local.replace(hour=draw(st.sampled_from([7, 8, 22])), minute=59, second=30)
    told = list(events)
    for number, pause in enumerate(draw(st.lists(st.sampled_from([0, 20, 40, 2000]), min_size=1))):
        asked += timedelta(seconds=pause)
        told.append(
            replace(
                beside,
                at=asked,
                actor=Actor.BUYER,
                kind="text",
                source_id=f"open question {number}",
            )
        )
    return renumbered(told)


def open_counted_rounds(
    events: Sequence[Event], metric: str, as_of: datetime
) -> Iterator[tuple[Event, Judged]]:
    """The first sample of each open round if the metric counts it, beside an event of its chat."""
    assessment = next(each for each in assessments_of(PACK) if each.metric.id == metric)
    for (_, _, conversation), told in conversations_of(events, as_of).items():
        state = fold(told, assessment.terms)
        for judged in judged_samples(state, assessment, as_of):
            opens = judged.sample.start == state.waiting_since and not judged.sample.complaint
            if opens and judged.sample.reply is None and judged.reason is None:
                yield next(each for each in told if each.conversation == conversation), judged
                break


# 5. Moving all instants by whole days inside Asia/Shanghai moves the results.


@every
@given(events=logs, days=st.integers(-3000, 3000), data=st.data())
def test_5_moving_the_log_by_whole_days_moves_the_results_and_nothing_else(events, days, data):
    by = timedelta(days=days)
    as_of = data.draw(some_instant(events))
    here = shops(events, as_of, hourly=True)
    there = shops(moved(events, by), as_of + by, hourly=True)
    for was, is_now in zip(here, there, strict=True):
        assert moved_shop(was, by) == replace(is_now, verdicts=())


def moved_shop(shop: ShopReport, by: timedelta) -> ShopReport:
    """The report of a shop at another date; verdicts hang on dates."""
    hours = [replace(hour, weekday=(hour.weekday - 1 + by.days) % 7 + 1) for hour in shop.hours]
    return replace(
        shop,
        days=tuple(replace(day, date=day.date + by) for day in shop.days),
        hours=tuple(sorted(hours, key=lambda hour: (hour.weekday, hour.hour))),
        missed=tuple(replace(chat, started_at=chat.started_at + by) for chat in shop.missed),
        verdicts=(),
    )


# 6. A message rate never falls as T grows.


@every
@given(
    events=logs,
    data=st.data(),
    limits=st.lists(st.integers(1, 400_000_000), min_size=2, max_size=5),
)
def test_6_a_message_rate_never_falls_as_its_threshold_grows(events, data, limits):
    as_of = data.draw(some_instant(events))
    metric = next(each for each in RATES if each.unit == "message")
    rates = [
        replace(metric, id=f"within_{limit}", threshold=timedelta(microseconds=limit * 1000))
        for limit in sorted({*limits, 30_000, 180_000})
    ]
    for shop in shops(events, as_of, replace(PACK, metrics=tuple(rates), thresholds=())):
        known = [shop.total[rate.id].value for rate in rates]
        values = [value for value in known if value is not None]
        assert values == sorted(values)
