"""What a signed webhook can do: whatever its receiver takes, if there is one."""

from collections.abc import Collection

from miaohui.domain.directory.capabilities import Capabilities, Since
from miaohui.domain.vocabulary.kinds import KINDS, TALK

SENDABLE = frozenset(kind for family in TALK for kind in KINDS[family])


def webhook_capabilities(
    sends: bool, routes: bool = True, kinds: Collection[str] = SENDABLE
) -> list[Since]:
    """The capabilities of a webhook; `sends`: it has an address to send to, which takes `kinds`."""
    can = Capabilities(
        sends=SENDABLE & frozenset(kinds) if sends else frozenset(),
        longest_text=20_000,
        routes=routes,
        confirms=True,
    )
    return [Since(None, can)]
