"""Tokens that are shown once and kept as hashes.

They hold 256 random bits, so that one round of SHA-256 is enough: there is nothing to guess.
"""

from base64 import b32encode, urlsafe_b64encode
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256

from miaohui.domain.directory.secret import Secret
from miaohui.domain.vocabulary.identifiers import uuid7
from miaohui.domain.vocabulary.instants import micros_of

TOKEN_BYTES = 32
ID_BITS = 74
Chance = Callable[[int], int]
NewId = Callable[[], str]


def new_token(chance: Chance) -> Secret:
    """43 characters that may stand in a link, a header or a cookie."""
    return Secret(urlsafe_b64encode(random_bytes(chance, TOKEN_BYTES)).decode().rstrip("="))


def new_letters(chance: Chance, count: int) -> str:
    """`count` (a multiple of 8) random letters a–z and digits 2–7."""
    return b32encode(random_bytes(chance, count * 5 // 8)).decode().lower()


def hash_of(token: Secret) -> bytes:
    """What is kept of a token."""
    return sha256(token.reveal().encode("utf-8", "surrogatepass")).digest()


def new_id(chance: Chance, now: datetime) -> str:
    """An id that sorts by time."""
    return uuid7(micros_of(now) // 1000, chance(ID_BITS))


def random_bytes(chance: Chance, count: int) -> bytes:
    """Random bytes out of random bits."""
    return chance(8 * count).to_bytes(count, "big")
