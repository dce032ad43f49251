"""Which cabinets are joined, and how many events of each shop are filed next."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miaohui.adapters.storage.catalogue.cabinets import Cabinet
from miaohui.adapters.storage.catalogue.entries import MOST
from miaohui.adapters.storage.catalogue.shares import shares_of
from miaohui.adapters.storage.catalogue.tiers import TIERS, tier_of, to_join


def cabinet(number: int, messages: int) -> Cabinet:
    return Cabinet(number, messages, 0, 0, 1, b"")


@pytest.mark.parametrize("batch", [1, 3, 700, 4_000, 8_000])
def test_few_cabinets_stand_about_and_none_is_too_large(batch):
    standing: list[Cabinet] = []
    moved = number = 0
    for _ in range(2_000):
        number += 1
        standing.append(cabinet(number, batch))
        while lot := to_join(standing):
            number += 1
            total = sum(each.messages for each in lot)
            moved += total
            standing = [each for each in standing if each not in lot] + [cabinet(number, total)]
        assert all(each.messages < MOST for each in standing)
        small = [each for each in standing if tier_of(each.messages) < TIERS]
        assert len(small) <= 3 * TIERS
    assert sum(each.messages for each in standing) == 2_000 * batch
    assert moved <= TIERS * 2_000 * batch


def test_tiers_grow_by_fours():
    firsts = [1, 2, 8, 32, 128, 512, 2_048, 8_192]
    assert [tier_of(first) for first in firsts] == list(range(8))
    assert [tier_of(first - 1) for first in firsts[1:]] == list(range(7))
    assert tier_of(MOST) >= TIERS


def test_the_oldest_of_the_smallest_are_joined_first():
    standing = [cabinet(9, 40), *(cabinet(number, 1) for number in (8, 3, 5, 4, 7))]
    assert [each.number for each in to_join(standing)] == [3, 4, 5, 7]
    assert to_join(standing[:4]) == []
    assert to_join([cabinet(number, 20_000) for number in range(9)]) == []


@given(
    st.dictionaries(st.integers(1, 60), st.integers(1, 10**9), max_size=40), st.integers(1, 8_000)
)
def test_shares_stay_within_the_limit_and_what_waits(waiting, limit):
    shares = dict(shares_of(waiting, limit))
    assert sum(shares.values()) <= limit
    assert all(0 < share <= waiting[shop] for shop, share in shares.items())
    assert shares or not waiting
    if sum(waiting.values()) <= limit:
        assert shares == waiting


def test_a_shop_of_few_does_not_wait_for_one_of_many():
    assert dict(shares_of({1: 1_000_000, 2: 3, 3: 1}, 1_000)) == {3: 1, 2: 1, 1: 998}
    assert dict(shares_of({1: 300, 2: 100}, 40)) == {2: 10, 1: 30}
