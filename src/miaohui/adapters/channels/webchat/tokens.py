"""Tokens of visits: HMAC-SHA256 under a key of the channel. The house keeps nothing of them."""

import binascii
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Annotated

import msgspec

from miaohui.adapters.channels.visit_port import Visit

VERSION = "v1"
GOOD_FOR = timedelta(days=400)
LONGEST_TOKEN = 500
Known = tuple[
    Annotated[str, msgspec.Meta(min_length=1, max_length=64)],
    Annotated[int, msgspec.Meta(ge=0, le=253_402_300_799)],
]
_known = msgspec.json.Decoder(Known)


def token_of(key: bytes, visit: Visit) -> str:
    """A token for a visit: its version, buyer and beginning, and what proves them."""
    told = msgspec.json.encode((visit.buyer, int(visit.begun_at.timestamp())))
    signed = f"{VERSION}.{_written(told)}"
    return f"{signed}.{_written(_mac(key, signed))}"


def visit_of(key: bytes, token: str, now: datetime) -> Visit | None:
    """The visit that a token proves; None for one that is damaged, of another channel, of a newer
    version or too old."""
    signed, _, mac = token.rpartition(".")
    version, _, told = signed.partition(".")
    proof = _written(_mac(key, signed)).encode()
    if len(token) > LONGEST_TOKEN or not hmac.compare_digest(_bytes(mac), proof):
        return None
    if version != VERSION:
        return None
    try:
        buyer, begun = _known.decode(_read(told))
    except msgspec.DecodeError:
        return None
    begun_at = datetime.fromtimestamp(begun, UTC)
    return Visit(buyer, begun_at) if now - begun_at <= GOOD_FOR else None


def _mac(key: bytes, signed: str) -> bytes:
    return hmac.digest(key, _bytes(signed), sha256)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _written(plain: bytes) -> str:
    return urlsafe_b64encode(plain).decode().rstrip("=")


def _read(written: str) -> bytes:
    try:
        return urlsafe_b64decode(written + "=" * (-len(written) % 4))
    except (binascii.Error, ValueError):
        return b""
