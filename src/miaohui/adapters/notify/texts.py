"""Texts made to fit where they go."""

import re

ELLIPSIS = "…"
PAGE = re.compile(r"https?://\S+")


def one_line(text: str) -> str:
    """A text without line breaks and other control characters."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def shortened(text: str, most_bytes: int) -> str:
    """A text of at most so many bytes in UTF-8, with an ellipsis where something is missing."""
    whole = text.encode("utf-8", "replace")
    if len(whole) <= most_bytes:
        return whole.decode()
    room = most_bytes - len(ELLIPSIS.encode())
    return whole[:room].decode(errors="ignore") + ELLIPSIS if room >= 0 else ""


def web_link(link: str | None) -> str | None:
    """A link that opens a page and is nothing else; None for everything else."""
    return link if link and PAGE.fullmatch(link) and link.isprintable() else None
