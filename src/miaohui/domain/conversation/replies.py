"""Reply classes: which events answer a buyer (docs/metrics.md section 3)."""

from datetime import date, datetime, tzinfo
from typing import Literal

import msgspec

from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.instants import local_day
from miaohui.domain.vocabulary.kinds import TALK, Actor, Origin, family_of


class Perfunctory(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Very short agent texts that are no reply from a local day on."""

    void_from: date
    texts: tuple[str, ...]


class ReplyClass(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What counts as a reply.

    `assisted_counts_as`: whether a draft that a person sent is a person's; `bots_count`:
    whether machine replies (a bot's, and those an agent account sent by `bot`, `auto` or
    `batch`) count as well; system events never do.
    """

    assisted_counts_as: Literal["human", "bot"] = "human"
    bots_count: bool = False
    perfunctory: Perfunctory | None = None


def origin_counts(replies: ReplyClass, actor: Actor, origin: Origin) -> bool:
    """Whether a message of this actor and origin may be a counted reply."""
    match actor:
        case Actor.AGENT if origin is Origin.HUMAN:
            return True
        case Actor.AGENT if origin is Origin.ASSISTED:
            return replies.assisted_counts_as == "human" or replies.bots_count
        case Actor.AGENT | Actor.BOT:
            return replies.bots_count and origin is not Origin.SYSTEM
        case _:
            return False


def is_perfunctory(replies: ReplyClass, brief: str | None, at: datetime, zone: tzinfo) -> bool:
    """Whether a short agent text is void under this class on its local day."""
    rule = replies.perfunctory
    return (
        rule is not None
        and brief is not None
        and brief in rule.texts
        and local_day(at, zone) >= rule.void_from
    )


def counts(replies: ReplyClass, event: Event, zone: tzinfo) -> bool:
    """Whether the event is a counted reply, deliveries aside."""
    return (
        family_of(event.kind) in TALK
        and origin_counts(replies, event.actor, event.origin)
        and not is_perfunctory(replies, event.payload.brief, event.at, zone)
    )
