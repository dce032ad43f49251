from collections import defaultdict
from datetime import date, timedelta
from random import Random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miaohui.domain.traffic.arrivals import local_days
from miaohui.domain.traffic.columns import columns_of_shop
from miaohui.domain.traffic.play import play_shop
from miaohui.domain.traffic.settings import NuisanceSettings, TrafficSettings
from miaohui.domain.traffic.shops import ShopTraffic, shop_random
from miaohui.domain.vocabulary.events import Event, from_wire, to_wire
from miaohui.domain.vocabulary.instants import micros_of
from miaohui.domain.vocabulary.interchange import COLUMNS, PAYLOAD_COLUMNS
from miaohui.domain.vocabulary.kinds import Actor, Origin, family_of

from .waits import is_reply

FIRST_DAY = date(2026, 11, 9)
SHOP = ShopTraffic(name="shop-0001", visits_a_day=120, agents=3, chats_at_once=4)


def traffic(
    shop: ShopTraffic = SHOP,
    days: int = 3,
    seed: int = 1,
    settings: TrafficSettings | None = None,
) -> list[Event]:
    chosen = settings or TrafficSettings()
    return list(play_shop(chosen, shop, local_days(FIRST_DAY, days), shop_random(seed, shop)))


shops = st.builds(
    ShopTraffic,
    name=st.sampled_from(["shop-0001", "青禾女装"]),
    visits_a_day=st.floats(0, 60),
    agents=st.integers(1, 9),
    chats_at_once=st.integers(1, 5),
    has_bot=st.booleans(),
    pace=st.floats(0.3, 20),
    absence=st.floats(0, 5),
)
seeds = st.integers(0, 2**40)


def test_the_same_seed_plays_the_same_traffic():
    assert traffic() == traffic()


def test_another_seed_plays_other_traffic():
    assert traffic(seed=1) != traffic(seed=2)


def test_a_shop_plays_the_same_whatever_was_played_before():
    other = msgspec.structs.replace(SHOP, name="shop-0002")
    alone = traffic(other)
    traffic(SHOP, seed=5)
    assert traffic(other) == alone
    assert shop_random(1, SHOP).random() != shop_random(1, other).random()


def test_a_longer_period_begins_like_a_shorter_one():
    short = traffic(days=1)
    assert traffic(days=3)[: len(short)] == short


def test_the_global_source_of_chance_is_left_alone():
    days = local_days(FIRST_DAY, 1)
    first = list(play_shop(TrafficSettings(), SHOP, days, Random(7)))
    assert first == list(play_shop(TrafficSettings(), SHOP, days, Random(7)))


@settings(max_examples=60, deadline=None)
@given(shops, seeds, st.integers(1, 4), st.booleans())
def test_every_event_is_valid_unique_and_in_time_order(shop, seed, days, deliveries):
    events = traffic(shop, days, seed, TrafficSettings(deliveries=deliveries))
    assert all(from_wire(to_wire(event)) == event for event in events)
    assert all(family_of(event.kind) for event in events)
    assert all(event.shop == shop.name and event.seq == 0 for event in events)
    assert len({event.source_id for event in events}) == len(events)
    assert events == sorted(events, key=lambda event: event.at)


@settings(max_examples=60, deadline=None)
@given(shops, seeds)
def test_nobody_ever_answers_with_more_chats_than_their_limit(shop, seed):
    held: dict[str | None, set[str]] = defaultdict(set)
    for event in traffic(shop, 3, seed):
        match event.kind:
            case "assigned":
                held[event.account].add(event.conversation)
            case "transferred":
                held[event.payload.by].remove(event.conversation)
                held[event.account].add(event.conversation)
            case "unassigned" | "closed":
                held[event.account].remove(event.conversation)
        assert all(len(chats) <= shop.chats_at_once for chats in held.values())
        assert not is_reply(event) or event.conversation in held[event.account]


@settings(max_examples=40, deadline=None)
@given(shops, seeds)
def test_what_is_about_an_event_comes_after_it(shop, seed):
    seen: set[str] = set()
    for event in traffic(shop, 3, seed, TrafficSettings(deliveries=True)):
        assert event.payload.about is None or event.payload.about in seen
        seen.add(event.source_id)


@settings(max_examples=40, deadline=None)
@given(shops, seeds, st.integers(1, 3), st.booleans())
def test_columns_tell_the_same_as_events(shop, seed, days, deliveries):
    chosen = TrafficSettings(deliveries=deliveries)
    table = columns_of_shop(chosen, shop, local_days(FIRST_DAY, days), shop_random(seed, shop))
    events = traffic(shop, days, seed, chosen)
    assert list(table["at"]) == [micros_of(event.at) for event in events]
    for name in COLUMNS + PAYLOAD_COLUMNS:
        if name in table and name != "at":
            assert list(table[name]) == [word_of(event, name) for event in events], name


def word_of(event: Event, column: str) -> str | None:
    return getattr(event, column) if hasattr(event, column) else getattr(event.payload, column)


def test_a_conversation_belongs_to_one_buyer_for_ever():
    buyers = defaultdict(set)
    for event in traffic(days=5):
        buyers[event.conversation].add(event.buyer)
    assert all(len(names) == 1 for names in buyers.values())


def test_some_buyers_come_back_on_later_days():
    days = defaultdict(set)
    for event in traffic(days=6):
        if event.actor is Actor.BUYER and event.kind == "text":
            days[event.conversation].add((event.at + timedelta(hours=8)).date())
    assert 0.05 < sum(len(d) > 1 for d in days.values()) / len(days) < 0.4


def test_deliveries_are_off_until_asked_for():
    kinds = {event.kind for event in traffic()}
    assert "delivery.confirmed" not in kinds
    delivered = traffic(days=8, settings=TrafficSettings(deliveries=True))
    sent = [e for e in delivered if e.kind == "text" and e.actor in (Actor.AGENT, Actor.BOT)]
    told = {e.payload.about for e in delivered if e.kind.startswith("delivery.")}
    assert any(e.kind == "delivery.failed" for e in delivered)
    assert sum(event.source_id in told for event in sent) / len(sent) > 0.99


def test_everything_a_shop_lives_through_happens():
    quiet = msgspec.structs.replace(SHOP, visits_a_day=400, has_bot=False)
    nuisance = NuisanceSettings(staff=0.01, malicious=0.01)
    events = [
        *traffic(quiet, 10, settings=TrafficSettings(nuisance=nuisance)),
        *traffic(msgspec.structs.replace(SHOP, visits_a_day=400), 10),
    ]
    kinds = {event.kind for event in events}
    assert {"assigned", "transferred", "closed", "reopened", "human_requested"} <= kinds
    assert {"spam.reported", "spam.confirmed", "spam.rejected", "buyer.marked"} <= kinds
    assert {"order.placed", "order.signed", "refund.succeeded", "complaint.opened"} <= kinds
    assert {"coupon", "card.product", "op.address_review", "rating.given"} <= kinds
    assert {event.origin for event in events} == set(Origin)
    marks = {event.payload.mark for event in events}
    assert {"staff_or_test_account", "malicious_user"} <= marks


@pytest.mark.parametrize("visits", [0, 0.2])
def test_a_shop_without_buyers_is_silent_or_nearly(visits: float):
    assert len(traffic(msgspec.structs.replace(SHOP, visits_a_day=visits))) < 60
