"""The seventh invariant of docs/metrics.md section 9: two packs compared sample by sample."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.domain.analytics.against_reference import PACK
from tests.domain.analytics.engines import live_samples, newest
from tests.domain.analytics.packs import OWN, WORDS, packs
from tests.events import asks, at, chat, events_of, replies
from tests.reference.nasty_logs import nasty_logs

from miaohui.adapters.pack_files.library import load_pack
from miaohui.domain.analytics.comparison import SampleDifference, compared, rules_changed
from miaohui.domain.analytics.live import conversations_of
from miaohui.domain.conversation.replies import ReplyClass
from miaohui.domain.rules.pack import DateRange, Metric, Overlay, Pack, Window
from miaohui.domain.vocabulary.events import Event

OLD = load_pack("pdd@2018.1")
every = settings(
    max_examples=500,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
logs = nasty_logs(20).filter(bool).map(events_of)


def differences(
    events: list[Event], old: Pack, new: Pack, as_of: datetime
) -> list[SampleDifference]:
    return list(compared(conversations_of(events, as_of), old, new, as_of))


def with_metrics(pack: Pack, change: Callable[[Metric], Metric]) -> Pack:
    return replace(pack, metrics=tuple(change(metric) for metric in pack.metrics))


def with_terms(pack: Pack, **terms: timedelta) -> Pack:
    return replace(pack, conversation=replace(pack.conversation, **terms))


def with_calendars(pack: Pack, **changes: object) -> Pack:
    return replace(pack, calendars=tuple(replace(each, **changes) for each in pack.calendars))


def longer(metric: Metric) -> Metric:
    return replace(metric, threshold=metric.threshold and metric.threshold * 2)


def capped(metric: Metric) -> Metric:
    has_cap = metric.unanswered == "cap"
    return replace(metric, cap=timedelta(seconds=77)) if has_cap else metric


def other_success(metric: Metric) -> Metric:
    other = {"all_messages_within": "first_reply_within", "first_reply_within": None}
    success = other.get(metric.success or "")
    return replace(metric, success=success) if success else metric


def with_a_festival(pack: Pack) -> Pack:
    every_metric = tuple(metric.id for metric in pack.metrics)
    day = (DateRange(date(2026, 11, 1), date(2026, 11, 2)),)
    festival = Overlay("new_festival", WORDS, "exempt", day, every_metric, OWN)
    return replace(pack, overlays=(*pack.overlays, festival))


def with_other_replies(pack: Pack) -> Pack:
    classes = (replace(each, counts=_turned(each.counts)) for each in pack.reply_classes)
    return replace(pack, reply_classes=tuple(classes))


def _turned(replies: ReplyClass) -> ReplyClass:
    return replace(replies, bots_count=not replies.bots_count)


CHANGES: dict[str, Callable[[Pack], Pack]] = {
    "threshold": lambda pack: with_metrics(pack, longer),
    "cap": lambda pack: with_metrics(pack, capped),
    "success": lambda pack: with_metrics(pack, other_success),
    "perspective": lambda pack: with_metrics(
        pack,
        lambda metric: replace(
            metric, perspective="agent" if metric.perspective == "shop" else "shop"
        ),
    ),
    "needs_human": lambda pack: with_metrics(
        pack, lambda metric: replace(metric, needs_human=not metric.needs_human)
    ),
    "complaints": lambda pack: with_metrics(
        pack, lambda metric: replace(metric, complaints=metric.unit == "round")
    ),
    "exclude": lambda pack: with_metrics(pack, lambda metric: replace(metric, exclude=())),
    "reply_class": with_other_replies,
    "session_gap": lambda pack: with_terms(pack, session_gap=timedelta(minutes=10)),
    "burst_gap": lambda pack: with_terms(pack, burst_gap=timedelta(seconds=5)),
    "timezone": lambda pack: replace(pack, pack=replace(pack.pack, timezone="Pacific/Auckland")),
    "calendar": lambda pack: with_calendars(pack, windows=(Window("08:00", "22:00"),)),
    "overlay": with_a_festival,
}


@every
@given(events=logs, pack=packs())
def test_7_the_same_pack_twice_differs_in_no_sample(events, pack):
    assert differences(events, pack, pack, newest(events)) == []


@every
@given(events=logs, pack=packs(), rule=st.sampled_from(sorted(CHANGES)))
def test_7_every_difference_names_the_rule_that_was_changed(events, pack, rule):
    changed = CHANGES[rule](pack)
    for difference in differences(events, pack, changed, newest(events)):
        assert difference.rules == (rule,)
        assert difference.old != difference.new


@every
@given(events=logs, pair=st.sampled_from([(OLD, PACK), (PACK, OLD)]) | st.tuples(packs(), packs()))
def test_7_every_difference_between_any_two_packs_names_a_rule(events, pair):
    old, new = pair
    for difference in differences(events, old, new, newest(events)):
        assert difference.rules == rules_changed(old, new)[difference.metric] != ()


@pytest.mark.parametrize("rule", sorted(CHANGES))
def test_a_changed_rule_is_told_for_every_metric_that_it_touches(rule):
    told = rules_changed(PACK, CHANGES[rule](PACK))
    assert set(told) == {metric.id for metric in PACK.metrics}
    assert {name for names in told.values() for name in names} <= {rule}
    if rule != "cap":
        assert any(told.values())


def test_a_longer_threshold_turns_a_miss_into_a_hit_and_says_so():
    events = chat(asks("10:00:00"), replies("10:04:00"))
    changed = CHANGES["threshold"](PACK)
    [found] = [
        each
        for each in differences(events, PACK, changed, at("11:00:00"))
        if each.metric == "reply_3min_round"
    ]
    assert (found.old.status, found.new.status) == ("miss", "hit")
    assert (found.shop, found.channel, found.conversation) == ("tea", "webchat", "li")


def test_a_sample_that_only_one_pack_has_is_told_with_nothing_beside_it():
    events = chat(asks("10:00:00"), replies("10:00:10"), asks("10:15:00"), replies("10:15:10"))
    changed = CHANGES["session_gap"](PACK)
    [found] = differences(events, PACK, changed, at("11:00:00"))
    assert (found.metric, found.old, found.rules) == ("first_response", None, ("session_gap",))


def test_of_two_messages_at_the_same_instant_each_difference_is_told():
    without_drafts = ReplyClass(assisted_counts_as="bot")
    classes = tuple(replace(each, counts=without_drafts) for each in PACK.reply_classes)
    changed = replace(PACK, reply_classes=classes)
    events = chat(
        asks("10:00:00"),
        replies("10:00:00", origin="assisted"),
        asks("10:00:00"),
        replies("10:01:00"),
    )
    as_of = at("11:00:00")
    waits = [
        [said.waited for said in live_samples(events, pack, as_of) if said.metric == "reply_30s"]
        for pack in (PACK, changed)
    ]
    assert waits == [[0, 60_000_000], [60_000_000, 60_000_000]]
    found = differences(events, PACK, changed, as_of)
    assert [each.old.waited_seconds for each in found if each.metric == "reply_30s"] == [0.0]
