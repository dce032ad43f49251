"""One-time codes by time: six digits, 30 seconds, HMAC-SHA1, as every authenticator app does."""

import hmac
import unicodedata
from base64 import b32encode
from datetime import datetime

from pyotp import TOTP

from miaohui.domain.directory.secret import Secret
from miaohui.domain.vocabulary.instants import SECOND_MICROS, micros_of

STEP_SECONDS = 30
# One step before and after, for clocks and thumbs (RFC 6238, section 5.2).
NEIGHBOURS = (0, -1, 1)


class TimedCodes:
    """ports.OneTimeCodes."""

    def secret(self, random_bytes: bytes) -> Secret:
        """See ports.OneTimeCodes; 20 bytes as RFC 4226, section 4, recommends."""
        return Secret(b32encode(random_bytes).decode("ascii").rstrip("="))

    def address(self, secret: Secret, name: str, house: str) -> Secret:
        """See ports.OneTimeCodes."""
        return Secret(_codes_of(secret).provisioning_uri(name=name, issuer_name=house))

    def step(self, secret: Secret, code: str, now: datetime) -> int | None:
        """See ports.OneTimeCodes. Blanks and the width of digits do not matter."""
        typed = "".join(unicodedata.normalize("NFKC", code).split()).encode(
            "utf-8", "surrogatepass"
        )
        current = micros_of(now) // (STEP_SECONDS * SECOND_MICROS)
        codes = _codes_of(secret)
        for step in (current + neighbour for neighbour in NEIGHBOURS):
            if hmac.compare_digest(codes.generate_otp(step).encode(), typed):
                return step
        return None


def _codes_of(secret: Secret) -> TOTP:
    return TOTP(secret.reveal(), interval=STEP_SECONDS)
