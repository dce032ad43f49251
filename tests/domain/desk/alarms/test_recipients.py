"""Who is told, who sees it, who may take it: never anybody of another shop, and never nobody."""

from typing import Any

import pytest

from miaohui.domain.desk.alarms.recipients import may_take_alarm, people_told, sees_alarm
from miaohui.domain.desk.alarms.settings import Level
from miaohui.domain.desk.alarms.told import Recipient
from miaohui.domain.directory.accounts import EVERY_SHOP, Account, Shops, Visibility
from miaohui.domain.directory.rights import AGENT, LEAD, OWNER, VIEWER, Right, Role

TEA, COFFEE = Shops(only=frozenset({"tea"})), Shops(only=frozenset({"coffee"}))
ALL, TEAM, OWN = Visibility.ALL, Visibility.TEAM, Visibility.OWN


def account(name: str, role: Role, **more: Any) -> Account:
    return Account(name, name, role, **{"shops": TEA, "visibility": ALL, **more})


BOSS = account("boss", OWNER, shops=EVERY_SHOP)
WIDE = account("wide", LEAD)
AFTER = account("after", LEAD, visibility=TEAM, groups=frozenset({"after-sale"}))
LIN = account("lin", AGENT, visibility=OWN)
EYE = account("eye", VIEWER)
THERE = account("there", LEAD, shops=COFFEE)
EVERYBODY = [BOSS, WIDE, AFTER, LIN, EYE, THERE]
LEADS, OF_AFTER, OF_PRE = (Recipient(Level.LEAD, group) for group in ("", "after-sale", "pre-sale"))
OWNERS, TO_LIN = Recipient(Level.OWNER), Recipient(Level.AGENT, "lin")


@pytest.mark.parametrize(
    ("recipient", "people"),
    [
        (TO_LIN, ["lin"]),
        (LEADS, ["wide"]),
        (OF_AFTER, ["after"]),
        (OF_PRE, ["wide"]),
        (OWNERS, ["boss"]),
        (Recipient(Level.AGENT, "nobody"), []),
        (Recipient(Level.AGENT, "there"), []),
    ],
)
def test_each_recipient_is_somebody_of_the_shop(recipient, people):
    assert [each.id for each in people_told(recipient, EVERYBODY, "tea")] == people


def test_where_no_lead_sees_everything_all_leads_hear_of_it_and_without_leads_the_owners():
    assert people_told(LEADS, [BOSS, AFTER, LIN], "tea") == [AFTER]
    assert people_told(OF_PRE, [BOSS, AFTER, LIN], "tea") == [AFTER]
    assert people_told(LEADS, [BOSS, LIN, THERE], "tea") == [BOSS]


def test_whoever_is_deactivated_or_has_a_first_password_is_told_nothing():
    gone = account("gone", OWNER, active=False)
    new = account("new", OWNER, must_change_password=True)
    assert people_told(OWNERS, [gone, new, BOSS], "tea") == [BOSS]


def test_a_role_of_ones_own_that_gives_chats_to_others_is_a_leads():
    rights = frozenset({Right.CHATS_READ, Right.CHATS_ASSIGN})
    own = account("own", Role("r1", "值班长", rights))
    assert people_told(LEADS, [own, LIN], "tea") == [own]


@pytest.mark.parametrize(
    ("recipient", "told", "sees", "takes"),
    [
        (TO_LIN, {"lin"}, {"boss", "wide", "lin", "eye"}, {"boss", "lin"}),
        (LEADS, {"wide"}, {"boss", "wide", "after", "eye"}, {"boss", "wide", "after"}),
        (OWNERS, {"boss"}, {"boss", "wide", "eye"}, {"boss"}),
    ],
)
def test_who_sees_it_and_who_may_take_it(recipient, told, sees, takes):
    assert {each.id for each in EVERYBODY if sees_alarm(each, recipient, told, "tea")} == sees
    assert {each.id for each in EVERYBODY if may_take_alarm(each, recipient, told, "tea")} == takes


def test_nobody_of_another_shop_even_if_they_were_told_once():
    told = {each.id for each in EVERYBODY}
    assert not sees_alarm(THERE, LEADS, told, "tea")
    assert not may_take_alarm(THERE, LEADS, told, "tea")
