"""Events and strategies for the tests of logs."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from miaohui.adapters.storage.ports import FactColumns
from miaohui.domain.vocabulary.events import Event, Payload
from miaohui.domain.vocabulary.kinds import Actor, Origin

NOON = datetime(2026, 11, 1, 4, 0, tzinfo=UTC)
RECEIVED = datetime(2026, 11, 2, tzinfo=UTC)


def message(source_id: str, **changes: object) -> Event:
    """A buyer's text at noon, unless told otherwise."""
    told = {
        "shop": "茶叶铺",
        "channel": "pdd",
        "conversation": "c1",
        "buyer": "小李",
        "at": NOON,
        "actor": Actor.BUYER,
        "origin": Origin.HUMAN,
        "kind": "text",
        "payload": Payload(text=f"在吗 {source_id}"),
    }
    return Event(source_id=source_id, **{**told, **changes})


def messages(count: int, first: int = 0, **changes: object) -> list[Event]:
    """Texts m0, m1 … one second apart."""
    return [
        message(f"m{place}", at=NOON + timedelta(seconds=place), **changes)
        for place in range(first, first + count)
    ]


def facts_of(batches: object) -> list[tuple]:
    """All rows of batches of columns."""
    return [row for columns in batches for row in zip(*columns, strict=True)]


FACT_NAMES = FactColumns._fields

# Characters that a database, a JSON text or a pseudonym might stumble over.
_texts = st.text(st.sampled_from("a亲🙂\0'\"\\\n 7:"), max_size=4)
_perhaps = st.none() | _texts

payloads = st.builds(
    Payload,
    text=_perhaps,
    media=_perhaps,
    order=_perhaps,
    purpose=_perhaps,
    about=_perhaps,
    mark=_perhaps,
    by=_perhaps,
    rating=_perhaps,
    brief=_perhaps,
    extra=st.dictionaries(_texts, _texts, max_size=2),
)
events = st.builds(
    Event,
    shop=st.sampled_from(["", "a", "茶"]),
    channel=st.sampled_from(["x", "y", ""]),
    conversation=st.sampled_from(["", "c", "c\0d", "erased-0123456789ab"]),
    buyer=st.sampled_from(["", "b", "小李", "ab"]),
    at=st.datetimes(timezones=st.just(UTC)),
    actor=st.sampled_from(Actor),
    origin=st.sampled_from(Origin),
    kind=st.sampled_from(["text", "image", "order.paid", "hologram.shown"]),
    source_id=st.sampled_from(["", "1", "2", "3", "4\0", "4", "五", "6", "7", "8"]),
    account=_perhaps,
    payload=payloads,
    id=st.sampled_from(["", "not a uuid", "019a3b1c-7d2e-7f00-8a11-0123456789ab"]),
)
batches = st.lists(st.lists(events, max_size=12), max_size=5)
