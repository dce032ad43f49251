"""What the house asks of whoever looks at pictures."""

from typing import Protocol

from miaohui.adapters.storage.media_ports import Picture
from miaohui.domain.vocabulary.problems import Problem


class Pictures(Protocol):
    """Somebody who draws pictures anew."""

    async def redraw(self, body: bytes) -> Picture | Problem:
        """The picture in a file, drawn anew: its real type, upright, with nothing beside what is
        seen. Problems: `picture.too_large`, `picture.unknown_type`, `picture.too_many_pixels`,
        `picture.damaged`, `picture.too_slow`."""
        ...
