"""The fast way to very large logs: one shop's traffic as columns, without a single event."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import chain
from random import Random

import numpy as np
from numpy.typing import NDArray

from miaohui.domain.traffic.deeds import ABOUT, MARK_OF, MEDIA_OF, RATING_OF, Deed
from miaohui.domain.traffic.names import Names
from miaohui.domain.traffic.play import play_days
from miaohui.domain.traffic.settings import TrafficSettings
from miaohui.domain.traffic.shops import ShopTraffic
from miaohui.domain.traffic.stage import Stage
from miaohui.domain.traffic.trace import WIDTH

Integers = NDArray[np.int64]
Column = Integers | list[str] | list[str | None]


def columns_of_shop(
    settings: TrafficSettings, shop: ShopTraffic, days: Sequence[date], random: Random
) -> dict[str, Column]:
    """The same traffic as `play_shop`, by the names of the interchange table.

    `at` is int64 microseconds since 1970 UTC, every other column a list of str (None where
    empty): the interchange columns, then purpose, about, mark, by, rating and media.
    """
    stage = Stage(settings, shop, random)
    names = Names(settings, shop, stage.book)
    rows = chain.from_iterable(play_days(stage, days))
    flat = np.fromiter(chain.from_iterable(rows), dtype=np.int64)
    return _render(names, stage, np.ascontiguousarray(flat.reshape(-1, WIDTH).T))


def _render(names: Names, stage: Stage, table: Integers) -> dict[str, Column]:
    at, number, chat, deed, account, text, order, link = table
    return {
        "shop": [names.shop] * len(at),
        "channel": [names.channel] * len(at),
        "conversation": _named(names.conversation, stage.buyers, chat),
        "buyer": _named(names.buyer, stage.buyers, chat),
        "at": at * 1000,
        "actor": _taken([d.actor.value for d in Deed], deed),
        "origin": _taken([d.origin.value for d in Deed], deed),
        "account": _taken([*names.accounts, None], account),
        "kind": _taken([d.kind for d in Deed], deed),
        "text": _taken([*names.texts, None], text),
        "order": _named(names.order, stage.orders, order),
        "source_id": [names.source_id(n) for n in number.tolist()],
        "purpose": _taken([d.purpose for d in Deed], deed),
        "about": _where(np.isin(deed, list(ABOUT)), names.source_id, link),
        "mark": _taken([MARK_OF.get(d) for d in Deed], deed),
        "by": _where(deed == Deed.TRANSFERRED, names.accounts.__getitem__, link),
        "rating": _taken([RATING_OF.get(d) for d in Deed], deed),
        "media": _taken([MEDIA_OF.get(d) for d in Deed], deed),
    }


def _taken(words: Sequence[str | None], numbers: Integers) -> list[str | None]:
    """A word for each number; -1 takes the last."""
    table = np.empty(len(words), dtype=object)
    table[:] = words
    return table[numbers].tolist()


def _named(name: Callable[[int], str], count: int, numbers: Integers) -> list[str | None]:
    """Names of the numbers from 1 to count; 0 is none."""
    return _taken([None, *map(name, range(1, count + 1))], numbers)


def _where(
    chosen: NDArray[np.bool_], name: Callable[[int], str], numbers: Integers
) -> list[str | None]:
    """Names of the chosen numbers, None elsewhere."""
    column = np.full(len(numbers), None, dtype=object)
    column[chosen] = [name(number) for number in numbers[chosen].tolist()]
    return column.tolist()
