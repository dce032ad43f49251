"""Which events answer a buyer (docs/metrics.md section 3)."""

from datetime import date

import pytest
from tests.events import SHANGHAI, happens

from miaohui.domain.conversation.replies import Perfunctory, ReplyClass, counts, origin_counts
from miaohui.domain.vocabulary.kinds import FAMILIES, TALK, Actor, Family, Origin

HUMAN = ReplyClass()
ANYBODY = ReplyClass(bots_count=True)
BY_HAND = ReplyClass(assisted_counts_as="bot")
SINCE_THE_SECOND = ReplyClass(perfunctory=Perfunctory(date(2026, 11, 2), ("好的", "ok")))


def counting_origins(replies: ReplyClass, actor: Actor) -> set[Origin]:
    return {origin for origin in Origin if origin_counts(replies, actor, origin)}


def test_only_a_person_counts_as_human_and_a_draft_that_a_person_sent():
    assert counting_origins(HUMAN, Actor.AGENT) == {Origin.HUMAN, Origin.ASSISTED}
    assert counting_origins(BY_HAND, Actor.AGENT) == {Origin.HUMAN}
    for actor in (Actor.BUYER, Actor.BOT, Actor.SYSTEM):
        assert counting_origins(HUMAN, actor) == counting_origins(BY_HAND, actor) == set()


def test_where_bots_count_everything_but_the_system_counts():
    for actor in (Actor.AGENT, Actor.BOT):
        assert counting_origins(ANYBODY, actor) == set(Origin) - {Origin.SYSTEM}
    for actor in (Actor.BUYER, Actor.SYSTEM):
        assert counting_origins(ANYBODY, actor) == set()


def test_a_draft_that_counts_as_the_bots_counts_where_bots_do():
    replies = ReplyClass(assisted_counts_as="bot", bots_count=True)
    assert origin_counts(replies, Actor.AGENT, Origin.ASSISTED)


@pytest.mark.parametrize("kind", [*FAMILIES, "hologram.shown"])
def test_messages_cards_coupons_and_operations_are_replies_and_nothing_else_is(kind):
    family: Family | None = FAMILIES.get(kind)
    event = happens(kind, "10:00:00", "agent", account="anna")
    assert counts(HUMAN, event, SHANGHAI) == (family in TALK)


def test_a_perfunctory_reply_is_void_from_the_first_instant_of_the_local_day():
    def replied(when: str, brief: str | None) -> bool:
        event = happens("text", when, "agent", brief=brief)
        return counts(SINCE_THE_SECOND, event, SHANGHAI)

    assert replied("1T23:59:59.999999", "好的")
    assert not replied("2T00:00:00", "好的")
    assert not replied("2T10:00:00", "ok")
    assert replied("2T10:00:00", "可以")
    assert replied("2T10:00:00", None)
