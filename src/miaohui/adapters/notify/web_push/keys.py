"""The key by which push services know the house (VAPID, RFC 8292)."""

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from miaohui.adapters.notify.web_push.base64url import read, written
from miaohui.domain.directory.secret import Secret
from miaohui.domain.vocabulary.problems import Problem, ReaderError

KEY_BYTES = 32
# 64 bits more than the key has, so that no key is likelier than another (FIPS 186-5, A.2.1).
CHANCE_BYTES = KEY_BYTES + 8
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256


def new_private_key(chance: bytes) -> Secret:
    """A private key from CHANCE_BYTES random bytes, as text for the settings (base64url)."""
    if len(chance) < CHANCE_BYTES:
        raise ValueError(f"a key needs {CHANCE_BYTES} random bytes")
    number = int.from_bytes(chance, "big") % (ORDER - 1) + 1
    return Secret(written(number.to_bytes(KEY_BYTES, "big")))


def public_key(private_key: Secret) -> str:
    """What a page hands to `pushManager.subscribe` as `applicationServerKey`.

    Raises ReaderError `push.key`.
    """
    point = read_private_key(private_key).public_key()
    return written(point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def read_private_key(private_key: Secret) -> ec.EllipticCurvePrivateKey:
    """The key that a text holds. Raises ReaderError `push.key`."""
    try:
        number = int.from_bytes(read(private_key.reveal(), KEY_BYTES), "big")
        return ec.derive_private_key(number, ec.SECP256R1())
    except ValueError:
        raise ReaderError(Problem("push.key")) from None
