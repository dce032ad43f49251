"""What somebody may do, see and give away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from miaohui.domain.directory.accounts import EVERY_SHOP, Account, Shops, Visibility, capacity_in
from miaohui.domain.directory.permission import holds, may, may_grant, may_manage, sees
from miaohui.domain.directory.rights import AGENT, BUILT_IN_ROLES, LEAD, OWNER, VIEWER, Right, Role

TEA, SILK = "茶叶铺", "丝绸铺"
IN_TEA = Shops(only=frozenset({TEA}))

owner = Account("o", "店主", OWNER, shops=EVERY_SHOP, visibility=Visibility.ALL)
lead = Account("l", "主管", LEAD, shops=IN_TEA, groups=frozenset({"售后"}))
agent = Account("a", "小王", AGENT, shops=IN_TEA, groups=frozenset({"售后"}))

shops = st.builds(
    Shops, every=st.booleans(), only=st.frozensets(st.sampled_from([TEA, SILK, "第三家"]))
)
roles = st.one_of(
    st.sampled_from(list(BUILT_IN_ROLES.values())),
    st.builds(Role, st.just("own"), st.just("自定"), st.frozensets(st.sampled_from(list(Right)))),
)
accounts = st.builds(
    Account,
    st.sampled_from(["x", "y"]),
    st.just("某人"),
    roles,
    shops=shops,
    visibility=st.sampled_from(Visibility),
    groups=st.frozensets(st.sampled_from(["售前", "售后"])),
    active=st.booleans(),
    must_change_password=st.booleans(),
)


def test_a_right_holds_in_the_shops_one_sees_and_nowhere_else():
    assert may(agent, Right.CHATS_ANSWER, TEA)
    assert not may(agent, Right.CHATS_ANSWER, SILK)
    assert not may(agent, Right.BUYERS_UNMASK, TEA)


def test_what_belongs_to_the_whole_house_needs_every_shop():
    assert may(owner, Right.PACKS_MANAGE)
    assert not may(lead, Right.ROUTING_MANAGE)
    assert may(lead, Right.ROUTING_MANAGE, TEA)
    assert not may(replace(owner, shops=Shops(only=frozenset({TEA, SILK}))), Right.PACKS_MANAGE)


def test_every_shop_includes_those_to_come():
    assert may(owner, Right.CHATS_READ, "开业了的新店")


def test_an_own_role_holds_just_the_rights_it_is_made_of():
    night = Role("night", "夜班", frozenset({Right.CHATS_READ, Right.BUYERS_UNMASK}))
    guard = replace(agent, role=night)
    assert {right for right in Right if may(guard, right, TEA)} == night.rights


@given(accounts, st.sampled_from(Right), st.sampled_from([TEA, SILK, None]))
def test_who_is_deactivated_or_has_a_first_password_may_nothing(account, right, shop):
    assert not may(replace(account, active=False), right, shop)
    assert not may(replace(account, must_change_password=True), right, shop)


# visibility, who has the chat, its group -> whether an agent of 售后 in TEA sees it
@pytest.mark.parametrize(
    ("visibility", "assignee", "group", "seen"),
    [
        ("own", "a", "售后", True),
        ("own", "a", None, True),
        ("own", "b", "售后", False),
        ("own", None, "售后", False),
        ("own", None, None, False),
        ("team", "a", "售前", True),
        ("team", "b", "售后", True),
        ("team", None, "售后", True),
        ("team", None, None, True),
        ("team", "b", None, False),
        ("team", "b", "售前", False),
        ("team", None, "售前", False),
        ("all", "b", "售前", True),
        ("all", None, None, True),
    ],
)
def test_visibility_decides_whose_chats_are_seen(visibility, assignee, group, seen):
    account = replace(agent, visibility=Visibility(visibility))
    assert sees(account, assignee, group, TEA) is seen
    assert not sees(account, assignee, group, SILK)


@given(accounts, st.sampled_from(["x", "z", None]), st.sampled_from(["售前", None]))
def test_wider_visibility_never_hides_a_chat(account, assignee, group):
    seen = [
        sees(replace(account, visibility=visibility), assignee, group, TEA)
        for visibility in (Visibility.OWN, Visibility.TEAM, Visibility.ALL)
    ]
    assert seen == sorted(seen)


def test_a_role_without_reading_sees_no_chat_at_all():
    clerk = Role("clerk", "财务", frozenset({Right.REPORTS_READ}))
    assert not sees(replace(owner, role=clerk), None, None, TEA)
    assert sees(replace(owner, role=VIEWER), None, None, TEA)


def test_nobody_gives_what_they_do_not_have():
    assert may_grant(owner, set(Right), EVERY_SHOP)
    assert may_grant(lead, {Right.CHATS_READ}, IN_TEA)
    assert not may_grant(lead, {Right.AUDIT_READ}, IN_TEA)
    assert not may_grant(lead, {Right.CHATS_READ}, Shops(only=frozenset({SILK})))
    assert not may_grant(lead, {Right.CHATS_READ}, EVERY_SHOP)


def test_managing_needs_all_that_the_other_may():
    staff = Role("staff", "人事", AGENT.rights | {Right.ACCOUNTS_MANAGE})
    clerk = replace(lead, role=staff)
    assert may_manage(clerk, agent)
    assert not may_manage(clerk, lead)
    assert not may_manage(clerk, replace(agent, shops=EVERY_SHOP))
    assert not may_manage(agent, agent)


def test_owners_are_managed_by_owners_only():
    like_an_owner = replace(owner, id="p", role=Role("p", "二店主", frozenset(Right)))
    assert may_manage(owner, like_an_owner)
    assert not may_manage(like_an_owner, owner)


@given(accounts, accounts)
def test_who_manages_another_may_at_least_what_the_other_may(one, other):
    if may_manage(one, other):
        assert all(holds(one, right) for right in other.role.rights)
        assert other.shops.within(one.shops)


@given(shops, shops, st.sampled_from([TEA, SILK, "第三家", "第四家"]))
def test_shops_shared_are_those_in_both(one, other, shop):
    assert one.shared(other).holds(shop) == (one.holds(shop) and other.holds(shop))
    assert one.shared(other).within(one)


def test_a_channel_narrows_the_capacity_and_never_widens_it():
    busy = replace(agent, capacity=5, capacity_by_channel={"web": 2, "app": 9})
    assert [capacity_in(busy, each) for each in ("web", "app", "other")] == [2, 5, 5]
