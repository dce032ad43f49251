"""What a channel can do, from which day on: platforms give and take such things."""

from collections.abc import Sequence
from datetime import date, timedelta

import msgspec

from miaohui.domain.vocabulary.problems import Problem


class Capabilities(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a channel can do. `sends`: kinds of messages, cards, coupons and operations that may go
    out; `reply_window`: how long after the buyer's last message one may write, None: always;
    `routes`: the house says who gets a chat, not the platform; `confirms`: it tells what was
    delivered. Order reminders go out by hand only, wherever they go at all."""

    receives: bool = True
    sends: frozenset[str] = frozenset()
    longest_text: int = 2_000
    media_types: frozenset[str] = frozenset()
    largest_media_bytes: int = 0
    reply_window: timedelta | None = None
    routes: bool = True
    transfers: bool = False
    sets_status: bool = False
    confirms: bool = False
    shows_typing: bool = False
    shows_read: bool = False
    takes_ratings: bool = False
    recalls: bool = False


class Since(msgspec.Struct, frozen=True):
    """What holds from a day on; None: from the beginning."""

    day: date | None
    can: Capabilities


NOTHING = Capabilities(receives=False)


def capabilities_on(matrix: Sequence[Since], day: date) -> Capabilities:
    """What a channel can do on a day; nothing before its first."""
    holding = [each.can for each in matrix if each.day is None or each.day <= day]
    return holding[-1] if holding else NOTHING


def sending_problems(can: Capabilities, kind: str, text: str | None) -> list[Problem]:
    """What keeps something from going out by a channel."""
    problems: list[Problem] = []
    if kind not in can.sends:
        problems.append(Problem("channel.cannot_send", {"kind": kind}))
    if text is not None and len(text) > can.longest_text:
        values = {"length": len(text), "most": can.longest_text}
        problems.append(Problem("channel.too_long", values))
    return problems
