"""Events turned into facts: for logs small enough to be held as records."""

from collections.abc import Hashable, Iterable, Mapping
from typing import Generic, TypeVar

import numpy as np

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
    return _encoded(rows)


def _encoded(rows: list[Event]) -> Facts:
    stores = tuple(sorted({(event.shop, event.channel) for event in rows}))
    store_number = {store: number for number, store in enumerate(stores)}
    conversations, whats, accounts, briefs = Codes(), Codes(), Codes(), Codes()
    row_of = {(event.shop, event.channel, event.source_id): row for row, event in enumerate(rows)}
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
        store_of=np.array([store_number[key[0], key[1]] for key in conversations], np.int32),
        names=tuple(key[2] for key in conversations),
        about=np.array(
            [_row_about(row_of, event) for event in rows],
            np.int64,
        ),
        brief=np.array(
            [
                NONE if event.payload.brief is None else briefs[event.payload.brief]
                for event in rows
            ],
            np.int32,
        ),
        briefs=tuple(briefs),
    )


def _row_about(row_of: Mapping[tuple[str, str, str], int], event: Event) -> int:
    about = event.payload.about
    return NONE if about is None else row_of.get((event.shop, event.channel, about), NONE)


def what_of(event: Event) -> What:
    """Who did what how, as facts encode it."""
    detail = event.payload.mark if event.kind in MARKING_KINDS else event.payload.purpose
    return What(event.actor.value, event.origin.value, event.kind, detail)
