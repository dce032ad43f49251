"""Quick replies: sentences that a shop says often, in folders, found by a few letters."""

import re
from collections.abc import Iterator, Mapping

import msgspec

from miaohui.domain.vocabulary.problems import Problem

LONGEST_TITLE = 60
LONGEST_TEXT = 2_000
LONGEST_FOLDER = 60
VARIABLES = frozenset({"buyer", "order", "product", "agent", "shop"})
PLACE = re.compile(r"\{\s*([a-z_]+)\s*\}")


class QuickReply(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence to be said again. `shop`: whose team shares it, None: every shop's; `account`:
    whose own it is, None: the team's. `text` may hold `{buyer}`, `{order}`, `{product}`, `{agent}`
    and `{shop}`; `place` orders it in its folder."""

    id: str
    title: str
    text: str
    folder: str = ""
    shop: str | None = None
    account: str | None = None
    place: int = 0
    media: str | None = None


def reply_problems(reply: QuickReply) -> Iterator[Problem]:
    """All that is wrong with a quick reply."""
    if not 0 < len(reply.title.strip()) <= LONGEST_TITLE:
        yield Problem("reply.title", {"most": LONGEST_TITLE}, column="title")
    if not 0 < len(reply.text.strip()) <= LONGEST_TEXT:
        yield Problem("reply.text", {"most": LONGEST_TEXT}, column="text")
    if len(reply.folder) > LONGEST_FOLDER:
        yield Problem("reply.folder", {"most": LONGEST_FOLDER}, column="folder")
    for name in dict.fromkeys(PLACE.findall(reply.text)):
        if name not in VARIABLES:
            known = ", ".join(sorted(VARIABLES))
            yield Problem("reply.variable", {"name": name, "known": known}, column="text")


def filled(text: str, values: Mapping[str, str]) -> str:
    """A text with its variables said; one without a value stays as it is written, to be seen."""
    return PLACE.sub(lambda found: values.get(found.group(1)) or found.group(0), text)
