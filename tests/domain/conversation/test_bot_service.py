from datetime import timedelta

import pytest
from tests.events import TERMS, asks, bot, chat, happens, replies

from miaohui.domain.conversation.bot_service import bot_served
from miaohui.domain.conversation.transitions import fold
from miaohui.domain.vocabulary.events import Event

QUESTION, ANSWER = asks("10:00:00"), bot("10:00:02")


def served(*events: Event) -> bool:
    standings = fold(chat(*events), TERMS).standings
    return bot_served(reversed(standings), timedelta(seconds=30))


def test_a_buyer_whose_every_burst_the_bot_answered_was_served_by_it():
    assert served(QUESTION, ANSWER)
    assert served(QUESTION, ANSWER, asks("10:05:00"), bot("10:05:01"))


@pytest.mark.parametrize(
    "events",
    [
        [],
        [ANSWER],
        [QUESTION],
        [bot("09:59:00"), QUESTION],
        [QUESTION, bot("10:00:02", purpose="greeting")],
        [QUESTION, ANSWER, asks("10:05:00")],
        [QUESTION, asks("10:05:00"), bot("10:05:01")],
        [QUESTION, ANSWER, replies("10:01:00")],
        [replies("09:00:00"), QUESTION, ANSWER],
    ],
)
def test_any_other_buyer_was_not(events):
    assert not served(*events)


def test_messages_of_one_burst_are_answered_by_one_answer():
    assert served(QUESTION, asks("10:00:29.999999"), bot("10:00:31"))
    assert not served(QUESTION, asks("10:00:30"), bot("10:00:31"))


def test_what_neither_asks_nor_answers_changes_nothing():
    assert served(QUESTION, ANSWER, happens("order.paid", "10:01:00"))
