"""What a message is noted under, and what somebody who looks for it asks for."""

from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from miaohui.adapters.storage.search_ports import Sought
from miaohui.domain.text.words import (
    BREAK,
    PREFIX,
    Pieces,
    folded,
    grams_of,
    grams_to_ask,
    pieces_of,
    stands_in,
    words_of,
)
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.kinds import TALK, Family, family_of

# Other kinds are noted only where they say something.
NOTED = TALK | {Family.TRADE, Family.VOICE}
LONGEST_NAME, LONGEST_ORDER = 16, 24  # of longer ones nothing more is noted
MOST_GRAMS = 12  # what is asked for beyond is looked at in the messages themselves
FEW_SHOPS = 32

MARK_BITS = 32
REMEMBERED = 1 << 16

# Signs that no gram holds keep them apart from all others.
SHOP, CHANNEL, KIND, ACCOUNT, BUYER, ORDER = "s=", "c=", "k=", "a=", "b=", "o="


class Asked(NamedTuple):
    """What is sought, read once: of each of `groups` a message holds one mark or more."""

    sought: Sought
    words: list[Pieces]
    groups: list[list[str]]


def is_noted(event: Event) -> bool:
    """Whether a message can be found at all."""
    says = event.payload.text is not None or event.payload.order is not None
    return says or family_of(event.kind) in NOTED


def marks_of(event: Event) -> set[str]:
    """All that a message is noted under."""
    marks = grams_of(_pieces(event))
    marks.update((SHOP + event.shop, CHANNEL + event.channel, KIND + event.kind))
    if event.account is not None:
        marks.add(ACCOUNT + event.account)
    if event.payload.order is not None:
        marks |= _order_marks(event.payload.order)
    name = folded(event.buyer)[:LONGEST_NAME]
    marks.update(BUYER + name[:length] for length in range(1, len(name) + 1))
    return marks


def asked_of(sought: Sought, is_every_shop: bool) -> Asked:
    """Read what is sought; `is_every_shop`: its scope holds all there are."""
    words = words_of(sought.words)
    grams = [gram for word in words for gram in grams_to_ask(word)]
    groups = [[gram] for gram in dict.fromkeys(grams)][:MOST_GRAMS]
    if sought.order is not None:
        groups.append([ORDER + folded(sought.order)[:LONGEST_ORDER]])
    if sought.buyer:
        groups.append([BUYER + folded(sought.buyer)[:LONGEST_NAME]])
    if not is_every_shop and len(sought.scope.shops) <= FEW_SHOPS:
        groups.append(_each(SHOP, sought.scope.shops))
    for tag, wanted in ((ACCOUNT, sought.accounts), (CHANNEL, sought.channels)):
        groups += [] if wanted is None else [_each(tag, wanted)]
    groups += [] if sought.kinds is None else [_each(KIND, sought.kinds)]
    return Asked(sought, words, groups)


def fits(asked: Asked, event: Event) -> bool:
    """Whether a message is what is sought, its chat's rights aside."""
    return _is_of(asked.sought, event) and _says(asked, event)


class MarkNumbers:
    """Marks as keyed numbers of MARK_BITS: two may share one, so what is found is looked at."""

    def __init__(self, key: bytes) -> None:
        @lru_cache(REMEMBERED)
        def number(mark: str) -> int:
            said = mark.encode("utf-8", "surrogatepass")
            digest = blake2b(said, key=key, digest_size=MARK_BITS // 8).digest()
            return int.from_bytes(digest, "big")

        self.number = number

    def of(self, marks: Iterable[str]) -> list[int]:
        """The numbers of marks."""
        return list(map(self.number, marks))


def _pieces(event: Event) -> list[str]:
    """The pieces of all that words are looked for in."""
    payload = event.payload
    pieces = pieces_of(payload.text or "")
    if payload.order:
        pieces += [BREAK, *pieces_of(payload.order)]
    return pieces


def _order_marks(order: str) -> set[str]:
    """An order number by its first PREFIX characters and more, or as it is if it is shorter."""
    told = folded(order)[:LONGEST_ORDER]
    return {ORDER + told[:length] for length in range(PREFIX, len(told))} | {ORDER + told}


def _each(tag: str, names: Iterable[str]) -> list[str]:
    return [tag + name for name in sorted(names)]


def _is_of(sought: Sought, event: Event) -> bool:
    return (
        event.shop in sought.scope.shops
        and (sought.accounts is None or event.account in sought.accounts)
        and (sought.channels is None or event.channel in sought.channels)
        and (sought.kinds is None or event.kind in sought.kinds)
        and (sought.since is None or event.at >= sought.since)
        and (sought.until is None or event.at < sought.until)
    )


def _says(asked: Asked, event: Event) -> bool:
    sought = asked.sought
    if sought.buyer and not folded(event.buyer).startswith(folded(sought.buyer)):
        return False
    if sought.order is not None and not _is_order(sought.order, event.payload.order):
        return False
    pieces = _pieces(event) if asked.words else []
    return all(stands_in(word, pieces) for word in asked.words)


def _is_order(wanted: str, order: str | None) -> bool:
    if order is None:
        return False
    sought, given = folded(wanted), folded(order)
    return given == sought or (len(sought) >= PREFIX and given.startswith(sought))
