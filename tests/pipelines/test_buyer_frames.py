"""What a buyer sees of the log: what was said, and nothing else."""

import msgspec
import pytest
from tests.adapters.storage.happenings import message

from miaohui.domain.vocabulary.events import Payload
from miaohui.domain.vocabulary.kinds import KINDS, Actor, Family, Origin
from miaohui.pipelines.buyer_frames import Goods, Line, Shown, line_of, said_by_us

SAID = {"text", "emoji", "image", "card.product"}


def seen(**changes: object) -> Line | None:
    event = message("web-li:m1", **changes)
    return line_of(msgspec.structs.replace(event, seq=7), lambda _: "陈嘉")


def told(line: Line | None) -> object:
    return msgspec.to_builtins(line)


def test_the_buyers_own_words_come_under_the_id_that_their_page_gave_them():
    assert told(seen(payload=Payload(text="在吗"))) == {
        "seq": 7,
        "at": "2026-11-01T04:00:00Z",
        "by": "buyer",
        "id": "m1",
        "text": "在吗",
    }


@pytest.mark.parametrize("origin", [Origin.HUMAN, Origin.ASSISTED])
def test_a_person_has_a_name_and_no_account(origin):
    line = seen(actor=Actor.AGENT, origin=origin, account="chen", payload=Payload(text="在的"))
    assert line is not None
    assert (line.by, line.name, line.id) == ("person", "陈嘉", None)
    assert "chen" not in str(told(line))


@pytest.mark.parametrize(
    ("actor", "origin"),
    [
        (Actor.BOT, Origin.BOT),
        (Actor.AGENT, Origin.BOT),
        (Actor.AGENT, Origin.AUTO),
        (Actor.AGENT, Origin.BATCH),
    ],
)
def test_a_machine_is_never_called_a_person(actor, origin):
    line = seen(actor=actor, origin=origin, account="chen", payload=Payload(text="您好"))
    assert line is not None
    assert (line.by, line.name) == ("robot", None)


@pytest.mark.parametrize("kind", sorted(kind for kinds in KINDS.values() for kind in kinds))
@pytest.mark.parametrize("actor", Actor)
def test_nothing_but_what_was_said_is_shown(kind, actor):
    payload = Payload(text="SECRET", media="0" * 32, extra={"title": "茶"})
    line = seen(kind=kind, actor=actor, payload=payload)
    assert (line is not None) == (kind in SAID and actor is not Actor.SYSTEM)
    if kind in KINDS[Family.LIFE]:
        assert line is None


def test_what_was_erased_or_taken_back_is_not_shown():
    assert seen(payload=Payload()) is None
    event = message("web-li:m1")
    assert line_of(event, lambda _: "", recalled={"web-li:m1"}) is None


def test_a_picture_tells_its_size_and_nonsense_is_no_size():
    sized = Payload(media="0" * 32, extra={"width": "320", "height": "x"})
    line = seen(kind="image", payload=sized)
    assert line is not None
    assert line.picture == Shown("0" * 32, 320, 0)


def test_a_product_leads_to_the_web_and_nowhere_else():
    def goods(url: str) -> Goods | None:
        extra = {"title": "羽绒服", "price_fen": "26900", "url": url}
        line = seen(kind="card.product", actor=Actor.AGENT, payload=Payload(extra=extra))
        return line and line.goods

    assert goods("https://a.example") == Goods("羽绒服", 26900, "https://a.example")
    assert goods("javascript:alert(1)") == Goods("羽绒服", 26900)


def test_what_we_said_is_what_a_page_has_to_get():
    assert said_by_us(message("1", actor=Actor.AGENT))
    assert not said_by_us(message("1"))
    assert not said_by_us(message("1", actor=Actor.AGENT, kind="note"))
