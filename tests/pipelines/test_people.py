"""Invitations, changes of accounts and roles, API keys: nobody gives more than they have."""

from datetime import timedelta

import pytest
from msgspec.structs import replace
from tests.app.test_language import catalogue
from tests.pipelines.open_house import FIRST_WORD, IN_TEA, WANG_WORD, story

from miaohui.adapters.storage.directory_ports import Author, Obstacle
from miaohui.domain.directory.accounts import EVERY_SHOP, Account, Shops
from miaohui.domain.directory.permission import may, sees
from miaohui.domain.directory.rights import AGENT, LEAD, OWNER, Right, Role
from miaohui.domain.directory.secret import Secret
from miaohui.domain.vocabulary.problems import Problem
from miaohui.pipelines.api_keys import MadeKey, make_api_key, who_calls
from miaohui.pipelines.joining import (
    INVITATION_LASTS,
    Invited,
    Joining,
    accept_invitation,
    invite,
    read_invitation,
)
from miaohui.pipelines.logins import LoggedIn, who_is
from miaohui.pipelines.people import (
    add_account,
    change_account,
    deactivate,
    end_sessions,
    keep_role,
    remove_role,
)
from miaohui.pipelines.refusals import (
    Deactivated,
    LinkGone,
    Locked,
    NotAllowed,
    PasswordMustChange,
    SecondFactorWanted,
    Unfit,
    Wrong,
    problems_of,
)

STAFF = Role("r-staff", "人事", AGENT.rights | {Right.ACCOUNTS_MANAGE, Right.API_KEYS_MANAGE})
LI = Joining("小李", WANG_WORD, "Safari", "10.0.0.2", "李")


@pytest.fixture
def at(tmp_path):
    with story(tmp_path) as told:
        yield told


@pytest.fixture
def boss(at):
    return at.boss()


@pytest.fixture
def wang(at, boss):
    return at.agent(boss)


@pytest.fixture
def staff(at, boss):
    """Somebody of one shop who may manage accounts and keys, and else what an agent may."""
    keep_role(at.house, at.acting(boss), STAFF)
    agent = at.agent(boss, "人事小陈")
    changed = change_account(at.house, at.acting(boss), replace(agent, role=STAFF))
    assert isinstance(changed, Account)
    return changed


# Invitations


def test_an_invitation_makes_one_account_with_what_it_promises(at, boss):
    invited = invite(at.house, at.acting(boss), "lead", IN_TEA)
    assert isinstance(invited, Invited)
    assert read_invitation(at.house, at.now, invited.token) == invited.invitation
    joined = accept_invitation(at.house, at.now, invited.token, LI)
    assert isinstance(joined, LoggedIn)
    account = who_is(at.house, at.now, joined.token).account
    assert (account.name, account.display_name) == ("小李", "李")
    assert (account.role, account.shops, account.must_change_password) == (LEAD, IN_TEA, False)
    assert isinstance(at.log_in("小李", WANG_WORD), LoggedIn)
    again = accept_invitation(at.house, at.now, invited.token, LI._replace(name="小赵"))
    assert again == LinkGone()


def test_a_slip_in_joining_leaves_the_link_good(at, boss, wang):
    token = invite(at.house, at.acting(boss), "agent", IN_TEA).token
    weak = accept_invitation(at.house, at.now, token, LI._replace(password=Secret("short")))
    assert isinstance(weak, Unfit)
    taken = accept_invitation(at.house, at.now, token, LI._replace(name=wang.name))
    assert taken is Obstacle.NAME_TAKEN
    assert isinstance(accept_invitation(at.house, at.now, token, LI), LoggedIn)


def test_a_link_expires_to_the_second(at, boss):
    token = invite(at.house, at.acting(boss), "agent", IN_TEA).token
    expires = at.now + INVITATION_LASTS
    assert read_invitation(at.house, expires - timedelta(seconds=1), token) != LinkGone()
    assert accept_invitation(at.house, expires, token, LI) == LinkGone()
    assert read_invitation(at.house, at.now, Secret("made up")) == LinkGone()


def test_nobody_invites_somebody_who_may_more(at, wang, staff):
    assert isinstance(invite(at.house, at.acting(staff), "agent", IN_TEA), Invited)
    assert invite(at.house, at.acting(staff), "lead", IN_TEA) == NotAllowed()
    assert invite(at.house, at.acting(staff), "owner", IN_TEA) == NotAllowed()
    assert invite(at.house, at.acting(staff), "agent", EVERY_SHOP) == NotAllowed()
    assert invite(at.house, at.acting(staff), "none", IN_TEA) is Obstacle.UNKNOWN
    assert invite(at.house, at.acting(wang), "agent", IN_TEA) == NotAllowed()


@pytest.mark.parametrize("less", [{"role": AGENT}, {"active": False}])
def test_a_link_is_worth_no_more_than_who_sent_it(at, boss, staff, less):
    token = invite(at.house, at.acting(staff), "agent", IN_TEA).token
    change_account(at.house, at.acting(boss), replace(staff, **less))
    assert accept_invitation(at.house, at.now, token, LI) == LinkGone()


# Accounts and roles


def test_a_role_is_what_the_house_says_whatever_the_request_says(at, boss, staff, wang):
    harmless_owner = replace(OWNER, rights=frozenset())
    forged = replace(wang, role=harmless_owner)
    assert change_account(at.house, at.acting(staff), forged) == NotAllowed()
    added = replace(wang, id="a-new", name="新人", role=replace(LEAD, rights=frozenset()))
    assert add_account(at.house, at.acting(staff), added, FIRST_WORD) == NotAllowed()
    mighty = replace(wang, role=replace(AGENT, rights=frozenset(Right)))
    assert change_account(at.house, at.acting(boss), mighty) == wang
    assert at.house.directory.account(wang.id).role == AGENT


def test_nobody_raises_themselves_or_touches_who_may_more(at, boss, staff, wang):
    assert change_account(at.house, at.acting(staff), replace(staff, role=LEAD)) == NotAllowed()
    wider = replace(staff, shops=EVERY_SHOP)
    assert change_account(at.house, at.acting(staff), wider) == NotAllowed()
    assert deactivate(at.house, at.acting(staff), boss.id) == NotAllowed()
    assert end_sessions(at.house, at.acting(staff), boss.id) == NotAllowed()
    renamed = replace(wang, display_name="王")
    assert change_account(at.house, at.acting(wang), renamed) == NotAllowed()
    assert change_account(at.house, at.acting(staff), renamed) == renamed


def test_what_makes_no_sense_is_refused_with_all_that_is_wrong(at, boss, wang):
    wrong = replace(wang, name="", capacity=-1)
    refused = change_account(at.house, at.acting(boss), wrong)
    assert isinstance(refused, Unfit)
    assert [each.key for each in refused.problems] == ["name.empty", "account.capacity"]
    added = add_account(at.house, at.acting(boss), replace(wrong, id="x"), Secret("short"))
    assert isinstance(added, Unfit)
    assert len(added.problems) == 3


def test_deactivating_and_coming_back(at, boss, wang):
    gone = deactivate(at.house, at.acting(boss), wang.id)
    assert gone == replace(wang, active=False)
    assert change_account(at.house, at.acting(boss), replace(gone, active=True)) == wang
    assert isinstance(at.log_in(wang.name, WANG_WORD), LoggedIn)
    assert at.told()[-2:] == ["account.deactivated", "account.reactivated"]
    assert deactivate(at.house, at.acting(boss), "nobody") is Obstacle.UNKNOWN


def test_own_roles_are_made_by_who_holds_their_rights_everywhere(at, boss, staff):
    night = Role("r-night", "夜班", frozenset({Right.CHATS_READ}))
    assert keep_role(at.house, at.acting(staff), night) == NotAllowed()
    assert keep_role(at.house, at.acting(boss), night) == night
    assert remove_role(at.house, at.acting(staff), "r-night") == NotAllowed()
    assert remove_role(at.house, at.acting(boss), "r-staff") is Obstacle.IN_USE
    assert remove_role(at.house, at.acting(boss), "r-night") is None
    assert remove_role(at.house, at.acting(boss), "r-night") is Obstacle.UNKNOWN
    refused = keep_role(at.house, at.acting(boss), replace(night, rights=frozenset()))
    assert isinstance(refused, Unfit)


def test_a_changed_role_changes_everybody_who_has_it_at_once(at, boss, staff):
    entered = at.log_in("人事小陈", WANG_WORD)
    keep_role(at.house, at.acting(boss), replace(STAFF, rights=frozenset({Right.CHATS_READ})))
    account = who_is(at.house, at.now, entered.token).account
    assert not may(account, Right.CHATS_ANSWER, "茶叶铺")
    assert staff.id == account.id


def test_somebodys_sessions_are_ended_by_who_may(at, boss, wang):
    entered = at.log_in(wang.name, WANG_WORD)
    assert end_sessions(at.house, at.acting(boss), wang.id) == 2
    assert who_is(at.house, at.now, entered.token) is None
    entry = at.house.directory.audit(limit=1)[0]
    assert entry.author == Author(boss.id, at.now, "10.0.0.9")


# API keys


def made(at, account, rights, shops, **more) -> MadeKey:
    key = make_api_key(at.house, at.acting(account), "仓库", rights, shops, **more)
    assert isinstance(key, MadeKey), key
    return key


def test_a_key_acts_for_its_maker_as_far_as_it_reaches(at, boss):
    key = made(at, boss, {Right.CHATS_READ}, IN_TEA)
    caller = who_calls(at.house, at.now, key.whole)
    assert may(caller.account, Right.CHATS_READ, "茶叶铺")
    assert sees(caller.account, "somebody", None, "茶叶铺")
    assert not may(caller.account, Right.CHATS_READ, "丝绸铺")
    assert not may(caller.account, Right.CHATS_ANSWER, "茶叶铺")
    assert not may(caller.account, Right.CHATS_READ)
    assert caller.key == key.key


def test_a_key_is_shown_once_and_kept_as_its_hash(at, boss, tmp_path):
    key = made(at, boss, {Right.CHATS_READ}, IN_TEA)
    secret = key.whole.reveal().rsplit("_", 1)[-1].encode()
    written = b"".join(each.read_bytes() for each in tmp_path.iterdir())
    assert key.key.prefix.encode() in written
    assert secret not in written
    assert key.whole.reveal() not in repr(key)


def test_a_key_with_one_wrong_sign_is_none(at, boss):
    whole = made(at, boss, {Right.CHATS_READ}, IN_TEA).whole.reveal()
    last = "A" if whole[-1] != "A" else "B"
    wrong = (whole[:-1] + last, whole[:-1], whole + "A", whole[3:], "mh_", "", "mh_zzzzzzzz_x")
    assert [who_calls(at.house, at.now, Secret(each)) for each in wrong] == [None] * 7


def test_a_key_is_never_stronger_than_its_maker(at, boss, staff):
    assert (
        make_api_key(at.house, at.acting(staff), "仓库", {Right.AUDIT_READ}, IN_TEA) == NotAllowed()
    )
    assert (
        make_api_key(at.house, at.acting(staff), "仓库", {Right.CHATS_READ}, EVERY_SHOP)
        == NotAllowed()
    )
    key = made(at, staff, {Right.CHATS_READ, Right.ACCOUNTS_MANAGE}, IN_TEA)
    change_account(at.house, at.acting(boss), replace(staff, role=AGENT))
    account = who_calls(at.house, at.now, key.whole).account
    assert account.role.rights == {Right.CHATS_READ}
    other = Shops(only=frozenset({"丝绸铺"}))
    change_account(at.house, at.acting(boss), replace(staff, role=AGENT, shops=other))
    account = who_calls(at.house, at.now, key.whole).account
    assert not may(account, Right.CHATS_READ, "茶叶铺")
    assert not may(account, Right.CHATS_READ, "丝绸铺")


def test_an_agent_makes_no_keys_and_a_key_needs_a_label(at, boss, wang):
    none = make_api_key(at.house, at.acting(wang), "x", {Right.CHATS_READ}, IN_TEA)
    assert none == NotAllowed()
    unnamed = make_api_key(at.house, at.acting(boss), " ", {Right.CHATS_READ}, IN_TEA)
    assert isinstance(unnamed, Unfit)


def test_keys_end_by_time_by_hand_and_with_their_maker(at, boss, staff):
    short = made(at, boss, {Right.CHATS_READ}, IN_TEA, expires_at=at.now + timedelta(hours=1))
    ended = made(at, boss, {Right.CHATS_READ}, IN_TEA)
    gone = made(at, staff, {Right.CHATS_READ}, IN_TEA)
    assert all(who_calls(at.house, at.now, each.whole) for each in (short, ended, gone))
    at.wait(hours=1)
    at.house.directory.end_api_key(ended.key.id, Author(boss.id, at.now))
    deactivate(at.house, at.acting(boss), staff.id)
    assert not any(who_calls(at.house, at.now, each.whole) for each in (short, ended, gone))


def test_the_last_use_of_a_key_is_noted_to_the_minute(at, boss):
    key = made(at, boss, {Right.CHATS_READ}, IN_TEA)
    first = at.now
    who_calls(at.house, at.now, key.whole)
    at.wait(seconds=59)
    who_calls(at.house, at.now, key.whole)
    assert at.house.directory.api_keys()[0].last_used_at == first
    at.wait(seconds=1)
    who_calls(at.house, at.now, key.whole)
    assert at.house.directory.api_keys()[0].last_used_at == at.now


# Refusals


@pytest.mark.parametrize(
    "refusal",
    [
        *Obstacle,
        *(Wrong(), Locked(30), SecondFactorWanted(), PasswordMustChange(), Deactivated()),
        *(NotAllowed(), LinkGone(), Unfit((Problem("password.short", {"least": 10}),))),
    ],
)
def test_every_refusal_has_words_in_both_languages(refusal):
    for problem in problems_of(refusal):
        for language in ("zh", "en"):
            assert catalogue(language)[problem.key].format_map(problem.values)
