"""Which cabinets are to be joined into one: four of about one size, until they are large enough.

So each message is moved a handful of times in its life, and few small cabinets stand about.
"""

from collections.abc import Sequence

from miaohui.adapters.storage.catalogue.cabinets import Cabinet

JOINED = 4
# Four of just below 8,192 are still within what a cabinet holds.
TIERS = 7


def to_join(cabinets: Sequence[Cabinet]) -> Sequence[Cabinet]:
    """The oldest four of the smallest tier that has so many; none if there is no such tier."""
    for tier in range(TIERS):
        same = [cabinet for cabinet in cabinets if tier_of(cabinet.messages) == tier]
        if len(same) >= JOINED:
            return sorted(same)[:JOINED]
    return []


def tier_of(messages: int) -> int:
    """0 for one message, 1 from 2 on, 2 from 8, 3 from 32, and so on by fours."""
    return ((messages // 2).bit_length() + 1) // 2
