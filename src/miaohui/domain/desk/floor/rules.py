"""What the floor must know of a channel of a shop to steer by its rules."""

from collections.abc import Sequence

import msgspec

from miaohui.domain.conversation.state import Terms
from miaohui.domain.desk.routing.sorting import RoutingSettings
from miaohui.domain.rules.assessment import Assessment, assessments_of
from miaohui.domain.rules.pack import Pack


class Steering(msgspec.Struct, frozen=True):
    """How chats of a channel are read and which lines they are steered by.

    `clocked`: the metrics on which a clock runs, the pack's first one in front; `lines` are those
    of them with the first one's limit: their clock is the ring.
    """

    terms: Terms
    clocked: tuple[Assessment, ...]
    lines: frozenset[str]


class ShopRules(msgspec.Struct, frozen=True):
    """A shop as the floor knows it: how it routes, and the steering of its live channels.
    `left_alone` are channels in which the platform itself says who gets a chat."""

    routing: RoutingSettings
    channels: dict[str, Steering]
    left_alone: frozenset[str] = frozenset()


def steering_of(pack: Pack) -> Steering:
    """How a pack steers; its first metric that has a limit is what the shop is judged by."""
    clocked = tuple(each for each in assessments_of(pack) if _is_clocked(each))
    return Steering(_terms_of(pack, clocked), clocked, _lines(clocked))


def _is_clocked(assessment: Assessment) -> bool:
    return assessment.metric.measure == "rate" and assessment.limit is not None


def _lines(clocked: Sequence[Assessment]) -> frozenset[str]:
    return frozenset(each.metric.id for each in clocked if each.limit == clocked[0].limit)


def _terms_of(pack: Pack, clocked: Sequence[Assessment]) -> Terms:
    return clocked[0].terms if clocked else assessments_of(pack)[0].terms
