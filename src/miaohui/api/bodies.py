"""What the bodies of requests have in common."""

from typing import Annotated

import msgspec
from typing_extensions import override

# A name or a password as somebody typed it: none is longer, and what is longer costs no hashing.
Typed = Annotated[str, msgspec.Meta(max_length=1_000)]


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A body that refuses what it does not know: a misspelt field must not be passed over."""


class Confidential(Asked, frozen=True):
    """A body that holds a secret, and shows nothing of itself."""

    @override
    def __repr__(self) -> str:
        return f"{type(self).__name__}(…)"
