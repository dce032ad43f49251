"""What an agent understands of what a buyer wrote, and answers: from the words alone, as people
do, without knowing what the buyer has in mind."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

import msgspec

from miaohui.domain.traffic import words
from miaohui.domain.traffic.chance import Dice
from miaohui.domain.traffic.questions import QUESTIONS, Exchange

PLACE = re.compile(r"\\\{([a-z]+)\\\}")
DISCOUNTS, DAYS = (3, 5, 8, 10), (2, 3, 4, 5)


class Answer(msgspec.Struct, frozen=True):
    """What is said; `farewell`: the buyer has thanked, and that was all."""

    text: str
    farewell: bool = False


def is_spam(texts: Sequence[str]) -> bool:
    """Whether nothing but advertisements was written."""
    return bool(texts) and all(text in words.SPAM for text in texts)


def answer_to(texts: Sequence[str], earlier: Sequence[str], late: bool, dice: Dice) -> Answer:
    """An answer to what a buyer wrote since the last one, both oldest first, in the light of what
    was written `earlier`; sorry if it is `late`."""
    if texts and texts[-1] in words.THANKS:
        return Answer(dice.pick(words.GOODBYES), farewell=True)
    sorry = dice.pick(words.LATE_APOLOGIES) if late else ""
    exchange = next((each[0] for each in _understood(texts)), None)
    if exchange is None:
        return Answer(sorry + dice.pick(words.TAKING_OVER))
    said: dict[str, str] = {}
    for _, details in _understood((*earlier, *texts)):
        said |= details
    return Answer(sorry + dice.pick(exchange.answers).format_map(_filling(said, dice)))


def _understood(texts: Iterable[str]) -> Iterator[tuple[Exchange, Mapping[str, str]]]:
    """What each text is about, and the details in it; a text that says nothing is left out."""
    for text in texts:
        for pattern, exchange in _phrases():
            found = pattern.fullmatch(text)
            if found:
                yield exchange, found.groupdict()
                break


def _filling(said: Mapping[str, str], dice: Dice) -> Mapping[str, object]:
    """What the buyer said, and the rest as the shop would have it; sizes fit the height."""
    height, weight, size, larger = _figures_of(said) or dice.pick(words.FIGURES)
    usual = {
        "item": dice.pick(words.ITEMS),
        "colour": dice.pick(words.COLOURS),
        "city": dice.pick(words.CITIES),
        "height": height,
        "weight": weight,
        "size": size,
        "larger": larger,
        "days": dice.pick(DAYS),
        "discount": dice.pick(DISCOUNTS),
    }
    return {**usual, **said}


def _figures_of(said: Mapping[str, str]) -> tuple[int, int, str, str] | None:
    for place, name in ((0, "height"), (2, "size"), (3, "larger")):
        for each in words.FIGURES:
            if said.get(name) == str(each[place]):
                return each
    return None


@cache
def _phrases() -> Sequence[tuple[re.Pattern[str], Exchange]]:
    """Everything that buyers ask, with places for what differs; the most exact first."""
    exchanges = dict.fromkeys(each for question in QUESTIONS for each in question.rounds)
    asked = [(ask, exchange) for exchange in exchanges for ask in exchange.asks]
    asked.sort(key=lambda each: each[0].count("{"))
    return [(re.compile(_pattern(ask)), exchange) for ask, exchange in asked]


def _pattern(ask: str) -> str:
    return PLACE.sub(r"(?P<\1>.+?)", re.escape(ask))
