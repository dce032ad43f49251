"""What the rows of a buyer say of them, whichever storage they lie in."""

from collections.abc import Iterable
from datetime import datetime

from miaohui.adapters.storage.buyer_ports import Acquaintance
from miaohui.adapters.storage.rows import DESTROYED
from miaohui.domain.vocabulary.instants import instant_of


def acquaintance_of(keys: Iterable[bytes]) -> Acquaintance:
    """By the keys of all rows of one buyer."""
    destroyed = {key == DESTROYED for key in keys}
    match True in destroyed, False in destroyed:
        case True, True:
            return Acquaintance.BACK
        case True, False:
            return Acquaintance.ERASED
        case False, True:
            return Acquaintance.LIVING
        case _:
            return Acquaintance.UNKNOWN


def last_heard(
    said: int | None, has_said: bool, shown: int | None, before: datetime
) -> datetime | None:
    """When somebody was last heard of, if that was before an instant: the newest event of their
    chats (None where a newer one was found), and when they last showed a picture."""
    if has_said and said is None:
        return None
    newest = max((each for each in (said, shown) if each is not None), default=None)
    last_at = None if newest is None else instant_of(newest)
    return last_at if last_at is not None and last_at < before else None
