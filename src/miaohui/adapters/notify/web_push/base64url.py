"""Base64 in the alphabet for addresses, without padding, as browsers and VAPID write keys."""

from base64 import b64decode, urlsafe_b64encode


def written(raw: bytes) -> str:
    """Bytes as text."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def read(text: str, length: int) -> bytes:
    """So many bytes from a text; ValueError for anything else."""
    padded = text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4)
    raw = b64decode(padded, altchars=b"-_", validate=True)
    if len(raw) != length:
        raise ValueError("another length")
    return raw
