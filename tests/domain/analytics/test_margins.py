"""Misses left and answers wanted are the last numbers on the right side of a line."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from tests.domain.analytics.test_today import BUILT_IN

from miaohui.adapters.pack_files.library import load_pack
from miaohui.domain.analytics.figures import Figure
from miaohui.domain.analytics.margins import Margin, answers_wanted, margins_of, misses_left, spoilt
from miaohui.domain.rules.lines import compares

DAY = date(2026, 11, 1)
counts = st.tuples(st.integers(0, 3_000), st.integers(0, 300)).map(lambda n: (n[0], sum(n)))
lines = st.integers(1, 999).map(lambda thousandths: thousandths / 1000)
ops = st.sampled_from([">=", ">"])


@given(counts, lines, ops)
def test_one_miss_more_than_are_left_breaks_the_line(given_counts, line, op):
    hits, decided = given_counts
    left = misses_left(hits, decided, op, line)
    if left >= 0:
        assert decided + left == 0 or compares(hits / (decided + left), op, line)
    assert not compares(hits / (decided + max(left, 0) + 1), op, line)


@given(counts, lines, ops)
def test_one_answer_less_than_are_wanted_is_not_enough(given_counts, line, op):
    hits, decided = given_counts
    wanted = answers_wanted(hits, decided, op, line)
    if decided + wanted:
        assert compares((hits + wanted) / (decided + wanted), op, line)
    if wanted and decided + wanted > 1:
        assert not compares((hits + wanted - 1) / (decided + wanted - 1), op, line)


def test_no_number_of_answers_makes_a_miss_undone_where_all_must_be_answered():
    assert answers_wanted(9, 10, ">=", 1.0) is None
    assert answers_wanted(10, 10, ">=", 1.0) == 0


def figure(hits: int, decided: int) -> Figure:
    return Figure(hits / decided if decided else None, hits, decided, 0, None, None, {})


def margin_of(hits: int, decided: int, **lines: float) -> Margin:
    pack = load_pack("pdd")
    figures = {"reply_3min": figure(hits, decided)}
    (margin,) = margins_of(pack, figures, lines, DAY)
    return margin


def test_a_line_that_the_merchant_gave_is_told_with_what_is_left_of_it():
    margin = margin_of(95, 100, star_reply_3min=0.8)
    assert (margin.holds, margin.misses_left, margin.answers_wanted) == (True, 18, None)
    margin = margin_of(70, 100, star_reply_3min=0.8)
    assert (margin.holds, margin.misses_left, margin.answers_wanted) == (False, None, 50)
    margin = margin_of(0, 0, star_reply_3min=0.8)
    assert (margin.holds, margin.misses_left, margin.answers_wanted) == (None, None, None)


def test_lines_that_nobody_knows_are_left_out():
    for name in BUILT_IN:
        pack = load_pack(name)
        figures = {metric.id: figure(9, 10) for metric in pack.metrics}
        told = {margin.line for margin in margins_of(pack, figures, {}, DAY)}
        assert told <= {each.id for each in pack.thresholds if each.value is not None}


def test_misses_spoil_a_day_that_is_old_enough_to_bear_some():
    def left(hits: int, decided: int, few: int = 5) -> int | None:
        return spoilt(margin_of(hits, decided, star_reply_3min=0.8), figure(hits, decided), few)

    assert left(0, 0) is None, "nothing is decided"
    assert left(10, 10) is None, "few would be left of so young a day"
    assert left(9, 10) is None, "however many were missed"
    assert left(100, 100) is None, "nobody was missed"
    assert left(99, 100) == 23
    assert left(82, 100) == 2
    assert left(70, 100) == -50, "so many answers bring it back"


@given(counts, lines, ops, st.integers(1, 20))
def test_what_misses_left_is_told_only_where_without_them_there_would_be_more(
    given_counts, line, op, few
):
    hits, decided = given_counts
    rate = None if decided == 0 else hits / decided
    holds = None if rate is None else compares(rate, op, line)
    margin = Margin("line", "rate", op, line, holds, misses_left(hits, decided, op, line), 1)
    left = spoilt(margin, figure(hits, decided), few)
    if left is not None:
        assert hits < decided
        assert left < misses_left(decided, decided, op, line)
        assert few <= misses_left(decided, decided, op, line)
