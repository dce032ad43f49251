"""What a buyer's page says, as events."""

from datetime import UTC, datetime

import msgspec
import pytest

from miaohui.adapters.channels.visit_port import (
    LeftWord,
    PersonWanted,
    Sight,
    Verdict,
    Visit,
    Words,
)
from miaohui.adapters.channels.webchat.capabilities import WEBCHAT
from miaohui.adapters.channels.webchat.door import WebchatDoor
from miaohui.domain.vocabulary.events import Payload
from miaohui.domain.vocabulary.kinds import family_of
from miaohui.domain.vocabulary.problems import ReaderError

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
DOOR = WebchatDoor("茶叶铺", "官网", bytes(32))
VISIT = Visit("web-li", NOW)


def told(said, **more):
    return DOOR.events(VISIT, said, NOW, **more)


def test_every_event_is_the_buyers_own_in_the_one_conversation_of_the_buyer():
    for said in (Words("1", "在吗"), PersonWanted("2", "转人工"), Verdict("3", "1")):
        for event in told(said):
            assert (event.shop, event.channel) == ("茶叶铺", "官网")
            assert (event.conversation, event.buyer, event.at) == ("web-li", "web-li", NOW)
            assert (event.actor, event.origin) == ("buyer", "human")
            assert family_of(event.kind) is not None


def test_words_are_a_text_with_what_the_buyer_said_of_themselves_beside_it():
    (event,) = told(Words("m1", "  在吗 ", {"phone": " 13812345678 ", "name": " "}))
    assert (event.kind, event.source_id) == ("text", "web-li:m1")
    assert event.payload == Payload(text="在吗", extra={"phone": "13812345678"})


def test_two_buyers_with_the_same_ids_say_different_things():
    other = DOOR.events(Visit("web-wang", NOW), Words("m1", "在吗"), NOW)
    assert other[0].source_id != told(Words("m1", "在吗"))[0].source_id


def test_asking_for_a_person_is_said_and_asked():
    first, second = told(PersonWanted("m1", "转人工"))
    assert (first.kind, first.payload.text, first.source_id) == ("text", "转人工", "web-li:m1")
    assert (second.kind, second.source_id) == ("human_requested", "web-li:m1:human_requested")
    (alone,) = told(PersonWanted("m1", ""))
    assert (alone.kind, alone.source_id) == ("human_requested", "web-li:m1")


def test_a_verdict_is_about_whoever_answered():
    (event,) = told(Verdict("r1", "3", " 太慢 "), account="lin")
    assert (event.kind, event.account) == ("rating.given", "lin")
    assert event.payload == Payload(rating="3", text="太慢")


def test_a_word_left_is_a_message_whose_contact_is_sealed_with_it():
    (event,) = told(LeftWord("f1", "几点发货", "13812345678", "小李"))
    assert event.kind == "text"
    assert event.payload == Payload(
        text="几点发货",
        purpose="offline_form",
        extra={"contact": "13812345678", "name": "小李"},
    )


def test_a_picture_is_named_by_its_id():
    (event,) = told(Sight("p1", "0" * 32))
    assert (event.kind, event.payload) == ("image", Payload(media="0" * 32))


@pytest.mark.parametrize(
    "said", [Words("1", " \n"), LeftWord("1", "", "138"), LeftWord("1", "几点", " ")]
)
def test_nothing_said_is_refused(said):
    with pytest.raises(ReaderError, match=r"webchat\.nothing_said"):
        told(said)


@pytest.mark.parametrize(
    "body",
    [
        b'{"id":"a b","text":"x"}',
        b'{"id":"","text":"x"}',
        b'{"id":"a","text":"' + b"x" * 2_001 + b'"}',
        b'{"id":"a","text":"x","fields":{"name":"' + b"x" * 201 + b'"}}',
        b'{"id":"a"}',
    ],
)
def test_what_is_too_long_or_wrongly_named_is_no_saying(body):
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(body, type=Words)


def test_what_the_channel_can_do_is_dated():
    (since,) = WEBCHAT
    assert {"text", "image"} <= since.can.sends
    assert "card.order_reminder" not in since.can.sends
    assert since.can.takes_ratings
