"""Events turned into facts: for logs small enough to be held as records."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from miaohui.domain.analytics.facts import NONE, Facts, What
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.instants import micros_of
from miaohui.domain.vocabulary.kinds import MARKING_KINDS

Word = TypeVar("Word", bound=Hashable)


class Codes(dict[Word, int], Generic[Word]):
    """Gives every new word the next number."""

    def __missing__(self, word: Word) -> int:
        self[word] = len(self)
        return self[word]


def facts_of(events: Iterable[Event]) -> Facts:
    """The facts of events in the order of the log; repeats are left out, the first wins."""
    known: set[tuple[str, str, str]] = set()
    rows: list[Event] = []
    for event in events:
        identity = (event.shop, event.channel, event.source_id)
        if identity not in known:
            known.add(identity)
            rows.append(event)
    return _encoded(sorted(rows, key=_store))


def _store(event: Event) -> tuple[str, str]:
    return event.shop, event.channel


def _encoded(rows: list[Event]) -> Facts:
    stores = tuple(sorted({_store(event) for event in rows}))
    conversations, whats, accounts, briefs = Codes(), Codes(), Codes(), Codes()
    about = _about(rows)
    conversation = [conversations[event.shop, event.channel, event.conversation] for event in rows]
    return Facts(
        at=np.array([micros_of(event.at) for event in rows], np.int64),
        conversation=np.array(conversation, np.uint32),
        what=np.array([whats[what_of(event)] for event in rows], np.uint16),
        account=np.array(
            [accounts[event.account] if event.account else NONE for event in rows], np.int32
        ),
        whats=tuple(whats),
        accounts=tuple(accounts),
        stores=stores,
        rows=_starts(stores, map(_store, rows)),
        conversations=_starts(stores, ((key[0], key[1]) for key in conversations)),
        names=tuple(key[2] for key in conversations),
        telling=np.array(list(about), np.int64),
        about=np.array(list(about.values()), np.int64),
        brief=np.array(
            [
                NONE if event.payload.brief is None else briefs[event.payload.brief]
                for event in rows
            ],
            np.int32,
        ),
        briefs=tuple(briefs),
    )


def _starts(
    stores: Sequence[tuple[str, str]], owners: Iterable[tuple[str, str]]
) -> NDArray[np.int64]:
    """Where each store starts among what each of them owns, and the end of the last."""
    owned = Counter(owners)
    return np.cumsum([0, *(owned[store] for store in stores)])


def _about(rows: Sequence[Event]) -> Mapping[int, int]:
    """The rows about another row, and which."""
    row_of = {(*_store(event), event.source_id): row for row, event in enumerate(rows)}
    found: dict[int, int] = {}
    for row, event in enumerate(rows):
        about = event.payload.about
        if about is not None and (*_store(event), about) in row_of:
            found[row] = row_of[*_store(event), about]
    return found


def what_of(event: Event) -> What:
    """Who did what how, as facts encode it."""
    detail = event.payload.mark if event.kind in MARKING_KINDS else event.payload.purpose
    return What(event.actor.value, event.origin.value, event.kind, detail)
