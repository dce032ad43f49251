"""How many events of each shop are filed next: all shops get on at the same pace, so that what
happened at one time comes into one cabinet, and a shop of few need not wait for one of many."""

from collections.abc import Iterator, Mapping


def shares_of(waiting: Mapping[int, int], limit: int) -> Iterator[tuple[int, int]]:
    """Shops and how many of their waiting events are next; `limit` in all at most."""
    total, left = sum(waiting.values()), limit
    for shop, count in sorted(waiting.items(), key=lambda item: item[1]):
        share = min(count, left, max(1, count * limit // total))
        if share <= 0:
            return
        left -= share
        yield shop, share
