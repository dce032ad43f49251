"""What log-ins ask of cryptography."""

from datetime import datetime
from typing import Protocol

from miaohui.domain.directory.secret import Secret


class PasswordHashing(Protocol):
    """Slow, salted hashes of passwords. Calls block for a tenth of a second and some memory."""

    def hash(self, password: Secret) -> Secret:
        """A hash that holds its salt and parameters."""
        ...

    def fits(self, password: Secret, password_hash: Secret | None) -> bool:
        """Whether a hash was made of this password.

        Without a hash it takes as long and is False.
        """
        ...

    def is_outdated(self, password_hash: Secret) -> bool:
        """Whether a hash was made with other parameters than today's."""
        ...


class OneTimeCodes(Protocol):
    """Codes of six digits by time (TOTP, RFC 6238)."""

    def secret(self, random_bytes: bytes) -> Secret:
        """A secret as authenticator apps take it."""
        ...

    def address(self, secret: Secret, name: str, house: str) -> Secret:
        """What the square code on the screen says (otpauth://)."""
        ...

    def step(self, secret: Secret, code: str, now: datetime) -> int | None:
        """The step of time that a code belongs to, now or one beside; None if it is wrong."""
        ...
