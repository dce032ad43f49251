"""Pages of long lists: what comes next is asked for by an opaque cursor, never by a number."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Annotated, Generic, TypeVar

import msgspec
from litestar.params import QueryParameter

from miaohui.domain.vocabulary.problems import Problem, ReaderError

Item = TypeVar("Item")
MOST = 200
Limit = Annotated[int, QueryParameter(ge=1, le=MOST, description="How many at the most.")]
Cursor = Annotated[
    str | None,
    QueryParameter(max_length=500, description="`next` of the page before; none: the first."),
]


Kind = TypeVar("Kind")


class Page(msgspec.Struct, Generic[Item], frozen=True):
    """Some items of a list, and the cursor of those that follow; null at the end."""

    items: Sequence[Item]
    next: str | None = None


def cursor_of(place: object) -> str:
    """A place in a list as a cursor."""
    return urlsafe_b64encode(msgspec.json.encode(place)).decode().rstrip("=")


def place_of(cursor: str, kind: type[Item]) -> Item:
    """The place that a cursor tells. Raises ReaderError `http.bad_cursor`."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        return msgspec.json.decode(urlsafe_b64decode(padded), type=kind)
    except (ValueError, msgspec.DecodeError):
        raise ReaderError(Problem("http.bad_cursor")) from None


def page_of(
    items: Iterable[Kind],
    place: Callable[[Kind], str],
    told: Callable[[Kind], Item],
    cursor: str | None,
    limit: int,
) -> Page[Item]:
    """Of a list that is in the order of its items' places, those behind a cursor."""
    after = None if cursor is None else place_of(cursor, str)
    behind = (each for each in items if after is None or place(each) > after)
    found = list(islice(behind, limit + 1))
    more = cursor_of(place(found[limit - 1])) if len(found) > limit else None
    return Page([told(each) for each in found[:limit]], more)
