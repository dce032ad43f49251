"""What differs between the products."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import msgspec

from miaohui.adapters.notify.port import TAKEN, Notice, Outcome, Told
from miaohui.adapters.notify.replies import by_status
from miaohui.adapters.notify.team_robots.pace import Limit
from miaohui.adapters.outbound.posting import Replied, Unanswered


class Robot(msgspec.Struct, frozen=True):
    """One robot in one group; `secret` signs what is sent, where the product knows that."""

    webhook: str
    secret: str | None

    def __repr__(self) -> str:
        return "Robot(…)"


class Request(msgspec.Struct, frozen=True):
    """A message on its way."""

    address: str
    message: Mapping[str, object]


class Dialect(msgspec.Struct, frozen=True):
    """How one product is spoken to, and what its answers mean.

    `hosts` are where its webhooks lie, `limits` how much a robot may say, `gone` the codes of a
    robot that is no more, `later` those that pass, with the pause to make.
    """

    hosts: frozenset[str]
    limits: tuple[Limit, ...]
    gone: frozenset[int]
    later: Mapping[int, timedelta]
    request: Callable[[Robot, Notice, datetime], Request]


class Answer(msgspec.Struct, rename={"status_code": "StatusCode"}):
    """The body of an answer; HTTP says 200 whatever it holds. `StatusCode` is Feishu's old name."""

    errcode: int | None = None
    code: int | None = None
    status_code: int | None = None


def told(dialect: Dialect, reply: Replied | Unanswered) -> Told:
    """What a reply means for a notice."""
    if isinstance(reply, Unanswered):
        return by_status(reply)
    code = _code(reply.body)
    if code is None:
        return _without_code(reply)
    if code == 0:
        return TAKEN
    if code in dialect.gone:
        return Told(Outcome.GONE, f"code_{code}")
    if code in dialect.later or reply.passing:
        return Told(Outcome.LATER, f"code_{code}", dialect.later.get(code, reply.after))
    return Told(Outcome.REFUSED, f"code_{code}")


def _code(body: bytes) -> int | None:
    try:
        answer = msgspec.json.decode(body, type=Answer)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    given = (answer.errcode, answer.code, answer.status_code)
    return next((code for code in given if code is not None), None)


def _without_code(reply: Replied) -> Told:
    """Something in front of the product answered: its yes is not believed."""
    return Told(Outcome.LATER, "no_code") if reply.taken else by_status(reply)
