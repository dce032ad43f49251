"""What the house asks of a way to tell somebody something."""

from datetime import timedelta
from enum import StrEnum
from typing import Literal, Protocol

import msgspec

from miaohui.domain.directory.secret import Secret

Language = Literal["zh", "en"]


class Urgency(StrEnum):
    """Whether something is being lost right now."""

    NORMAL = "normal"
    HIGH = "high"


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """Something to tell, written in `language`.

    `key` says what it is about: a later notice of the same key replaces an earlier one wherever
    that is possible. `title` is one line; `link` is http:// or https:// and leads into the house.
    """

    key: str
    title: str
    text: str
    link: str | None = None
    urgency: Urgency = Urgency.NORMAL
    silent: bool = False
    language: Language = "zh"

    @property
    def rings(self) -> bool:
        """Whether it should be seen even by somebody who does not look."""
        return self.urgency is Urgency.HIGH and not self.silent


class Outcome(StrEnum):
    """What became of one try to tell."""

    TAKEN = "taken"  # on its way; that somebody read it, nobody knows
    LATER = "later"  # it may work another time
    GONE = "gone"  # there is nobody at this address any more: forget it
    REFUSED = "refused"  # never like this: somebody has to mend a setting


class Told(msgspec.Struct, frozen=True):
    """An outcome, why in a word for machines (no secret, no address), and after which pause to
    try again if the other side asked for one."""

    outcome: Outcome
    reason: str | None = None
    after: timedelta | None = None


TAKEN = Told(Outcome.TAKEN)


class Notifier(Protocol):
    """One way to tell somebody something."""

    async def tell(self, address: Secret, notice: Notice) -> Told:
        """Try once, within half a minute or so. What an address is, each way says.

        Raises nothing: what goes wrong is an outcome.
        """
        ...
