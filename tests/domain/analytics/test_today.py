"""The running figures of a day are the report's, at every instant and in whatever order events
arrive."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from tests.domain.analytics.packs import made_up
from tests.domain.analytics.small_packs import metric, small_pack
from tests.domain.analytics.test_engines_agree import seeded_log
from tests.events import SHANGHAI, asks, at, chat, firsts, replies

from miaohui.adapters.pack_files.library import load_pack
from miaohui.domain.analytics.assembly import report_of
from miaohui.domain.analytics.behind import Verdict
from miaohui.domain.analytics.encoding import facts_of
from miaohui.domain.analytics.figures import Figure
from miaohui.domain.analytics.today import Today
from miaohui.domain.conversation.state import Terms
from miaohui.domain.conversation.transitions import fold
from miaohui.domain.rules.assessment import assessments_of
from miaohui.domain.rules.pack import DateRange, Pack
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.instants import local_day, micros_of

BUILT_IN = ["pdd", "taobao", "jd", "douyin", "kuaishou", "xiaohongshu", "wechat_shop", "neutral"]


def reported(events: Sequence[Event], pack: Pack, day, now) -> dict[str, object]:
    """The figures of each shop's day, of each account's and of each hour's, by the batch engine."""
    report = report_of(facts_of(events), pack, micros_of(now), DateRange(day, day), threads=1)
    return {
        shop.shop: (
            shop.total,
            {each.account: each.metrics for each in shop.accounts},
            {each.hour: each.metrics for each in shop.hours},
        )
        for shop in report.shops
    }


def tell_states(today: Today, events: Sequence[Event], terms: Terms) -> None:
    """As somebody tells them who folds each conversation on its own, as events name it."""
    for conversation in {(event.shop, event.channel, event.conversation) for event in events}:
        own = [
            each for each in events if (each.shop, each.channel, each.conversation) == conversation
        ]
        today.know(conversation, terms, fold(own, terms))


def settled(today: Today, shop: str, now: datetime) -> Today:
    """A day in which all that changed until now is judged."""
    for _ in today.settle(shop, now, 10):
        pass
    return today


def check(events: Sequence[Event], pack: Pack, chance: random.Random) -> None:
    """Hear the events in the order of the log, looking now and then."""
    assessments = assessments_of(pack)
    zone = assessments[0].terms.zone
    day = local_day(chance.choice(events).at, zone)
    today = Today(assessments, day)
    looks = sorted(
        chance.choice(events).at + timedelta(seconds=chance.choice([0, 0, 30, 181, 4_000]))
        for _ in range(4)
    )
    heard = 0
    for now in looks:
        upto = chance.randint(heard, len(events))
        today.hear(events[heard:upto])
        heard = upto
        if chance.random() < 0.5:
            tell_states(today, events[:heard], assessments[0].terms)
        settling = [today.settle(each.shop, now, 2) for each in chance.choices(events, k=3)]
        for _ in range(chance.randint(0, 12)):
            next(chance.choice(settling), None)
        expected = reported(events[:heard], pack, day, now)
        for shop in today.shops():
            if shop in expected:
                total, accounts, hours = expected[shop]
                assert settled(today, shop, now).figures(shop) == total, (shop, now)
                by_hour = today.hours(shop).rates
                rates = {
                    name: {it.hour: it.figure for it in each.hours}
                    for name, each in by_hour.items()
                }
                assert rates == rates_by_hour(pack, hours), (shop, now)
                told = {name: today.figures(shop, name) for name in today.accounts(shop)}
                assert {name: told[name] for name in accounts} == accounts, (shop, now)
                assert all(map(_is_empty, (told[name] for name in told.keys() - accounts)))
    today.hear(events[heard:])
    last = max([*looks, *(event.at for event in firsts(events))])
    expected = {shop: total for shop, (total, *_) in reported(events, pack, day, last).items()}
    shops = today.shops()
    assert {shop: settled(today, shop, last).figures(shop) for shop in shops} == expected


def rates_by_hour(pack: Pack, hours) -> dict[str, dict[int, Figure]]:
    """Those hours alone in which a rate has anything at all."""
    rates = [each.id for each in pack.metrics if each.measure == "rate"]
    found: dict[str, dict[int, Figure]] = {each: {} for each in rates}
    for hour, metrics in hours.items():
        for name, figure in metrics.items():
            if name in found and not _is_empty({name: figure}):
                found[name][hour] = figure
    return found


@pytest.mark.parametrize("name", BUILT_IN)
def test_running_figures_are_the_reports_under_every_built_in_pack(name):
    pack = load_pack(name)
    for seed in range(40):
        chance = random.Random(f"today {name} {seed}")
        check(seeded_log(chance), pack, chance)


def test_the_chats_behind_a_figure_are_those_that_make_it():
    pack = small_pack(metric())
    told = chat(
        *(asks("10:00:00", buyer="quick"), replies("10:00:10", buyer="quick")),
        *(asks("10:10:00", buyer="late"), replies("10:20:00", buyer="late")),
        *(asks("11:59:00", buyer="open"), asks("11:00:00", buyer="never")),
        *(asks("11:30:00", buyer="late"), replies("11:30:05", buyer="late")),
    )
    now = at("12:00:00")
    today = Today(assessments_of(pack), local_day(now, SHANGHAI))
    today.hear(told)
    settled(today, "tea", now)

    def behind(verdict: Verdict | None, hour: int | None = None) -> list[str]:
        return [name for _, _, name in today.behind("tea", "reply", verdict, hour)]

    assert behind(Verdict.MISSED) == ["late", "never"]
    assert behind(Verdict.HIT) == ["late", "quick"]
    assert behind(Verdict.PENDING) == ["open"]
    assert behind(None) == ["open", "late", "never", "quick"]
    assert behind(Verdict.MISSED, hour=10) == ["late"]
    assert behind(Verdict.HIT, hour=11) == ["late"]
    assert behind(Verdict.EXCLUDED) == today.behind("tea", "none", None, None) == []


@pytest.mark.parametrize("run", range(3))
def test_running_figures_are_the_reports_under_seeded_packs(run):
    for seed in range(run * 60, run * 60 + 60):
        chance = random.Random(f"today {seed}")
        events, pack = seeded_log(chance), made_up(chance.choice)
        check(events, pack, chance)


def _is_empty(figures: dict[str, Figure]) -> bool:
    """Nothing counted: somebody whose samples have become another's."""
    return not any(
        each.numerator or each.denominator or each.pending or any(each.excluded.values())
        for each in figures.values()
    )
