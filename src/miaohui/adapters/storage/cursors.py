"""Where the next page of a list begins, as a text that nobody has to understand."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Annotated, NamedTuple

import msgspec

from miaohui.domain.vocabulary.problems import Problem, ReaderError

LARGEST = (1 << 63) - 1


class Mark(NamedTuple):
    """The last thing shown: its instant in microseconds, and what tells it from others of it."""

    at: Annotated[int, msgspec.Meta(ge=-LARGEST, le=LARGEST)]
    name: Annotated[bytes, msgspec.Meta(max_length=16)]


def cursor_of(mark: Mark) -> str:
    """A mark as a cursor."""
    return urlsafe_b64encode(msgspec.json.encode(mark)).decode().rstrip("=")


def mark_of(cursor: str) -> Mark:
    """Read `cursor_of` back. Raises ReaderError `cursor.unreadable`."""
    try:
        return msgspec.json.decode(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)), type=Mark)
    except (ValueError, msgspec.DecodeError):
        raise ReaderError(Problem("cursor.unreadable", {"cursor": cursor})) from None
