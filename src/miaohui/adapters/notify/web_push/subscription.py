"""A browser that wants to be told, as its PushSubscription says (W3C Push API, section 8)."""

from urllib.parse import urlsplit

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec

from miaohui.adapters.notify.texts import web_link
from miaohui.adapters.notify.web_push.base64url import read

POINT_BYTES, SECRET_BYTES = 65, 16  # RFC 8291, section 3.1 and 3.2


class Browser(msgspec.Struct, frozen=True):
    """Where its push service listens, and what is needed to write to it."""

    endpoint: str
    origin: str
    key: bytes
    secret: bytes


class Keys(msgspec.Struct):
    """The two keys, base64url."""

    p256dh: str
    auth: str


class Subscription(msgspec.Struct):
    """`JSON.stringify(subscription)`; when it expires does not matter, its service will say so."""

    endpoint: str
    keys: Keys


_subscription = msgspec.json.Decoder(Subscription)


def read_subscription(told: str) -> Browser | None:
    """The browser, or None if this is no subscription that can be written to."""
    try:
        subscription = _subscription.decode(told)
        key = read(subscription.keys.p256dh, POINT_BYTES)
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), key)
        secret = read(subscription.keys.auth, SECRET_BYTES)
        parts = urlsplit(subscription.endpoint)
        port = f":{parts.port}" if parts.port else ""
    except (msgspec.DecodeError, ValueError):
        return None
    if parts.scheme != "https" or not parts.hostname or not web_link(subscription.endpoint):
        return None
    return Browser(subscription.endpoint, f"https://{parts.hostname}{port}", key, secret)
