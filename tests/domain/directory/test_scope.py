"""Whose chats somebody sees, as a value."""

from hypothesis import given
from hypothesis import strategies as st
from tests.domain.directory.test_permission import SILK, TEA, accounts

from miaohui.domain.directory.permission import sees
from miaohui.domain.directory.scope import Scope, scope_of


@given(
    accounts,
    st.sampled_from([None, "x", "y", "z"]),
    st.sampled_from([None, "售前", "售后", "夜班"]),
    st.sampled_from([TEA, SILK]),
)
def test_a_scope_sees_what_its_account_sees(account, assignee, group, shop):
    scope = scope_of(account, [TEA, SILK])
    assert scope.sees(assignee, group, shop) == sees(account, assignee, group, shop)


def test_a_shop_that_was_not_asked_about_is_not_seen():
    assert not Scope(frozenset({TEA})).sees(None, None, SILK)
    assert Scope(frozenset({TEA})).sees(None, None, TEA)
