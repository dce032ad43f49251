"""Columns of words as numbers: whatever a word is, and where there is none."""

from collections.abc import Sequence

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from miaohui.adapters.storage.parquet.numbering import Lexicon, codes_of, combined

WORDS = st.one_of(st.none(), st.sampled_from(["", "甲", "乙", "a"]))
ROWS = st.lists(st.tuples(WORDS, WORDS, WORDS), max_size=12)


def columns_of(rows: Sequence[tuple[str | None, ...]]) -> list[pl.Series]:
    """Three columns of text."""
    return [pl.Series([row[place] for row in rows], dtype=pl.String) for place in range(3)]


@settings(deadline=None)  # the first call compiles
@given(ROWS)
def test_every_combination_of_words_is_found_again_in_its_rows(rows) -> None:
    found = combined([codes_of(column) for column in columns_of(rows)])
    table = found.table(range(len(found.words)))
    numbers = [
        table[
            sum(each[codes[row]] for each, codes in zip(found.tables, found.columns, strict=True))
        ]
        for row in range(len(rows))
    ]
    assert [found.words[number] for number in numbers] == rows
    assert len(set(found.words)) == len(found.words)


@settings(deadline=None)  # the first call compiles
@given(ROWS)
def test_words_nobody_knows_are_none(rows) -> None:
    codes = codes_of(columns_of(rows)[0]).knowing({"甲", ""})
    table = codes.table([{"甲": 0, "": 1, None: -1}[word] for word in codes.words])
    told = [None if table[code] < 0 else ("甲", "")[table[code]] for code in codes.codes]
    assert told == [row[0] if row[0] in ("甲", "") else None for row in rows]


def test_a_lexicon_numbers_words_once_and_none_not_at_all() -> None:
    lexicon = Lexicon(["甲"])
    assert lexicon.numbers(["乙", None, "甲", "乙"]) == [1, -1, 0, 1]
    assert lexicon.words == ("甲", "乙")
