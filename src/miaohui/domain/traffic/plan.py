"""How many shops of which size make a log of the size wanted."""

from collections.abc import Sequence
from datetime import date
from math import ceil
from random import Random

from miaohui.domain.traffic.arrivals import day_weight, local_days
from miaohui.domain.traffic.settings import TrafficSettings
from miaohui.domain.traffic.shops import ShopTraffic

HANDFUL = 5.0
ZIPF = 0.9

# Measured on plays of the default settings and kept true by a test: events of a visit on its
# own day, and the later ones (shipped, signed, refunded …), of which the last days lack some.
EVENTS_AT_ONCE = 9.5
EVENTS_LATER = 1.2
DAYS_UNTIL_LATER = 2.5

PEAK_SHARE_OF_DAY = 0.1
HOURS_HELD = 0.1
SHARE_THERE = 0.5


def plan(
    shops: int,
    days: int,
    events: int,
    first_day: date,
    seed: int,
    settings: TrafficSettings | None = None,
) -> list[ShopTraffic]:
    """Shops whose traffic on `days` local days adds up to about `events`.

    Sizes fall like Zipf's; every shop has at least a handful of visits a day, or the mean
    where the events do not suffice for that. Names are `shop-0001` … in order of size.
    """
    random = Random(f"{seed}:plan")  # noqa: S311  believable, not secret
    visits = events / _events_of_a_visit(days)
    ordinary_days = _ordinary_days(settings or TrafficSettings(), first_day, days)
    sizes = _sizes(shops, visits / ordinary_days)
    return [_shop(number, size, random) for number, size in enumerate(sizes, start=1)]


def _events_of_a_visit(days: int) -> float:
    return EVENTS_AT_ONCE + EVENTS_LATER * days / (days + DAYS_UNTIL_LATER)


def _ordinary_days(settings: TrafficSettings, first_day: date, days: int) -> float:
    return sum(day_weight(settings.arrivals, day) for day in local_days(first_day, days))


def _sizes(shops: int, visits_a_day: float) -> Sequence[float]:
    floor = min(HANDFUL, visits_a_day / shops)
    shares = [1 / number**ZIPF for number in range(1, shops + 1)]
    scale = (visits_a_day - floor * shops) / sum(shares)
    return [floor + scale * share for share in shares]


def _shop(number: int, visits_a_day: float, random: Random) -> ShopTraffic:
    chats_at_once = random.choice((4, 5, 6, 8))
    pace = 0.8 + 0.8 * random.random()
    staffing = 0.65 + 0.85 * random.random()
    peak_chats = visits_a_day * PEAK_SHARE_OF_DAY * HOURS_HELD * pace
    return ShopTraffic(
        name=f"shop-{number:04d}",
        visits_a_day=visits_a_day,
        agents=max(1, ceil(peak_chats * staffing / (chats_at_once * SHARE_THERE))),
        chats_at_once=chats_at_once,
        has_bot=random.random() < 0.7,
        pace=pace,
        absence=0.4 + 1.6 * random.random(),
    )
