"""A shop's phrase book: every text it may need, rendered once, and the dialogues as numbers."""

from collections.abc import Sequence

import msgspec

from miaohui.domain.traffic import words
from miaohui.domain.traffic.chance import Dice
from miaohui.domain.traffic.deeds import Deed
from miaohui.domain.traffic.questions import QUESTIONS, Exchange, Question

FILLINGS_PER_WEIGHT = 2

Phrases = tuple[int, ...]


class Round(msgspec.Struct, frozen=True, gc=False):
    """One round of a dialogue; `answers` and `late_answers` say the same, the latter sorry."""

    asks: Phrases
    answers: Phrases
    late_answers: Phrases
    deed: Deed | None


class Dialogue(msgspec.Struct, frozen=True):
    """What one visit is about."""

    topic: str
    after_sale: bool
    bot_knows: bool
    rounds: tuple[Round, ...]


class Book(msgspec.Struct, frozen=True):
    """`texts` by number; the rest are numbers of texts."""

    texts: Sequence[str]
    dialogues: Sequence[Dialogue]
    hellos: Phrases
    emojis: Phrases
    asking_again: Phrases
    thanks: Phrases
    goodbyes: Phrases
    wanting_people: Phrases
    bot_greetings: Phrases
    bot_menus: Phrases
    aways: Phrases
    auto_greetings: Phrases
    taking_over: Phrases
    more_from_agent: Phrases
    shipped_notices: Phrases
    spam: Phrases
    reviews: Phrases
    complaints: Phrases


def book_of(dice: Dice) -> Book:
    """Write a shop's phrase book; common questions fill more of its pages."""
    pages = _Pages()
    dialogues = [
        _dialogue(pages, question, dice)
        for question in QUESTIONS
        for _ in range(question.weight * FILLINGS_PER_WEIGHT)
    ]
    return Book(
        texts=pages.texts,
        dialogues=dialogues,
        hellos=pages.write(words.HELLOS),
        emojis=pages.write(words.EMOJIS),
        asking_again=pages.write(words.ASKING_AGAIN),
        thanks=pages.write(words.THANKS),
        goodbyes=pages.write(words.GOODBYES),
        wanting_people=pages.write(words.WANTING_PEOPLE),
        bot_greetings=pages.write(words.BOT_GREETINGS),
        bot_menus=pages.write(words.BOT_MENUS),
        aways=pages.write(words.AWAYS),
        auto_greetings=pages.write(words.AUTO_GREETINGS),
        taking_over=pages.write(words.TAKING_OVER),
        more_from_agent=pages.write(words.MORE_FROM_AGENT),
        shipped_notices=pages.write(words.SHIPPED_NOTICES),
        spam=pages.write(words.SPAM),
        reviews=pages.write(words.REVIEWS),
        complaints=pages.write(words.COMPLAINTS),
    )


class _Pages:
    def __init__(self) -> None:
        self.texts: list[str] = []

    def write(self, texts: Sequence[str]) -> Phrases:
        first = len(self.texts)
        self.texts.extend(texts)
        return tuple(range(first, len(self.texts)))


def _dialogue(pages: _Pages, question: Question, dice: Dice) -> Dialogue:
    filling = _filling(dice)
    return Dialogue(
        topic=question.topic,
        after_sale=question.after_sale,
        bot_knows=question.bot_knows,
        rounds=tuple(_round(pages, exchange, filling, dice) for exchange in question.rounds),
    )


def _filling(dice: Dice) -> dict[str, object]:
    height, weight, size, larger = dice.pick(words.FIGURES)
    return {
        "item": dice.pick(words.ITEMS),
        "colour": dice.pick(words.COLOURS),
        "city": dice.pick(words.CITIES),
        "height": height,
        "weight": weight,
        "size": size,
        "larger": larger,
        "days": dice.pick((2, 3, 4, 5)),
        "discount": dice.pick((3, 5, 8, 10)),
    }


def _round(pages: _Pages, exchange: Exchange, filling: dict[str, object], dice: Dice) -> Round:
    answers = [answer.format_map(filling) for answer in exchange.answers]
    sorry = dice.pick(words.LATE_APOLOGIES)
    return Round(
        asks=pages.write([ask.format_map(filling) for ask in exchange.asks]),
        answers=pages.write(answers),
        late_answers=pages.write([sorry + answer for answer in answers]),
        deed=exchange.deed,
    )
