"""A browser that asked to be told, and the push service of its maker."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02
from py_vapid.jwt import decode
from tests.adapters.outbound.receivers import Heard

PATH = "/push/dG9rZW4"
AUTH = bytes(range(16))


def base64url(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


class Browser:
    """Holds the key that alone opens what is sent to it."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())

    def subscription(self, port: int, path: str = PATH) -> str:
        point = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        keys = {"p256dh": base64url(point), "auth": base64url(AUTH)}
        endpoint = f"https://127.0.0.1:{port}{path}"
        return json.dumps({"endpoint": endpoint, "expirationTime": None, "keys": keys})

    def opened(self, heard: Heard) -> dict:
        assert len(heard.body) <= 4096  # more than this no service has to take
        assert heard.headers["content-encoding"] == "aes128gcm"
        return json.loads(http_ece.decrypt(heard.body, private_key=self._key, auth_secret=AUTH))


def signed_by(heard: Heard) -> tuple[str, dict]:
    """The house's public key and what it claims; AssertionError for a signature that is none."""
    assert Vapid02.verify(heard.headers["authorization"])
    scheme, _, parts = heard.headers["authorization"].partition(" ")
    named = dict(part.split("=", 1) for part in parts.split(","))
    assert scheme == "vapid"
    header = json.loads(urlsafe_b64decode(named["t"].split(".")[0] + "=="))
    assert header == {"typ": "JWT", "alg": "ES256"}
    return named["k"], decode(named["t"], named["k"])
