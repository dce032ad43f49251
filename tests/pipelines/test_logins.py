"""Who gets in, and who does not: stories from the first start to a stolen telephone."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from tests.pipelines.open_house import (
    BOSS_WORD,
    CHEAP,
    FIRST_WORD,
    IN_TEA,
    WANG_WORD,
    code_at,
    story,
)

from miaohui.adapters.storage.directory_ports import Obstacle
from miaohui.domain.directory.accounts import EVERY_SHOP, Account
from miaohui.domain.directory.permission import may
from miaohui.domain.directory.rights import AGENT, OWNER, Right
from miaohui.domain.directory.secret import Secret
from miaohui.pipelines.joining import open_house
from miaohui.pipelines.logins import (
    LONGEST_SESSION,
    LONGEST_SILENCE,
    Knock,
    LoggedIn,
    change_password,
    living_sessions,
    who_is,
)
from miaohui.pipelines.people import add_account, deactivate, set_first_password
from miaohui.pipelines.refusals import (
    Deactivated,
    Locked,
    NotAllowed,
    PasswordMustChange,
    SecondFactorWanted,
    Unfit,
    Wrong,
)
from miaohui.pipelines.second_factors import (
    confirm_second_factor,
    drop_second_factor,
    offer_second_factor,
)


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


# The first start


def test_the_first_start_makes_an_owner_once(at):
    boss = open_house(at.house, at.now, " 老板 ", BOSS_WORD)
    assert isinstance(boss, Account)
    assert (boss.name, boss.role, boss.shops) == ("老板", OWNER, EVERY_SHOP)
    assert open_house(at.house, at.now, "别人", BOSS_WORD) is Obstacle.ALREADY_OPEN
    assert isinstance(at.log_in("老板", BOSS_WORD), LoggedIn)
    assert at.log_in("别人", BOSS_WORD) == Wrong()


def test_a_house_is_not_opened_with_a_weak_password_or_without_a_name(at):
    refused = open_house(at.house, at.now, " ", Secret("1234567890"))
    assert isinstance(refused, Unfit)
    assert [each.key for each in refused.problems] == ["name.empty", "password.common"]
    assert at.house.directory.accounts() == []


# Names and passwords


def test_the_right_name_and_password_make_a_session(at, wang):
    entered = at.log_in("小王", WANG_WORD, device="Edge on Windows")
    assert isinstance(entered, LoggedIn)
    caller = who_is(at.house, at.now, entered.token)
    assert caller is not None
    assert caller.account == wang
    assert caller.session == entered.session
    assert (caller.session.device, caller.session.address) == ("Edge on Windows", "10.0.0.1")


@pytest.mark.usefixtures("wang")
def test_a_wrong_password_and_an_unknown_name_are_told_alike(at):
    assert at.log_in("小王", Secret("not the word")) == Wrong()
    assert at.log_in("小赵", Secret("not the word")) == Wrong()


class Counted:
    """Real hashing that counts how often it worked."""

    def __init__(self, hashing) -> None:
        self.hashing, self.count = hashing, 0

    def fits(self, password, password_hash):
        self.count += 1
        return self.hashing.fits(password, password_hash)

    def hash(self, password):
        self.count += 1
        return self.hashing.hash(password)

    def is_outdated(self, password_hash):
        return self.hashing.is_outdated(password_hash)


@pytest.mark.usefixtures("wang")
@pytest.mark.parametrize("name", ["小王", "没有这个人", ""])
def test_an_unknown_name_costs_as_much_work_as_a_wrong_password(at, name):
    counted = Counted(at.house.hashing)
    at.house = at.house._replace(hashing=counted)
    assert at.log_in(name, Secret("not the word")) == Wrong()
    assert counted.count == 1


def test_a_first_password_has_to_be_changed_before_anything_else(at, boss):
    given = Account("a-li", "小李", AGENT, shops=IN_TEA)
    added = add_account(at.house, at.acting(boss), given, FIRST_WORD)
    assert isinstance(added, Account)
    assert added.must_change_password
    assert at.log_in("小李", FIRST_WORD) == PasswordMustChange()
    assert at.log_in("小李", Secret("not the word")) == Wrong()
    knock = Knock("小李", FIRST_WORD, "Firefox", "10.0.0.1")
    for weak, key in (("short", "password.short"), (FIRST_WORD.reveal(), "password.same")):
        refused = change_password(at.house, at.now, knock, Secret(weak))
        assert isinstance(refused, Unfit)
        assert [each.key for each in refused.problems] == [key]
    changed = change_password(at.house, at.now, knock, WANG_WORD)
    assert isinstance(changed, LoggedIn)
    caller = who_is(at.house, at.now, changed.token)
    assert may(caller.account, Right.CHATS_ANSWER, "茶叶铺")
    assert at.log_in("小李", FIRST_WORD) == Wrong()
    assert isinstance(at.log_in("小李", WANG_WORD), LoggedIn)


def test_changing_a_password_ends_the_other_sessions(at, wang):
    before = at.log_in("小王", WANG_WORD)
    knock = Knock("小王", WANG_WORD, "Edge", "10.0.0.1")
    after = change_password(at.house, at.now, knock, Secret("一句全新的话 2027"))
    assert who_is(at.house, at.now, before.token) is None
    assert who_is(at.house, at.now, after.token) is not None
    assert [each.id for each in living_sessions(at.house, at.now, wang.id)] == [after.session.id]


def test_a_forgotten_password_is_set_anew_by_who_may(at, boss, wang):
    entered = at.log_in("小王", WANG_WORD)
    assert set_first_password(at.house, at.acting(wang), boss.id, FIRST_WORD) == NotAllowed()
    made = set_first_password(at.house, at.acting(boss), wang.id, FIRST_WORD)
    assert isinstance(made, Account)
    assert who_is(at.house, at.now, entered.token) is None
    assert at.log_in("小王", FIRST_WORD) == PasswordMustChange()


@pytest.mark.usefixtures("wang")
def test_a_hash_of_yesterdays_parameters_is_renewed_at_the_next_log_in(at, tmp_path):
    before = at.house.directory.credential("a-小王").password_hash.reveal()
    with story(tmp_path, CHEAP._replace(passes=2)) as dearer:
        assert isinstance(dearer.log_in("小王", WANG_WORD), LoggedIn)
        renewed = dearer.house.directory.credential("a-小王").password_hash.reveal()
        assert "t=1" in before
        assert "t=2" in renewed
        assert isinstance(dearer.log_in("小王", WANG_WORD), LoggedIn)
        assert dearer.house.directory.credential("a-小王").password_hash.reveal() == renewed


# Brute force


@pytest.mark.usefixtures("wang")
def test_guessing_at_an_account_waits_longer_and_longer_even_for_the_right_password(at):
    for _ in range(5):
        assert at.log_in("小王", Secret("a guess"), address="10.9.9.9") == Wrong()
    for seconds in (30, 60, 120, 240, 480, 900, 900):
        assert at.log_in("小王", WANG_WORD, address="10.8.8.8") == Locked(seconds)
        at.wait(seconds=seconds - 1)
        assert at.log_in("小王", WANG_WORD) == Locked(1)
        at.wait(seconds=1)
        assert at.log_in("小王", Secret("a guess")) == Wrong()
    at.wait(seconds=900)
    assert isinstance(at.log_in("小王", WANG_WORD), LoggedIn)
    assert at.log_in("小王", Secret("a guess")) == Wrong()


@pytest.mark.usefixtures("wang")
def test_waits_survive_a_restart(at, tmp_path):
    for _ in range(5):
        at.log_in("小王", Secret("a guess"))
    with story(tmp_path) as restarted:
        assert restarted.log_in("小王", WANG_WORD) == Locked(30)


def test_names_that_are_nobodys_lock_just_the_same(at):
    for _ in range(5):
        assert at.log_in("没有这个人", Secret("a guess")) == Wrong()
    assert at.log_in("没有这个人", Secret("a guess")) == Locked(30)


@pytest.mark.usefixtures("wang")
def test_guessing_at_many_accounts_locks_the_address_and_nobody_else(at):
    for number in range(100):
        assert at.log_in(f"人{number}", Secret("a guess"), address="10.9.9.9") == Wrong()
    assert at.log_in("小王", WANG_WORD, address="10.9.9.9") == Locked(30)
    assert isinstance(at.log_in("小王", WANG_WORD, address="10.0.0.1"), LoggedIn)


@pytest.mark.usefixtures("wang")
def test_ones_own_log_ins_do_not_forgive_an_address(at):
    for number in range(99):
        at.log_in(f"人{number}", Secret("a guess"), address="10.9.9.9")
        if number % 10 == 0:
            assert isinstance(at.log_in("小王", WANG_WORD, address="10.9.9.9"), LoggedIn)
    at.log_in("人99", Secret("a guess"), address="10.9.9.9")
    assert at.log_in("小王", WANG_WORD, address="10.9.9.9") == Locked(30)


@pytest.mark.usefixtures("wang")
def test_many_guesses_at_once_gain_nothing(at):
    def guess(number: int) -> object:
        return at.log_in("小王", Secret(f"guess {number}"), address=f"10.0.{number}.1")

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(guess, range(40)))
    assert answers.count(Wrong()) == 5


@pytest.mark.usefixtures("wang")
def test_an_office_that_logs_in_behind_one_address_is_not_locked_out(at):
    assert all(isinstance(at.log_in("小王", WANG_WORD), LoggedIn) for _ in range(120))


# The second factor


def enrolled(at, account):
    """A secret in use and its recovery codes; a step later, so that its code is spent."""
    enrolment = offer_second_factor(at.house, at.acting(account))
    codes = confirm_second_factor(at.house, at.acting(account), code_at(enrolment.secret, at.now))
    assert isinstance(codes, tuple)
    return enrolment.secret, codes


def test_a_second_factor_is_asked_for_once_it_is_confirmed(at, wang):
    enrolment = offer_second_factor(at.house, at.acting(wang))
    assert enrolment.secret.reveal() in enrolment.address.reveal()
    assert isinstance(at.log_in("小王", WANG_WORD), LoggedIn)
    assert confirm_second_factor(at.house, at.acting(wang), "000000") == Wrong()
    code = code_at(enrolment.secret, at.now)
    assert len(confirm_second_factor(at.house, at.acting(wang), code)) == 10
    assert at.log_in("小王", WANG_WORD) == SecondFactorWanted()
    assert at.log_in("小王", Secret("a guess")) == Wrong()
    at.wait(seconds=30)
    code = code_at(enrolment.secret, at.now)
    assert isinstance(at.log_in("小王", WANG_WORD, code), LoggedIn)


def test_a_code_that_was_seen_over_the_shoulder_is_worth_nothing(at, wang):
    secret, _ = enrolled(at, wang)
    spent = code_at(secret, at.now)
    assert at.log_in("小王", WANG_WORD, spent) == Wrong()
    at.wait(seconds=30)
    code = code_at(secret, at.now)
    assert isinstance(at.log_in("小王", WANG_WORD, code), LoggedIn)
    assert at.log_in("小王", WANG_WORD, code) == Wrong()
    assert at.log_in("小王", WANG_WORD, spent) == Wrong()


def test_guessing_codes_is_stopped_like_guessing_passwords(at, wang):
    enrolled(at, wang)
    for number in range(5):
        assert at.log_in("小王", WANG_WORD, f"00000{number}") == Wrong()
        # Asking which factor is wanted neither counts nor forgives.
        if number < 4:
            assert at.log_in("小王", WANG_WORD) == SecondFactorWanted()
    assert at.log_in("小王", WANG_WORD, "000009") == Locked(30)


def test_a_recovery_code_lets_in_once_however_it_is_typed(at, wang):
    _, codes = enrolled(at, wang)
    assert len({code.reveal() for code in codes}) == 10
    typed = codes[0].reveal().upper().replace("-", " ")
    assert isinstance(at.log_in("小王", WANG_WORD, typed), LoggedIn)
    assert at.log_in("小王", WANG_WORD, codes[0].reveal()) == Wrong()
    assert isinstance(at.log_in("小王", WANG_WORD, codes[1].reveal()), LoggedIn)
    assert at.house.directory.recovery_codes_left(wang.id) == 8


def test_without_the_code_nobody_changes_the_password(at, wang):
    secret, _ = enrolled(at, wang)
    fresh = Secret("一句全新的话 2027")
    knock = Knock("小王", WANG_WORD, "Firefox", "10.0.0.1")
    assert change_password(at.house, at.now, knock, fresh) == SecondFactorWanted()
    at.wait(seconds=30)
    right = knock._replace(code=code_at(secret, at.now))
    assert isinstance(change_password(at.house, at.now, right, fresh), LoggedIn)


def test_a_lost_telephone_is_forgotten_by_somebody_else_who_may(at, boss, wang):
    enrolled(at, wang)
    assert drop_second_factor(at.house, at.acting(wang), wang.id) == NotAllowed()
    assert drop_second_factor(at.house, at.acting(wang), boss.id) == NotAllowed()
    assert drop_second_factor(at.house, at.acting(boss), "nobody") is Obstacle.UNKNOWN
    assert drop_second_factor(at.house, at.acting(boss), wang.id) is None
    assert isinstance(at.log_in("小王", WANG_WORD), LoggedIn)
    assert at.told()[-2:] == ["second_factor.confirmed", "second_factor.dropped"]


# Sessions


@pytest.mark.usefixtures("wang")
def test_a_session_ends_by_itself_after_a_day_of_silence(at):
    entered = at.log_in("小王", WANG_WORD)
    for _ in range(3):
        at.wait(hours=23)
        assert who_is(at.house, at.now, entered.token) is not None
    at.now += LONGEST_SILENCE
    assert who_is(at.house, at.now, entered.token) is None


def test_no_session_lasts_longer_than_two_weeks(at, wang):
    entered = at.log_in("小王", WANG_WORD)
    started = at.now
    while at.now < started + LONGEST_SESSION - timedelta(hours=12):
        assert who_is(at.house, at.now, entered.token) is not None
        at.wait(hours=12)
    at.now = started + LONGEST_SESSION
    assert who_is(at.house, at.now, entered.token) is None
    assert living_sessions(at.house, at.now, wang.id) == []


def test_sessions_are_listed_and_ended_one_by_one_and_all(at, wang):
    tokens = [at.log_in("小王", WANG_WORD, device=each).token for each in ("甲", "乙", "丙")]
    author = who_is(at.house, at.now, tokens[0])
    assert {each.device for each in living_sessions(at.house, at.now, wang.id)} >= {
        "甲",
        "乙",
        "丙",
    }
    by_wang = at.house.directory.audit()[0].author
    second = who_is(at.house, at.now, tokens[1]).session
    assert at.house.directory.end_session(wang.id, second.id, by_wang)
    assert who_is(at.house, at.now, tokens[1]) is None
    assert at.house.directory.end_sessions(wang.id, by_wang, but=author.session.id) == 2
    assert [who_is(at.house, at.now, each) is not None for each in tokens] == [True, False, False]


@pytest.mark.usefixtures("wang")
def test_a_made_up_token_is_nobody(at):
    for token in ("", "x", "0" * 43, "\ud800"):
        assert who_is(at.house, at.now, Secret(token)) is None


def test_who_is_deactivated_is_out_at_once_and_told_why_only_with_the_password(at, boss, wang):
    entered = at.log_in("小王", WANG_WORD)
    assert deactivate(at.house, at.acting(wang), boss.id) == NotAllowed()
    gone = deactivate(at.house, at.acting(boss), wang.id)
    assert (gone.id, gone.active) == (wang.id, False)
    assert who_is(at.house, at.now, entered.token) is None
    assert at.log_in("小王", WANG_WORD) == Deactivated()
    assert at.log_in("小王", Secret("a guess")) == Wrong()
    assert deactivate(at.house, at.acting(boss), boss.id) is Obstacle.LAST_OWNER


# Secrets


def test_no_secret_shows_in_what_log_ins_give_back(at, wang):
    entered = at.log_in("小王", WANG_WORD)
    secret, codes = enrolled(at, wang)
    knock = Knock("小王", WANG_WORD, "Firefox", "10.0.0.1")
    credential = at.house.directory.credential(wang.id)
    shown = repr([entered, knock, secret, codes, credential, at.house])
    hidden = [entered.token, WANG_WORD, secret, *codes, credential.password_hash]
    assert not any(each.reveal() in shown for each in hidden)
    assert "argon2" not in repr(credential)


def test_tokens_are_kept_as_hashes_only(at, wang, tmp_path):
    entered = at.log_in("小王", WANG_WORD)
    _, codes = enrolled(at, wang)
    written = b"".join(each.read_bytes() for each in tmp_path.iterdir())
    assert entered.session.id.encode() in written
    for secret in (entered.token, WANG_WORD, *codes):
        assert secret.reveal().encode() not in written
