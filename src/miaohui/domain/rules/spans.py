"""Spans of whole numbers, the first in and the last out: joined, cut, clipped, shifted."""

from collections.abc import Iterable, Sequence

from miaohui.domain.rules.calendar import Span


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same numbers in order and counted once; spans that are empty or backward vanish."""
    found: list[Span] = []
    for first, last in sorted(span for span in spans if span[0] < span[1]):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return tuple(found)


def without(spans: Iterable[Span], removed: Sequence[Span]) -> tuple[Span, ...]:
    """What is left of joined spans outside of other joined spans."""
    left: list[Span] = []
    for opens, closes in spans:
        for first, last in within(removed, opens, closes):
            left.append((opens, first))
            opens = last
        left.append((opens, closes))
    return joined(left)


def within(spans: Iterable[Span], first: int, last: int) -> tuple[Span, ...]:
    """What of the spans lies from `first` to before `last`."""
    return tuple(
        (max(opens, first), min(closes, last))
        for opens, closes in spans
        if opens < last and closes > first
    )


def shifted(spans: Iterable[Span], by: int) -> tuple[Span, ...]:
    """The spans moved by so many."""
    return tuple((first + by, last + by) for first, last in spans)
