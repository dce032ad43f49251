"""Whether entries of the directory make sense, and names that count as one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from miaohui.domain.directory.accounts import Account, Group, Shop, Skill
from miaohui.domain.directory.naming import name_key, name_problems
from miaohui.domain.directory.rights import AGENT, OWNER, Right, Role
from miaohui.domain.directory.validation import (
    account_problems,
    group_problems,
    role_problems,
    shop_problems,
)

WANG = Account("a", "茶叶铺:小王", AGENT, "小王", skills=(Skill("退款", 5),))


def keys(problems) -> list[str]:
    return [problem.key for problem in problems]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Wang", "ｗａｎｇ "), ("茶叶铺：小王", "茶叶铺:小王"), ("STRASSE", "straße")],
)
def test_names_that_look_alike_are_one(one, other):
    assert name_key(one) == name_key(other)


@given(st.text(max_size=20))
def test_the_key_of_a_key_is_itself(name):
    assert name_key(name_key(name)) == name_key(name)


@pytest.mark.parametrize(
    ("name", "key"), [(" ", "name.empty"), ("王" * 65, "name.long"), ("小\u200b王", "name.signs")]
)
def test_names_that_mislead_are_refused(name, key):
    assert keys(name_problems(name)) == [key]
    assert keys(account_problems(replace(WANG, name=name))) == [key]
    assert keys(group_problems(Group("g", name))) == [key]


def test_a_sound_account_has_no_problem():
    assert account_problems(WANG) == ()


def test_all_that_is_wrong_with_an_account_is_told_at_once():
    wrong = replace(
        WANG,
        display_name="\n",
        capacity=-1,
        capacity_by_channel={"web": 5_000},
        skills=(Skill("退款", 6),),
        languages=("zh", "中文"),
    )
    assert keys(account_problems(wrong)) == [
        "name.empty",
        "account.capacity",
        "account.capacity",
        "account.level",
        "account.language",
    ]


def test_own_roles_need_a_right_and_leave_the_built_in_ones_alone():
    assert role_problems(Role("r", "夜班", frozenset({Right.CHATS_READ}))) == ()
    assert keys(role_problems(Role("r", "夜班"))) == ["role.no_rights"]
    assert keys(role_problems(OWNER)) == ["role.built_in"]


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Europe/Berlin"])
def test_a_shop_lies_in_a_timezone(zone):
    assert shop_problems(Shop("tea", "茶叶铺", zone)) == ()


@pytest.mark.parametrize("zone", ["Mars/Base", "", "../../etc/passwd"])
def test_a_timezone_that_is_none_is_told(zone):
    assert keys(shop_problems(Shop("tea", "茶叶铺", zone))) == ["shop.timezone"]
