"""Passwords hashed with Argon2id."""

import unicodedata
from threading import BoundedSemaphore
from typing import NamedTuple

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from miaohui.domain.directory.secret import Secret


class Cost(NamedTuple):
    """What one hash costs: passes over the memory, KiB of it, and lanes."""

    passes: int
    memory_kib: int
    lanes: int


# OWASP Password Storage Cheat Sheet, Argon2id, the first of its equal choices. One lane leaves the
# other core to the desk; RFC 9106's second option (3 passes, 64 MiB, 4 lanes) took three times as
# long.
RECOMMENDED = Cost(passes=1, memory_kib=46 * 1024, lanes=1)
HASH_BYTES, SALT_BYTES = 32, 16
# At the start of a shift everybody logs in at once; each hash takes 46 MiB while it lasts.
AT_ONCE = 2


class Argon2Passwords:
    """ports.PasswordHashing. Threads may share it; at most two hash at once."""

    def __init__(self, cost: Cost = RECOMMENDED) -> None:
        self._hasher = PasswordHasher(
            time_cost=cost.passes,
            memory_cost=cost.memory_kib,
            parallelism=cost.lanes,
            hash_len=HASH_BYTES,
            salt_len=SALT_BYTES,
            type=Type.ID,
        )
        self._turns = BoundedSemaphore(AT_ONCE)
        self._nobody = self._hasher.hash(b"")

    def hash(self, password: Secret) -> Secret:
        """See ports.PasswordHashing."""
        with self._turns:
            return Secret(self._hasher.hash(_bytes(password)))

    def fits(self, password: Secret, password_hash: Secret | None) -> bool:
        """See ports.PasswordHashing."""
        against = self._nobody if password_hash is None else password_hash.reveal()
        with self._turns:
            return self._verified(against, _bytes(password)) and password_hash is not None

    def is_outdated(self, password_hash: Secret) -> bool:
        """See ports.PasswordHashing."""
        try:
            return self._hasher.check_needs_rehash(password_hash.reveal())
        except InvalidHashError:
            return True

    def _verified(self, against: str, password: bytes) -> bool:
        try:
            return self._hasher.verify(against, password)
        except (VerificationError, InvalidHashError):
            return False


def _bytes(password: Secret) -> bytes:
    # One password however a keyboard composes it (NIST SP 800-63B, section 5.1.1.2).
    return unicodedata.normalize("NFKC", password.reveal()).encode("utf-8", "surrogatepass")
