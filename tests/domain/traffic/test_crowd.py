"""Buyers alone wait for whoever answers, go on, and are forgotten when nobody does."""

from collections import Counter
from random import Random

import pytest

from miaohui.domain.traffic.arrivals import HOUR
from miaohui.domain.traffic.crowd import AT_THE_DOOR, Crowd
from miaohui.domain.traffic.deeds import Deed
from miaohui.domain.traffic.settings import NuisanceSettings, TrafficSettings
from miaohui.domain.traffic.shops import ShopTraffic

SHOP = ShopTraffic(name="shop", visits_a_day=100, agents=3)
NO_SPAM = TrafficSettings(nuisance=NuisanceSettings(spam=0))
START = 1_800_000_000_000
SAYS = {Deed.BUYER_TEXT, Deed.BUYER_EMOJI, Deed.BUYER_IMAGE}
PEOPLES = {Deed.AGENT_TEXT, Deed.BOT_GREETING, Deed.AUTO_GREETING, Deed.ASSIGNED, Deed.CLOSED}


def crowd(visits: float = 60, seed: int = 1) -> Crowd:
    return Crowd(NO_SPAM, SHOP, Random(seed), START, visits)


def played(buyers: Crowd, hours: float, answers_after: int | None) -> list[tuple]:
    """What buyers did in so many hours; each message is answered so long after it, or never."""
    rows: list[tuple] = []
    due: list[tuple[int, int]] = []
    for at in range(START, START + int(hours * HOUR), 1_000):
        new = buyers.until(at)
        rows += new
        if answers_after is not None:
            due += [(row[0] + answers_after, row[2]) for row in new if row[3] in SAYS]
            for when, chat in [each for each in due if each[0] <= at]:
                due.remove((when, chat))
                buyers.answered(chat, at)
    return rows


def test_buyers_come_at_the_rate_that_was_asked_for():
    rows = played(crowd(visits=60), 4, 20_000)
    assert 180 <= len({row[2] for row in rows}) <= 300


def test_some_are_at_the_door_when_it_opens():
    rows = crowd(visits=1).until(START + 60_000)
    assert len({row[2] for row in rows}) >= AT_THE_DOOR - 1


def test_whoever_is_answered_goes_on_and_leaves():
    buyers = crowd()
    rows = played(buyers, 3, 20_000)
    said = Counter(row[2] for row in rows if row[3] == Deed.BUYER_TEXT)
    assert max(said.values()) >= 4
    assert {row[3] for row in rows} >= {Deed.ORDER_PLACED, Deed.RATED_5}
    assert buyers.here < 20


def test_whoever_is_not_answered_asks_again_and_is_forgotten():
    buyers = crowd()
    rows = played(buyers, 6, None)
    texts = buyers.book.texts
    again = {texts[number] for number in buyers.book.asking_again}
    assert any(row[3] == Deed.BUYER_TEXT and texts[row[5]] in again for row in rows)
    assert buyers.here < 200
    assert {row[3] for row in rows} & {Deed.ORDER_PLACED, Deed.RATED_5} == set()


def test_the_shops_own_people_and_bot_are_not_played():
    rows = played(crowd(), 3, 20_000)
    assert {row[3] for row in rows} & PEOPLES == set()


def test_an_answer_while_the_buyer_still_writes_ends_nothing():
    buyers = crowd(visits=200)
    first = next(row for row in buyers.until(START + HOUR) if row[3] == Deed.BUYER_TEXT)
    buyers.answered(first[2], first[0] - 1)
    assert buyers.here > 0


def test_an_answer_for_nobody_changes_nothing():
    left, right = crowd(), crowd()
    left.answered(999_999, START)
    assert left.until(START + HOUR) == right.until(START + HOUR)


@pytest.mark.parametrize("seed", range(3))
def test_rows_come_in_time_order_and_once(seed):
    rows = played(crowd(seed=seed), 2, 30_000)
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
    assert len({row[1] for row in rows}) == len(rows)
