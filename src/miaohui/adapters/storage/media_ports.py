"""What the house asks of storage about pictures in chats: each lies sealed under its buyer's key.

Every implementation runs tests/adapters/storage/media_contract.py. All calls block, and raise
ReaderError as the log does.
"""

from datetime import datetime
from typing import NamedTuple, Protocol

import msgspec

PICTURE_TYPES = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})
MOST_PICTURE_BYTES = 5_000_000
PREVIEW_TYPE = "image/webp"


class Owner(NamedTuple):
    """The buyer in whose chat a picture stands, by the names of the log."""

    shop: str
    channel: str
    buyer: str


class Picture(msgspec.Struct, frozen=True):
    """A picture of `type`, one of PICTURE_TYPES, `width` × `height` pixels; `preview` is small and
    of PREVIEW_TYPE."""

    type: str
    width: int
    height: int
    body: bytes
    preview: bytes

    def __repr__(self) -> str:
        return f"Picture({self.type!r}, {self.width}, {self.height})"


class Sketch(msgspec.Struct, frozen=True):
    """What is known of a picture without opening it."""

    type: str
    width: int
    height: int


class Media(Protocol):
    """Pictures by ids that nobody can guess."""

    def put(self, owner: Owner, picture: Picture, now: datetime) -> str:
        """Keep a picture, durable on return; its id (32 hex digits). The buyer may be new."""
        ...

    def find(self, owner: Owner, media_id: str) -> Sketch | None:
        """What a picture is; None unless there is one of this owner, and the owner not erased."""
        ...

    def get(self, owner: Owner, media_id: str, preview: bool = False) -> bytes | None:
        """A picture or its preview; None as `find`.

        Raises ReaderError `media.damaged` for one that does not open.
        """
        ...

    def forget(self, owner: Owner) -> int:
        """Remove every picture of a buyer; how many. Erasing the buyer does it, too."""
        ...
