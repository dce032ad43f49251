"""What a password must be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miaohui.domain.directory.passwords import (
    COMMON_PASSWORDS,
    LONGEST_PASSWORD,
    SHORTEST_PASSWORD,
    password_problems,
)


@pytest.mark.parametrize(
    ("password", "name", "key"),
    [
        ("short9!xy", "小王", "password.short"),
        ("茶" * (LONGEST_PASSWORD + 1), "小王", "password.long"),
        ("xiaowang88", "XiaoWang", "password.is_name"),
        ("gnawoaix123", "xiaowang", "password.is_name"),
        ("wangwang12", "wang", "password.is_name"),
        ("1234567890", "小王", "password.common"),
        ("WoAiNi1314", "小王", "password.common"),
        ("Ｐａｓｓｗｏｒｄ１２３", "小王", "password.common"),
        ("aaaaaaaaaaaa", "小王", "password.common"),
        ("abcabcabcabc", "小王", "password.common"),
        ("mnopqrstuvw", "小王", "password.common"),
        ("zyxwvutsrqp", "小王", "password.common"),
    ],
)
def test_passwords_that_are_guessed_first_are_refused(password, name, key):
    assert [problem.key for problem in password_problems(password, name)] == [key]


@pytest.mark.parametrize(
    "password", ["correct horse battery", "茶叶铺的后门没有锁呀", "kV8#qLm2!z", "wangxiaoer-2026"]
)
def test_long_ones_that_are_nobodys_are_taken(password):
    assert password_problems(password, "wang") == ()


@given(st.text(max_size=SHORTEST_PASSWORD - 1), st.text(max_size=20))
def test_nothing_short_is_ever_taken(password, name):
    assert password_problems(password, name)


def test_the_list_holds_only_what_would_pass_the_other_rules():
    assert all(len(each) >= SHORTEST_PASSWORD for each in COMMON_PASSWORDS)
    assert len(COMMON_PASSWORDS) > 150
