"""What is to be assigned, and what is known of its buyer."""

from collections.abc import Mapping
from datetime import datetime

import msgspec


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """A chat that needs somebody.

    `deadline`: the instant at which its waiting round is lost, None: no clock runs. `skills`: the
    levels wanted. `group`: who it is meant for, None: anybody. `band`: 0 is ordinary, a higher
    one goes first. `excluded`: who was just taken off it or passed it on.
    """

    shop: str
    channel: str
    conversation: str
    buyer: str
    waiting_since: datetime
    deadline: datetime | None = None
    skills: Mapping[str, int] = {}
    language: str | None = None
    group: str | None = None
    band: int = 0
    excluded: frozenset[str] = frozenset()


class LastContact(msgspec.Struct, frozen=True):
    """Who last spoke with this buyer, and when."""

    account: str
    at: datetime
