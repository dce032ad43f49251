"""Short codes by which one more device joins a visit: used once, soon over, and only in memory."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from miaohui.pipelines.tokens import Chance, new_letters

GOOD_FOR = timedelta(minutes=10)
LETTERS = 8  # 40 bits, for ten minutes, behind a pace
MOST = 10_000


class Pairing(NamedTuple):
    """Which visit a code is for, and until when."""

    webchat: str
    buyer: str
    until: datetime


class Pairings:
    """The codes of one house."""

    def __init__(self, chance: Chance) -> None:
        self._chance = chance
        self._by_code: dict[str, Pairing] = {}

    def offer(self, webchat: str, buyer: str, now: datetime) -> tuple[str, datetime]:
        """A new code for a visit, in place of its last one, and until when it is good."""
        self._by_code = {
            code: each
            for code, each in list(self._by_code.items())[-MOST:]
            if each.until > now and (each.webchat, each.buyer) != (webchat, buyer)
        }
        code, until = new_letters(self._chance, LETTERS), now + GOOD_FOR
        self._by_code[code] = Pairing(webchat, buyer, until)
        return code, until

    def redeem(self, webchat: str, code: str, now: datetime) -> str | None:
        """The buyer whose visit a code is for; None for one that is used, over or of another."""
        read = "".join(sign for sign in code.casefold() if sign.isalnum())
        found = self._by_code.get(read)
        if found is None or found.webchat != webchat or found.until <= now:
            return None
        del self._by_code[read]
        return found.buyer

    def forget(self, is_gone: Callable[[str, str], bool]) -> None:
        """Nobody joins a visit any more that is gone, told by webchat and buyer."""
        codes = self._by_code.items()
        self._by_code = {
            code: each for code, each in codes if not is_gone(each.webchat, each.buyer)
        }
