"""Signing and checking a webhook: HMAC-SHA256 over its id, its time and its body."""

import base64
import binascii
import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

import msgspec

PREFIX = "whsec_"
VERSION = "v1"
SECRET_BYTES = (24, 64)  # as Standard Webhooks asks
WINDOW = timedelta(minutes=5)  # how far the sender's clock may be off, or a delivery be late


class Headers(msgspec.Struct, frozen=True):
    """The three headers `webhook-id`, `webhook-timestamp` (Unix seconds) and `webhook-signature`
    (`v1,<base64>`, several separated by spaces while a secret is being changed)."""

    id: str
    timestamp: str
    signature: str

    def named(self) -> dict[str, str]:
        """As HTTP sends them."""
        return {
            "webhook-id": self.id,
            "webhook-timestamp": self.timestamp,
            "webhook-signature": self.signature,
        }


def key_of(secret: str) -> bytes | None:
    """The key in a secret `whsec_<base64>` of 24 to 64 bytes; None for anything else."""
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        return None
    least, most = SECRET_BYTES
    return key if secret.startswith(PREFIX) and least <= len(key) <= most else None


def new_secret(chance: bytes) -> str:
    """A secret from 32 random bytes."""
    return PREFIX + base64.b64encode(chance).decode()


def signed(key: bytes, delivery: str, at: datetime, body: bytes) -> Headers:
    """The headers of a delivery."""
    return signed_by([key], delivery, at, body)


def signed_by(keys: Sequence[bytes], delivery: str, at: datetime, body: bytes) -> Headers:
    """The headers of a delivery, with a signature of each key: of both while one is changed."""
    timestamp = str(int(at.timestamp()))
    signatures = (f"{VERSION},{_mac(key, delivery, timestamp, body)}" for key in keys)
    return Headers(delivery, timestamp, " ".join(signatures))


def refusal(keys: Sequence[bytes], headers: Headers, body: bytes, now: datetime) -> str | None:
    """Why a delivery is not believed: the key of a problem; None if it is genuine and fresh.

    Takes the same time whatever is wrong with the signature.
    """
    if not headers.id or not headers.timestamp or not headers.signature:
        return "webhook.unsigned"
    given = [each.partition(",") for each in headers.signature.split(" ")]
    genuine = False
    for key in keys:
        expected = _mac(key, headers.id, headers.timestamp, body).encode()
        for version, _, mac in given:
            genuine |= version == VERSION and hmac.compare_digest(mac.encode(), expected)
    if not genuine:
        return "webhook.not_genuine"
    return None if _is_fresh(headers.timestamp, now) else "webhook.too_old"


def _is_fresh(timestamp: str, now: datetime) -> bool:
    if not timestamp.isascii() or not timestamp.isdigit() or len(timestamp) > 12:
        return False
    return abs(now.timestamp() - int(timestamp)) <= WINDOW.total_seconds()


def _mac(key: bytes, delivery: str, timestamp: str, body: bytes) -> str:
    said = f"{delivery}.{timestamp}.".encode() + body
    return base64.b64encode(hmac.digest(key, said, sha256)).decode()
