"""The one wire form of events."""

import json
from datetime import UTC, datetime, timedelta, timezone

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.events import happens

from miaohui.domain.vocabulary.events import Event, Payload, from_wire, to_wire
from miaohui.domain.vocabulary.kinds import FAMILIES, Actor, Origin

texts = st.text(max_size=8) | st.sampled_from(["亲，在吗", "🙂", "\0", "'\"\\", "=1+1"])
perhaps = st.none() | texts
zones = st.integers(-840, 840).map(lambda minutes: timezone(timedelta(minutes=minutes)))
instants = st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 29), timezones=zones)  # noqa: DTZ001
payloads = st.builds(
    Payload,
    **{name: perhaps for name in Payload.__struct_fields__ if name != "extra"},
    extra=st.dictionaries(texts, texts, max_size=3),
)
events = st.builds(
    Event,
    shop=texts,
    channel=texts,
    conversation=texts,
    buyer=texts,
    at=instants,
    actor=st.sampled_from(Actor),
    origin=st.sampled_from(Origin),
    kind=st.sampled_from([*FAMILIES, "hologram.shown"]) | texts,
    source_id=texts,
    account=perhaps,
    payload=payloads,
    seq=st.integers(0, 2**62),
    id=texts,
    received_at=st.none() | instants,
)

QUESTION = happens("text", "10:00:00", "buyer", source_id="q", text="在吗")


@settings(max_examples=500)
@given(events)
def test_an_event_comes_back_from_the_wire_as_it_was(event):
    assert from_wire(to_wire(event)) == event
    assert from_wire(to_wire(event)).at.tzinfo is UTC


def test_the_wire_form_is_json_beside_the_version_that_wrote_it():
    assert json.loads(to_wire(QUESTION)) == {
        "v": 1,
        "event": {
            "shop": "tea",
            "channel": "webchat",
            "conversation": "li",
            "buyer": "li",
            "at": "2026-11-01T02:00:00Z",
            "actor": "buyer",
            "origin": "human",
            "kind": "text",
            "source_id": "q",
            "payload": {"text": "在吗"},
        },
    }


def on_the_wire(**changes: object) -> bytes:
    wire = json.loads(to_wire(QUESTION))
    wire["event"] |= changes
    return json.dumps(wire).encode()


def test_fields_of_a_newer_version_are_tolerated_wherever_they_stand():
    newer = json.loads(on_the_wire(mood="curious", payload={"text": "在吗", "colour": "red"}))
    assert (
        from_wire(json.dumps(newer | {"v": 2, "sent_by": "a newer version"}).encode()) == QUESTION
    )


def test_a_kind_of_a_newer_version_is_kept():
    event = from_wire(on_the_wire(kind="hologram.shown"))
    assert event.kind == "hologram.shown"
    assert from_wire(to_wire(event)) == event


@pytest.mark.parametrize("field", ["shop", "at", "actor", "origin", "kind", "source_id"])
def test_what_is_missing_on_the_wire_is_named(field):
    wire = json.loads(to_wire(QUESTION))
    del wire["event"][field]
    with pytest.raises(msgspec.ValidationError, match=field):
        from_wire(json.dumps(wire).encode())


@pytest.mark.parametrize("field", ["actor", "origin"])
def test_actor_and_origin_are_closed_words(field):
    with pytest.raises(msgspec.ValidationError, match=field):
        from_wire(on_the_wire(**{field: "ghost"}))


def test_instants_are_told_in_utc_whatever_offset_was_written():
    event = from_wire(on_the_wire(at="2026-11-01T10:00:00+08:00"))
    assert event == QUESTION
    assert event.at.utcoffset() == timedelta()


def test_an_instant_without_an_offset_is_refused():
    with pytest.raises(msgspec.ValidationError, match="at"):
        from_wire(on_the_wire(at="2026-11-01T10:00:00"))


def test_an_event_is_never_changed_in_place():
    with pytest.raises(AttributeError):
        QUESTION.kind = "image"
    assert replace(QUESTION, kind="image").kind == "image"
    assert QUESTION.kind == "text"
