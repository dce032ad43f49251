"""What an agent who is played does next: only in chats of its own, one after the other."""

from datetime import UTC, datetime, timedelta
from random import Random

from miaohui.app.demo.traffic import SETTINGS
from miaohui.app.demo.work import Work, is_own
from miaohui.domain.conversation.card import Card
from miaohui.domain.conversation.state import Life
from miaohui.domain.traffic.agents import Craft
from miaohui.domain.traffic.chance import Dice
from miaohui.domain.traffic.settings import AgentSettings

NOON = datetime(2026, 11, 11, 4, tzinfo=UTC)
ME, VISITOR = "me", "visitor"
NEVER = AgentSettings(overlooks=0.0, absences=0.001)
ALWAYS = AgentSettings(overlooks=1.0)


def work(settings: AgentSettings = NEVER) -> Work:
    return Work(ME, Craft(settings), Dice(Random(1)), 1.0)


def card(account: str | None, waited: int | None = 10, waiting: int = 1) -> Card:
    since = None if waited is None else NOON - timedelta(seconds=waited)
    return Card(waiting_since=since, waiting=waiting if waited else 0, life=Life(account=account))


def test_the_chat_of_a_visitor_is_never_answered_nor_closed():
    theirs = {"a": card(VISITOR, 500), "b": card(None, 900), "c": card(VISITOR, None)}
    me = work()
    assert me.next_to_answer(theirs) is None
    assert all(me.next_to_close(theirs, at) is None for at in range(0, 100_000, 500))
    assert not is_own(theirs["a"], ME)
    assert not is_own(None, ME)


def test_whoever_waits_longest_is_answered_first():
    cards = {"a": card(ME, 10), "b": card(ME, 90), "c": card(VISITOR, 500), "d": card(ME, None)}
    assert work().next_to_answer(cards) == "b"


def test_the_overlooked_are_seen_when_they_ask_again():
    me = work(ALWAYS)
    assert me.next_to_answer({"a": card(ME, 10)}) is None
    assert me.next_to_answer({"a": card(ME, 10, waiting=2)}) == "a"


def test_a_quiet_chat_is_closed_after_a_while_and_sooner_after_a_farewell():
    farewell = [_closed_after(farewell=True, seed=seed) for seed in range(50)]
    no_farewell = [_closed_after(farewell=False, seed=seed) for seed in range(50)]
    assert min(no_farewell) >= 30
    assert sum(farewell) < 0.5 * sum(no_farewell)


def _closed_after(farewell: bool, seed: int) -> int:
    me = Work(ME, Craft(NEVER), Dice(Random(seed)), 1.0)
    me.answered("a", farewell, now=0.0)
    return next(at for at in range(2_000) if me.next_to_close({"a": card(ME, None)}, at))


def test_a_chat_in_which_the_buyer_writes_again_is_not_closed():
    me = work()
    me.next_to_close({"a": card(ME, None)}, 0.0)
    assert all(me.next_to_close({"a": card(ME, 5)}, at) is None for at in range(0, 9_000, 100))


def test_nothing_is_remembered_of_chats_that_are_gone():
    me = work(ALWAYS)
    for number in range(1_000):
        cards = {f"c{number}": card(ME, 10), f"d{number}": card(ME, None)}
        me.next_to_answer(cards)
        me.next_to_close(cards, float(number))
    me.next_to_answer({})
    me.next_to_close({}, 1_000.0)
    assert me.idle_seconds(1_000.0) == 5.0
    assert not me._seen
    assert not me._close_at


def test_breaks_come_now_and_then():
    me = Work(ME, Craft(SETTINGS.agents), Dice(Random(1)), 1.0)
    breaks = sum(me.wants_a_break(float(second)) for second in range(12 * 3600))
    assert 8 <= breaks <= 40
