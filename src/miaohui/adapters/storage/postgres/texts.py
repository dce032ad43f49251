"""Texts as PostgreSQL keeps them: it takes every character but NUL.

NUL is written as the control character SUBSTITUTE and `0`, and SUBSTITUTE itself as that and `s`.
"""

from collections.abc import Iterable
from typing import overload

NUL = "\0"
SUBSTITUTE = "\x1a"


@overload
def kept_text(text: str) -> str: ...
@overload
def kept_text(text: str | None) -> str | None: ...
def kept_text(text: str | None) -> str | None:
    """A text as it goes into a table."""
    if text is None or not (NUL in text or SUBSTITUTE in text):
        return text
    return text.replace(SUBSTITUTE, f"{SUBSTITUTE}s").replace(NUL, f"{SUBSTITUTE}0")


@overload
def told_text(kept: str) -> str: ...
@overload
def told_text(kept: str | None) -> str | None: ...
def told_text(kept: str | None) -> str | None:
    """A text as it was given."""
    if kept is None or SUBSTITUTE not in kept:
        return kept
    return kept.replace(f"{SUBSTITUTE}0", NUL).replace(f"{SUBSTITUTE}s", SUBSTITUTE)


def refuse_unwritable(texts: Iterable[str]) -> None:
    """Raise UnicodeEncodeError for half a surrogate pair in any of them."""
    "".join(texts).encode()
