"""Sealing: AES-256-GCM under a key per buyer, keys wrapped by the master key, keyed pseudonyms.

Every sealed thing is bound to its row by associated data, so that it cannot be moved to another.
"""

import hmac
import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE_BYTES = 12
TAG_BYTES = 16
DATA_KEY_BYTES = 32
WRAPPED_BYTES = NONCE_BYTES + DATA_KEY_BYTES + TAG_BYTES
PSEUDONYM_BYTES = 16

Cipher = AESGCM


@dataclass(frozen=True, slots=True, repr=False)
class Keys:
    """What is derived from a master key: a wrapping key, a key for pseudonyms, one for the marks
    of the catalogue, and a mark by which a log knows its own master key again (it says nothing
    about the others)."""

    wrapping: Cipher
    naming: bytes
    searching: bytes
    mark: bytes


def derive_keys(master_key: bytes) -> Keys:
    """HKDF-SHA256 (RFC 5869), one purpose per key."""
    return Keys(
        Cipher(_derived(master_key, b"miaohui/1/wrapping")),
        _derived(master_key, b"miaohui/1/naming"),
        _derived(master_key, b"miaohui/1/searching"),
        _derived(master_key, b"miaohui/1/mark"),
    )


def pseudonym(keys: Keys, *parts: str) -> bytes:
    """16 bytes of HMAC-SHA256 that stand for a name; the same parts always give the same."""
    # Lengths keep ("ab", "c") and ("a", "bc") apart.
    message = "".join([f"{len(part)}:{part}" for part in parts]).encode()
    return hmac.digest(keys.naming, message, "sha256")[:PSEUDONYM_BYTES]


def signing_key(keys: Keys, *parts: str) -> bytes:
    """A key of 32 bytes to sign with for one purpose; the same parts always give the same."""
    # No pseudonym begins like this: they begin with a length.
    message = "signing " + "".join([f"{len(part)}:{part}" for part in parts])
    return hmac.digest(keys.naming, message.encode(), "sha256")


def new_data_key(keys: Keys, bound_to: bytes) -> tuple[bytes, Cipher]:
    """A fresh data key: wrapped (60 bytes) for the database, and ready to use."""
    data_key = AESGCM.generate_key(256)
    return seal(keys.wrapping, data_key, bound_to), Cipher(data_key)


def unwrap(keys: Keys, wrapped: bytes, bound_to: bytes) -> Cipher | None:
    """The data key ready to use; None if it was not wrapped by this master key for this row."""
    data_key = unseal(keys.wrapping, wrapped, bound_to)
    return Cipher(data_key) if data_key else None


def seal(cipher: Cipher, plain: bytes, bound_to: bytes) -> bytes:
    """Nonce, ciphertext and tag, under a fresh random nonce."""
    return seal_with(cipher, os.urandom(NONCE_BYTES), plain, bound_to)


def seal_with(cipher: Cipher, nonce: bytes, plain: bytes, bound_to: bytes) -> bytes:
    """As `seal`, under a nonce of `fresh_nonces` that is used for nothing else."""
    return nonce + cipher.encrypt(nonce, plain, bound_to)


def fresh_nonces(count: int) -> list[bytes]:
    """Random nonces by one call, for use at once: kept, a forked process would use them again."""
    chance = os.urandom(NONCE_BYTES * count)
    return [chance[start : start + NONCE_BYTES] for start in range(0, len(chance), NONCE_BYTES)]


def unseal(cipher: Cipher, sealed: bytes, bound_to: bytes) -> bytes | None:
    """The plain bytes; None if they are not what was sealed here."""
    try:
        return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound_to)
    except (InvalidTag, ValueError):
        return None


def _derived(master_key: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=purpose).derive(master_key)
