"""The floor is true to its events, whatever it does not compute anew."""

import random
from datetime import timedelta

import pytest
from msgspec.structs import replace
from tests.domain.desk.floor.evenings import STEERING, Evening
from tests.events import at

from miaohui.domain.conversation.transitions import fold
from miaohui.domain.desk.floor.chats import Chat, clocked, held_of
from miaohui.domain.desk.floor.loads import Loads
from miaohui.domain.desk.floor.people import Health
from miaohui.domain.directory.presence import Presence

KINDS = ["text"] * 12 + ["closed", "assigned", "unassigned", "transferred", "human_requested"]
KINDS += ["spam.reported", "spam.confirmed", "delivery.failed", "snoozed", "tagged", "note"]


@pytest.mark.parametrize("seed", range(30))
def test_every_chat_is_as_if_it_were_folded_and_clocked_anew(seed):
    chance = random.Random(seed)
    evening = Evening()
    evening.now = at(chance.choice(["07:55:00", "10:00:00", "22:50:00", "23:55:00"]))
    for name in ("lin", "zhou"):
        evening.agent(name, capacity=50)
    for _ in range(120):
        evening.wait(chance.choice([1, 20, 70, 400]))
        kind = chance.choice(KINDS)
        actor = chance.choice(["buyer", "buyer", "agent", "bot"]) if kind == "text" else "agent"
        evening.happens(
            kind,
            chance.choice(["li", "wang", "sun"]),
            actor,
            account=chance.choice(["lin", "zhou", None]),
            about=f"e{chance.randint(1, 20)}" if kind == "delivery.failed" else None,
        )
        if chance.random() < 0.3:
            evening.beat()
            evening.decide()
        for chat in evening.floor.chats.values():
            anew = clocked(
                replace(chat, state=fold(chat.state.history, STEERING.terms)), STEERING, ()
            )
            assert (chat.state, chat.deadline) == (anew.state, anew.deadline)
        check_loads(evening)


def check_loads(evening: Evening) -> None:
    """Everybody has in hand what lies with them, and in line is what lies with nobody."""
    floor = evening.floor
    held = {
        (account, chat): each
        for account in floor.loads
        for chat, each in floor.loads.held_by(account).items()
    }
    lying = {(chat.holder, chat.id): held_of(chat) for chat in floor.chats.values() if chat.holder}
    assert held.keys() == lying.keys()
    assert {key: each.deadline for key, each in held.items()} == {
        key: each.deadline for key, each in lying.items()
    }
    in_line = {each.conversation for each in floor.line("tea")}
    assert in_line == {chat.id for chat in floor.chats.values() if chat.needs_somebody}


def test_a_chat_at_rest_is_forgotten_and_a_restless_one_is_not():
    evening = Evening()
    evening.asks("li")
    evening.asks("wang")
    evening.answers("lin", "wang")
    evening.floor.forget(["li", "wang", "nobody"])
    assert list(evening.floor.chats) == ["li"]


def test_a_chat_brought_on_the_floor_again_lies_where_it_lay():
    evening = Evening()
    evening.agent("lin")
    evening.asks("li")
    evening.decide()
    known = evening.floor.chats["li"]
    evening.floor.enter(Chat("li", "tea", "webchat", "li", "li"), known.state.history)
    assert evening.floor.chats["li"] == known
    assert list(evening.floor.loads.held_by("lin")) == ["li"]


def test_a_buyer_who_comes_back_under_an_erased_name_is_known_by_the_new_one():
    evening = Evening()
    evening.floor.enter(Chat("x", "tea", "webchat", "erased-1", "erased-1"), ())
    evening.floor.name("x", "阿强", "阿强家的猫")
    assert evening.floor.chats["x"].buyer == "阿强家的猫"


def test_loads_remember_who_got_what_for_an_hour():
    loads = Loads()
    start = at("10:00:00")
    for minutes in (0, 30, 70):
        loads.give("lin", start + timedelta(minutes=minutes))
    assert len(loads["lin"].assigned_at) == 2
    assert "zhou" not in loads
    assert (len(loads), list(loads)) == (1, ["lin"])


def test_somebody_unknown_who_is_told_present_changes_nothing():
    evening = Evening()
    evening.floor.hear_presence("nobody", Presence.ONLINE, chosen=True)
    assert evening.floor.people == {}


def test_since_when_somebody_is_there_or_gone_is_the_logs_own_instant():
    evening = Evening()
    evening.agent("lin")
    person, hear = evening.floor.people["lin"], evening.floor.hear_presence
    came, rested, went = (evening.wait(60).now for _ in range(3))
    hear("lin", Presence.AWAY, True, came)
    hear("lin", Presence.ONLINE, True, rested)
    hear("lin", Presence.BUSY, True, went)
    assert person.turned_at == rested, "busy is there as well"
    hear("lin", Presence.AWAY, True, went)
    hear("lin", Presence.OFF_SHIFT, True, evening.wait(60).now)
    assert person.turned_at == went


def test_a_page_that_does_not_tell_its_health_has_that_of_before():
    evening = Evening()
    evening.agent("lin")
    devices, beat = evening.floor.people["lin"].devices, evening.floor.beat
    beat("lin", "phone", None, evening.now)
    assert devices["phone"].health is None
    beat("lin", "phone", Health(muted=True), evening.now)
    beat("lin", "phone", None, evening.wait(5).now)
    assert evening.floor.people["lin"].devices["phone"].health == Health(muted=True)
