from datetime import date

import pytest

from miaohui.domain.traffic.arrivals import local_days
from miaohui.domain.traffic.columns import columns_of_shop
from miaohui.domain.traffic.plan import plan
from miaohui.domain.traffic.settings import TrafficSettings
from miaohui.domain.traffic.shops import shop_random

SETTINGS = TrafficSettings()


@pytest.mark.parametrize(
    ("shops", "days", "events", "first_day"),
    [
        (1, 1, 5_000, date(2026, 9, 7)),
        (5, 3, 10_000, date(2026, 9, 4)),
        (20, 7, 60_000, date(2026, 11, 8)),
        (3, 30, 90_000, date(2026, 6, 1)),
        (2, 2, 40_000, date(2026, 12, 12)),
    ],
)
def test_a_plan_hits_the_size_asked_for(shops, days, events, first_day):
    planned = plan(shops, days, events, first_day, seed=1)
    made = sum(
        len(
            columns_of_shop(SETTINGS, shop, local_days(first_day, days), shop_random(1, shop))["at"]
        )
        for shop in planned
    )
    assert len(planned) == shops
    assert abs(made / events - 1) < 0.1


def test_every_shop_has_a_handful_of_visits_and_the_first_has_many():
    shops = plan(1000, 30, 10_000_000, date(2026, 11, 1), seed=1)
    sizes = [shop.visits_a_day for shop in shops]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] >= 5
    assert sizes[0] > 100 * sizes[-1]
    assert len({shop.name for shop in shops}) == 1000


def test_a_log_too_small_for_a_handful_each_gives_every_shop_the_same():
    sizes = {round(shop.visits_a_day, 9) for shop in plan(50, 10, 1000, date(2026, 9, 7), seed=1)}
    assert len(sizes) == 1


def test_the_same_seed_plans_the_same_shops():
    first, again, other = (plan(9, 3, 9000, date(2026, 9, 7), seed) for seed in (1, 1, 2))
    assert first == again
    assert first != other
