"""A shop as its traffic sees it, and the chance that belongs to it alone."""

from random import Random

import msgspec


class ShopTraffic(msgspec.Struct, frozen=True, kw_only=True):
    """One shop. `visits_a_day` is the mean of an ordinary day; `agents` people answer, each
    holding at most `chats_at_once`; `pace` multiplies their reply times, `absence` the number
    of their unannounced breaks."""

    name: str
    visits_a_day: float
    agents: int
    chats_at_once: int = 6
    has_bot: bool = True
    pace: float = 1.0
    absence: float = 1.0


def shop_random(seed: int, shop: ShopTraffic) -> Random:
    """The shop's own chance: independent of every other shop and of the order of playing."""
    return Random(f"{seed}:{shop.name}")  # noqa: S311  believable, not secret
