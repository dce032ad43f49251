"""When visits begin: the shape of a day, of a week, and of the shopping festivals."""

from datetime import date, timedelta

from miaohui.domain.traffic.chance import Dice, choices
from miaohui.domain.traffic.settings import ArrivalSettings, Promotion
from miaohui.domain.vocabulary.instants import EPOCH_DAY

HOUR = 3_600_000
DAY = 24 * HOUR


def local_days(first_day: date, count: int) -> tuple[date, ...]:
    """`count` local days from the first on."""
    return tuple(first_day + timedelta(days=n) for n in range(count))


def midnight(settings: ArrivalSettings, day: date) -> int:
    """The first instant of a local day, in milliseconds since 1970 UTC."""
    return (day - EPOCH_DAY).days * DAY - settings.utc_offset_minutes * 60_000


def day_weight(settings: ArrivalSettings, day: date) -> float:
    """How many times the visits of an ordinary day this day has."""
    weight = settings.weekdays[day.weekday()]
    promotion = promotion_on(settings, day)
    return weight * promotion.factor if promotion else weight


def hour_weights(settings: ArrivalSettings, day: date) -> tuple[float, ...]:
    """The 24 weights of the day's hours."""
    promotion = promotion_on(settings, day)
    if promotion is None or not _starts(promotion, day):
        return settings.hours
    rush = tuple(weight * promotion.midnight for weight in settings.hours[:2])
    return rush + settings.hours[2:]


def promotion_on(settings: ArrivalSettings, day: date) -> Promotion | None:
    """The festival that a day belongs to."""
    return next((p for p in settings.promotions if _covers(p, day)), None)


def arrivals_on(settings: ArrivalSettings, visits_a_day: float, day: date, dice: Dice) -> list[int]:
    """The instants at which the day's visits begin, in no order; their number barely varies."""
    start = midnight(settings, day)
    hours = choices(hour_weights(settings, day))
    count = dice.rounded(visits_a_day * day_weight(settings, day))
    return [start + dice.draw(hours) * HOUR + int(dice.random() * HOUR) for _ in range(count)]


def _covers(promotion: Promotion, day: date) -> bool:
    return any(_starts(promotion, day - timedelta(days=n)) for n in range(promotion.days))


def _starts(promotion: Promotion, day: date) -> bool:
    return (day.month, day.day) == (promotion.month, promotion.day)
