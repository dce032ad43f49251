from collections import Counter
from datetime import date, timedelta

import msgspec
import pytest

from miaohui.domain.traffic.arrivals import local_days
from miaohui.domain.traffic.play import play_shop
from miaohui.domain.traffic.questions import QUESTIONS
from miaohui.domain.traffic.settings import TrafficSettings
from miaohui.domain.traffic.shops import ShopTraffic, shop_random
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.kinds import Actor

from .waits import bot_only_people, is_buyer_message, message_rate, person_rate, waits_of

SHOP = ShopTraffic(name="shop-0001", visits_a_day=600, agents=4, chats_at_once=5)


def week(shop: ShopTraffic) -> list[Event]:
    days = local_days(date(2026, 9, 7), 7)
    return list(play_shop(TrafficSettings(), shop, days, shop_random(1, shop)))


@pytest.fixture(scope="module")
def events() -> list[Event]:
    return week(SHOP)


def people_rate(events: list[Event]) -> float:
    bot_only = bot_only_people(events)
    return person_rate((w for w in waits_of(events) if w.conversation not in bot_only), 180)


def test_six_to_nine_of_ten_people_are_answered_within_three_minutes(events):
    assert 0.6 < people_rate(events) < 0.9


def test_a_third_to_two_thirds_of_messages_are_answered_within_thirty_seconds(events):
    assert 0.3 < message_rate(waits_of(events), 30) < 0.6


def test_too_few_people_answer_fewer_buyers_in_time(events):
    thin = week(msgspec.structs.replace(SHOP, agents=1))
    assert people_rate(thin) < people_rate(events) - 0.05


def test_misses_gather_in_the_evening_peak_and_outside_the_shifts(events):
    waits = waits_of(events)
    asked = Counter(wait.hour for wait in waits)
    missed = Counter(wait.hour for wait in waits if wait.seconds > 180)
    calm = sum(missed[h] for h in range(9, 19)) / sum(asked[h] for h in range(9, 19))
    assert missed[8] / asked[8] > 2 * calm
    assert (missed[20] + missed[21]) / 2 > 1.5 * sum(missed[h] for h in range(9, 19)) / 10


def test_a_bot_serves_some_people_all_by_itself(events):
    people = {event.conversation for event in events if is_buyer_message(event)}
    assert 0.05 < len(bot_only_people(events)) / len(people) < 0.15


def test_a_person_and_day_has_about_ten_events(events):
    days = {(event.conversation, (event.at + timedelta(hours=8)).date()) for event in events}
    assert 8 < len(events) / len(days) < 12


def test_every_text_is_filled_in_and_every_message_says_something(events):
    for event in events:
        assert event.kind != "text" or event.payload.text
        assert "{" not in (event.payload.text or "")


def test_parcels_are_shipped_and_signed_for_by_day(events):
    hours = {
        (event.at + timedelta(hours=8)).hour
        for event in events
        if event.kind in ("order.shipped", "order.signed")
    }
    assert min(hours) == 8


def test_a_size_recommended_is_the_size_of_the_measures_told(events):
    told: dict[str, str] = {}
    checked = 0
    for event in events:
        text = event.payload.text or ""
        if event.actor is Actor.BUYER and "穿什么码" in text:
            told[event.conversation] = text
        elif "建议您拍" in text and event.conversation in told:
            height, weight = text.split("亲,")[-1].split("斤")[0].split("cm ")
            assert f"身高{height}体重{weight}斤" in told[event.conversation]
            checked += 1
    assert checked > 10


def test_every_question_has_answers_to_all_its_rounds():
    for question in QUESTIONS:
        assert question.rounds
        assert all(exchange.asks and exchange.answers for exchange in question.rounds)
