"""Agents who are played answer what was asked, from the words alone."""

from random import Random

import pytest

from miaohui.domain.traffic import words
from miaohui.domain.traffic.book import book_of
from miaohui.domain.traffic.chance import Dice
from miaohui.domain.traffic.questions import QUESTIONS
from miaohui.domain.traffic.understanding import answer_to, is_spam

FILLING = {
    "item": "连帽卫衣",
    "colour": "黑色",
    "city": "成都",
    "height": 165,
    "weight": 118,
    "size": "L",
    "larger": "XL",
    "days": 3,
    "discount": 5,
}
EXCHANGES = dict.fromkeys(each for question in QUESTIONS for each in question.rounds)
ASKS = [(ask, exchange) for exchange in EXCHANGES for ask in exchange.asks]


def dice() -> Dice:
    return Dice(Random(7))


@pytest.mark.parametrize(("ask", "exchange"), ASKS, ids=[ask for ask, _ in ASKS])
def test_every_question_gets_one_of_its_answers(ask, exchange):
    told = answer_to([ask.format_map(FILLING)], [], False, dice()).text
    beginnings = {answer.split("{")[0] for answer in exchange.answers}
    same = {answer.split("{")[0] for other, each in ASKS if other == ask for answer in each.answers}
    assert any(told.startswith(beginning) for beginning in beginnings | same)
    assert "{" not in told


def test_what_the_buyer_said_of_themselves_is_remembered():
    earlier = ["针织开衫我身高172体重138斤穿什么码"]
    for seed in range(20):
        told = answer_to(["会不会太紧"], earlier, False, Dice(Random(seed))).text
        assert "2XL" in told


def test_a_book_full_of_questions_is_understood():
    book = book_of(dice())
    puzzled = set(words.TAKING_OVER)
    for dialogue in book.dialogues:
        for each in dialogue.rounds:
            asks = [book.texts[number] for number in each.asks]
            assert answer_to(asks, [], False, dice()).text not in puzzled


def test_thanks_are_returned_and_that_is_all():
    told = answer_to(["谢谢亲"], [], True, dice())
    assert told.text in words.GOODBYES
    assert told.farewell


def test_whoever_is_late_is_sorry():
    told = answer_to(["会掉色吗"], [], True, dice()).text
    assert told.startswith(words.LATE_APOLOGIES)


@pytest.mark.parametrize("text", ["？？？", "", "wie geht es", words.HELLOS[0]])
def test_what_is_not_understood_is_answered_all_the_same(text):
    assert answer_to([text], [], False, dice()).text in words.TAKING_OVER


def test_spam_is_known_by_its_words():
    assert is_spam([words.SPAM[0], words.SPAM[2]])
    assert not is_spam([words.SPAM[0], "会掉色吗"])
    assert not is_spam([])
