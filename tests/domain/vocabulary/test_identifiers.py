from uuid import RFC_4122, UUID

from hypothesis import given
from hypothesis import strategies as st

from miaohui.domain.vocabulary.identifiers import (
    fingerprint_of,
    row_fingerprint,
    source_id_of,
    uuid7,
)

milliseconds = st.integers(0, (1 << 48) - 1)
bits = st.integers(0, (1 << 74) - 1)


@given(milliseconds, bits)
def test_an_id_is_a_uuid_of_version_seven_that_holds_its_time(time, chance):
    made = UUID(uuid7(time, chance))
    assert (made.version, made.variant) == (7, RFC_4122)
    assert made.int >> 80 == time


@given(milliseconds, bits, bits)
def test_different_chance_makes_different_ids(time, one, other):
    assert (uuid7(time, one) == uuid7(time, other)) == (one == other)


@given(milliseconds, milliseconds, bits, bits)
def test_ids_sort_by_time(one, other, chance, more_chance):
    if one < other:
        assert uuid7(one, chance) < uuid7(other, more_chance)


@given(st.lists(st.text(max_size=4), max_size=4), st.lists(st.text(max_size=4), max_size=4))
def test_rows_have_one_fingerprint_exactly_when_their_cells_are_the_same(one, other):
    assert (row_fingerprint(one) == row_fingerprint(other)) == (one == other)


def test_a_fingerprint_is_the_same_on_every_machine():
    assert row_fingerprint(["茶", "a"]) == fingerprint_of("3:茶1:a") == "f361020d10a95554f6c3cd9c"


def test_identical_rows_differ_by_their_ordinal():
    assert source_id_of("abc", 0) != source_id_of("abc", 1)
