"""Very short texts, made comparable."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miaohui.domain.text.brief import LONGEST, NEVER_BRIEF_FROM, brief_of


@pytest.mark.parametrize(
    ("text", "brief"),
    [
        ("好的！", "好的"),
        (" 好 的~~👍🏽 ", "好的"),
        ("ＯＫ", "ok"),
        ("Ok.", "ok"),
        ("……", None),
        ("", None),
        ("一二三四五六", "一二三四五六"),
        ("一二三四五六七", None),
    ],
)
def test_case_width_blanks_and_signs_do_not_count(text: str, brief: str | None) -> None:
    assert brief_of(text) == brief


@given(st.text())
def test_a_brief_text_has_one_to_six_characters_and_no_blanks(text: str) -> None:
    brief = brief_of(text)
    assert brief is None or (0 < len(brief) <= LONGEST and not re.search(r"\s", brief))


@given(st.text(st.characters(categories=["L", "N"]), min_size=NEVER_BRIEF_FROM))
def test_a_text_of_many_letters_is_never_brief(text: str) -> None:
    assert len(re.findall(r"\w", text)) < NEVER_BRIEF_FROM or brief_of(text) is None
