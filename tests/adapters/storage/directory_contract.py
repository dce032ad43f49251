"""What the directory must do on every engine. A place gives `place` (table_places.py), where it
can be opened as often as wanted, each time by connections of its own."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import msgspec
import pytest
from asyncpg import RaiseError
from msgspec.structs import replace

from miaohui.adapters.storage.directory_ports import (
    ApiKey,
    Author,
    Deed,
    Directory,
    Invitation,
    Obstacle,
    Session,
    Subject,
)
from miaohui.adapters.storage.tables.directory.directory import TableDirectory
from miaohui.domain.directory.accounts import (
    EVERY_SHOP,
    Account,
    Channel,
    Group,
    Shop,
    Shops,
    Skill,
    Visibility,
)
from miaohui.domain.directory.attempts import WITH_ACCOUNT, WITH_ADDRESS
from miaohui.domain.directory.rights import AGENT, BUILT_IN_ROLES, LEAD, OWNER, Right, Role
from miaohui.domain.directory.secret import Secret
from miaohui.domain.vocabulary.problems import ReaderError

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
BOSS = Account("a-boss", "老板", OWNER, shops=EVERY_SHOP, visibility=Visibility.ALL)
WANG = Account(
    "a-wang",
    "茶叶铺:小王",
    AGENT,
    "小王",
    Shops(only=frozenset({"茶叶铺", "丝绸铺"})),
    skills=(Skill("退款", 5), Skill("英语", 2)),
    languages=("zh", "en"),
    visibility=Visibility.TEAM,
    capacity=6,
    capacity_by_channel={"web": 3},
)
BY_BOSS = Author("a-boss", NOON, "10.0.0.9")
NIGHT = Role("r-night", "夜班", frozenset({Right.CHATS_READ, Right.BUYERS_UNMASK}))
HASH = Secret("$argon2id$one")
SESSION = Session("s-1", "a-wang", "Firefox", "10.0.0.1", NOON, NOON, NOON + timedelta(days=14))
INVITATION = Invitation(
    "i-1", AGENT, WANG.shops, frozenset(), "a-boss", NOON, NOON + timedelta(days=7)
)
KEY = ApiKey("k-1", "abcd2345", "仓库", frozenset({Right.CHATS_READ}), EVERY_SHOP, "a-wang", NOON)
NAME = Subject("account", "小王", WITH_ACCOUNT)
ADDRESS = Subject("address", "10.0.0.1", WITH_ADDRESS)


def told(directory: Directory) -> list[str]:
    """What was done, oldest first."""
    return [entry.deed.what for entry in reversed(directory.audit())]


def newest(directory: Directory) -> Deed:
    return directory.audit(limit=1)[0].deed


class DirectoryContract:
    """Inherit, and say where."""

    @pytest.fixture
    def open_again(self, place):
        return lambda: TableDirectory(place.open())

    @pytest.fixture
    def empty(self, open_again):
        with open_again() as directory:
            yield directory

    @pytest.fixture
    def directory(self, empty):
        """A house with its owner and one agent."""
        assert empty.open_house(BOSS, HASH, Author(None, NOON)) is None
        assert empty.add_account(WANG, HASH, BY_BOSS) is None
        return empty

    # Accounts

    def test_accounts_come_back_as_they_were_given(self, directory, open_again):
        with open_again() as other:
            for each in (directory, other):
                assert each.account("a-wang") == WANG
                assert each.account_named(" 茶叶铺：小王") == WANG
                assert {account.id for account in each.accounts()} == {"a-boss", "a-wang"}
                assert each.account("nobody") is each.account_named("nobody") is None

    def test_a_house_is_opened_once(self, directory):
        second = replace(BOSS, id="a-other", name="别人")
        obstacle = directory.open_house(second, HASH, Author(None, NOON))
        assert obstacle is Obstacle.ALREADY_OPEN
        assert directory.account("a-other") is None

    def test_of_many_who_open_a_house_at_once_one_does(self, open_again):
        def attempt(number: int) -> Obstacle | None:
            with open_again() as directory:
                owner = replace(BOSS, id=f"a-{number}", name=f"老板{number}")
                return directory.open_house(owner, HASH, Author(None, NOON))

        with ThreadPoolExecutor(6) as pool:
            answers = list(pool.map(attempt, range(6)))
        assert sorted(answers, key=str) == [None, *[Obstacle.ALREADY_OPEN] * 5]

    def test_a_name_is_taken_however_it_is_written(self, directory):
        second = replace(WANG, id="a-second", name="茶叶铺：小王")
        assert directory.add_account(second, HASH, BY_BOSS) is Obstacle.NAME_TAKEN
        renamed = replace(BOSS, name="茶叶铺:小王")
        assert directory.change_account(renamed, BY_BOSS) is Obstacle.NAME_TAKEN
        assert directory.account("a-boss") == BOSS

    @pytest.mark.usefixtures("directory")
    def test_of_many_who_want_one_name_at_once_one_gets_it(self, open_again):
        def attempt(number: int) -> list[Obstacle | None]:
            with open_again() as other:
                start.wait()
                wanted = replace(WANG, id=f"a-{number}", name="小李")
                return [
                    other.add_account(wanted, HASH, BY_BOSS),
                    other.keep_role(replace(NIGHT, id=f"r-{number}"), BY_BOSS),
                    other.keep_group(Group(f"g-{number}", "售后"), BY_BOSS),
                    other.keep_shop(Shop(f"s-{number}", "茶叶铺"), BY_BOSS),
                ]

        start = Barrier(6)
        with ThreadPoolExecutor(6) as pool:
            answers = list(pool.map(attempt, range(6)))
        for answer in zip(*answers, strict=True):
            assert sorted(answer, key=str) == [None, *[Obstacle.NAME_TAKEN] * 5]

    @pytest.mark.usefixtures("directory")
    def test_of_processes_that_want_the_same_names_at_once_each_is_given_once(
        self, place, open_again
    ):
        assert sum(place.raced("names")) == 20
        with open_again() as other:
            assert len(other.accounts()) == 22

    def test_an_account_needs_a_role_and_groups_that_are_there(self, directory):
        strange = replace(WANG, id="a-second", name="小李", role=NIGHT)
        assert directory.add_account(strange, HASH, BY_BOSS) is Obstacle.UNKNOWN
        grouped = replace(WANG, groups=frozenset({"g-none"}))
        assert directory.change_account(grouped, BY_BOSS) is Obstacle.UNKNOWN
        assert directory.change_account(replace(WANG, id="a-none"), BY_BOSS) is Obstacle.UNKNOWN

    def test_a_change_is_recorded_by_the_fields_that_changed(self, directory):
        assert directory.change_account(replace(WANG, role=LEAD, capacity=9), BY_BOSS) is None
        assert directory.account("a-wang").role == LEAD
        assert newest(directory) == Deed(
            "account.changed",
            "a-wang",
            {"role": "agent", "capacity": 6},
            {"role": "lead", "capacity": 9},
        )

    @pytest.mark.parametrize(
        "less",
        [{"active": False}, {"role": LEAD}, {"shops": Shops(only=frozenset({"茶叶铺"}))}],
    )
    def test_the_last_owner_stays(self, directory, less):
        fallen = replace(BOSS, **less)
        assert directory.change_account(fallen, BY_BOSS) is Obstacle.LAST_OWNER
        assert directory.account("a-boss") == BOSS
        second = replace(BOSS, id="a-second", name="二老板")
        assert directory.add_account(second, HASH, BY_BOSS) is None
        assert directory.change_account(fallen, BY_BOSS) is None

    def test_of_two_owners_who_part_at_once_one_stays(self, directory, open_again):
        second = replace(BOSS, id="a-second", name="二老板")
        directory.add_account(second, HASH, BY_BOSS)

        def part(owner: Account) -> Obstacle | None:
            with open_again() as other:
                start.wait()
                return other.change_account(replace(owner, active=False), BY_BOSS)

        start = Barrier(2)
        with ThreadPoolExecutor(2) as pool:
            for _ in range(5):
                answers = list(pool.map(part, (BOSS, second)))
                assert sorted(answers, key=str) == [None, Obstacle.LAST_OWNER]
                assert sum(each.active for each in directory.accounts() if each != WANG) == 1
                assert directory.change_account(BOSS, BY_BOSS) is None
                assert directory.change_account(second, BY_BOSS) is None

    def test_deactivating_ends_sessions_keys_and_invitations(self, directory):
        directory.open_session(SESSION, b"token")
        directory.keep_api_key(KEY, b"hash", BY_BOSS)
        by_wang = replace(INVITATION, invited_by="a-wang")
        assert directory.keep_invitation(by_wang, b"link", BY_BOSS) is None
        assert directory.change_account(replace(WANG, active=False), BY_BOSS) is None
        assert directory.session(b"token") is None
        assert directory.api_key("abcd2345") is None
        assert directory.invitation(b"link") is None
        assert newest(directory).what == "account.deactivated"
        assert directory.account("a-wang") == replace(WANG, active=False)

    # Roles, groups, shops

    def test_own_roles_stand_beside_the_built_in_ones(self, directory):
        assert directory.keep_role(NIGHT, BY_BOSS) is None
        assert directory.roles() == [*BUILT_IN_ROLES.values(), NIGHT]
        assert directory.change_account(replace(WANG, role=NIGHT), BY_BOSS) is None
        wider = replace(NIGHT, rights=NIGHT.rights | {Right.EXPORTS_MAKE})
        assert directory.keep_role(wider, BY_BOSS) is None
        assert directory.account("a-wang").role == wider
        assert newest(directory) == Deed(
            "role.changed",
            "r-night",
            {"rights": ["buyers.unmask", "chats.read"]},
            {"rights": ["buyers.unmask", "chats.read", "exports.make"]},
        )

    def test_a_role_that_somebody_has_is_not_removed(self, directory):
        directory.keep_role(NIGHT, BY_BOSS)
        directory.change_account(replace(WANG, role=NIGHT), BY_BOSS)
        assert directory.remove_role("r-night", BY_BOSS) is Obstacle.IN_USE
        directory.change_account(WANG, BY_BOSS)
        offered = replace(INVITATION, role=NIGHT)
        directory.keep_invitation(offered, b"link", BY_BOSS)
        assert directory.remove_role("r-night", BY_BOSS) is Obstacle.IN_USE
        directory.withdraw_invitation("i-1", BY_BOSS)
        assert directory.remove_role("r-night", BY_BOSS) is None
        assert directory.remove_role("r-night", BY_BOSS) is Obstacle.UNKNOWN

    def test_built_in_roles_and_their_names_stay(self, directory):
        assert directory.keep_role(replace(OWNER, rights=frozenset()), BY_BOSS) is Obstacle.IN_USE
        assert directory.remove_role("owner", BY_BOSS) is Obstacle.IN_USE
        assert directory.keep_role(replace(NIGHT, name="店主"), BY_BOSS) is Obstacle.NAME_TAKEN

    def test_rights_of_a_newer_version_are_none_here(self, directory, place):
        place.edit(
            "INSERT INTO own_role VALUES ('r', '夜班',"
            ' \'{"id": "r", "name": "夜班", "rights": ["chats.read", "moon.land"]}\')'
        )
        assert directory.roles()[-1] == Role("r", "夜班", frozenset({Right.CHATS_READ}))

    def test_groups_are_kept_and_removed_when_nobody_is_in_them(self, directory):
        group = Group("g-1", "售后", WANG.shops)
        assert directory.keep_group(group, BY_BOSS) is None
        assert directory.keep_group(replace(group, id="g-2"), BY_BOSS) is Obstacle.NAME_TAKEN
        directory.change_account(replace(WANG, groups=frozenset({"g-1"})), BY_BOSS)
        assert directory.remove_group("g-1", BY_BOSS) is Obstacle.IN_USE
        directory.change_account(WANG, BY_BOSS)
        assert directory.groups() == [group]
        assert directory.remove_group("g-1", BY_BOSS) is None
        assert directory.remove_group("g-1", BY_BOSS) is Obstacle.UNKNOWN
        assert directory.groups() == []

    def test_shops_and_channels_are_listed(self, directory):
        shop = Shop("tea", "茶叶铺", pack="some@2026")
        channel = Channel("tea", "web", "webchat", "官网")
        assert directory.keep_channel(channel, BY_BOSS) is Obstacle.UNKNOWN
        assert directory.keep_shop(shop, BY_BOSS) is None
        assert directory.keep_shop(replace(shop, id="t2"), BY_BOSS) is Obstacle.NAME_TAKEN
        assert directory.keep_channel(channel, BY_BOSS) is None
        assert directory.keep_channel(replace(channel, active=False), BY_BOSS) is None
        assert directory.listed_shops() == [shop]
        assert directory.channels("tea") == [replace(channel, active=False)]
        assert directory.channels("silk") == []
        assert newest(directory) == Deed(
            "channel.changed", "tea/web", {"active": True}, {"active": False}
        )

    # Credentials

    def test_a_password_is_kept_as_its_hash_and_changing_it_ends_sessions(self, directory):
        assert directory.credential("a-wang").password_hash.reveal() == "$argon2id$one"
        directory.open_session(SESSION, b"token")
        changed = directory.change_password("a-wang", Secret("$argon2id$two"), True, BY_BOSS)
        assert changed is None
        assert directory.credential("a-wang").password_hash.reveal() == "$argon2id$two"
        assert directory.session(b"token") is None
        assert directory.account("a-wang").must_change_password
        assert newest(directory) == Deed("password.changed", "a-wang")
        assert directory.change_password("none", HASH, True, BY_BOSS) is Obstacle.UNKNOWN

    def test_a_renewed_hash_is_no_deed_and_ends_nothing(self, directory):
        directory.open_session(SESSION, b"token")
        before = told(directory)
        directory.renew_hash("a-wang", Secret("$argon2id$new"))
        assert directory.credential("a-wang").password_hash.reveal() == "$argon2id$new"
        assert directory.session(b"token") == SESSION
        assert told(directory) == before

    def test_a_second_factor_is_in_use_once_it_is_confirmed(self, directory, open_again):
        assert directory.offered_one_time_secret("a-wang") is None
        assert not directory.confirm_one_time_secret("a-wang", 7, [], BY_BOSS)
        directory.offer_one_time_secret("a-wang", Secret("JBSWY3DP"))
        with open_again() as other:
            assert other.offered_one_time_secret("a-wang").reveal() == "JBSWY3DP"
            assert other.credential("a-wang").one_time_secret is None
        assert directory.confirm_one_time_secret("a-wang", 7, [b"c1", b"c2"], BY_BOSS)
        assert directory.credential("a-wang").one_time_secret.reveal() == "JBSWY3DP"
        assert directory.offered_one_time_secret("a-wang") is None
        assert directory.recovery_codes_left("a-wang") == 2

    def test_a_step_is_used_once_and_never_an_earlier_one(self, directory):
        directory.offer_one_time_secret("a-wang", Secret("JBSWY3DP"))
        directory.confirm_one_time_secret("a-wang", 7, [], BY_BOSS)
        uses = [directory.use_step("a-wang", step) for step in (7, 8, 8, 6, 9)]
        assert uses == [False, True, False, False, True]

    @pytest.mark.usefixtures("directory")
    def test_of_many_who_use_one_code_at_once_one_does(self, open_again):
        def attempt(_: int) -> bool:
            with open_again() as other:
                return other.use_step("a-wang", 8)

        with ThreadPoolExecutor(6) as pool:
            assert sum(pool.map(attempt, range(6))) == 1

    def test_of_processes_that_use_the_same_codes_at_once_each_code_serves_once(
        self, directory, place
    ):
        assert sum(place.raced("steps")) == 30
        assert not directory.use_step("a-wang", 30)

    def test_a_second_factor_opens_only_in_its_row(self, directory, place):
        for account in ("a-boss", "a-wang"):
            directory.offer_one_time_secret(account, Secret(f"JBSWY3DP-{account}"))
        place.edit(
            "UPDATE credential SET offered_secret ="
            " (SELECT offered_secret FROM credential WHERE account = 'a-wang')"
        )
        assert directory.offered_one_time_secret("a-wang").reveal() == "JBSWY3DP-a-wang"
        with pytest.raises(ReaderError) as told:
            directory.offered_one_time_secret("a-boss")
        (problem,) = told.value.problems
        assert problem.key == "login.second_factor_damaged"
        assert problem.values == {"path": problem.file, "account": "a-boss"}

    def test_a_recovery_code_is_used_once(self, directory):
        directory.offer_one_time_secret("a-wang", Secret("JBSWY3DP"))
        directory.confirm_one_time_secret("a-wang", 7, [b"c1", b"c2"], BY_BOSS)
        assert directory.use_recovery_code("a-wang", b"c1", BY_BOSS)
        assert not directory.use_recovery_code("a-wang", b"c1", BY_BOSS)
        assert not directory.use_recovery_code("a-boss", b"c2", BY_BOSS)
        assert directory.recovery_codes_left("a-wang") == 1
        assert newest(directory).what == "recovery_code.used"

    def test_a_dropped_second_factor_leaves_nothing(self, directory):
        directory.offer_one_time_secret("a-wang", Secret("JBSWY3DP"))
        directory.confirm_one_time_secret("a-wang", 7, [b"c1"], BY_BOSS)
        directory.open_session(SESSION, b"token")
        directory.drop_second_factor("a-wang", BY_BOSS)
        assert directory.credential("a-wang").one_time_secret is None
        assert directory.recovery_codes_left("a-wang") == 0
        assert directory.session(b"token") is None

    # Sessions

    def test_a_session_is_found_by_its_token_until_it_is_ended(self, directory, open_again):
        directory.open_session(SESSION, b"token")
        with open_again() as other:
            assert other.session(b"token") == SESSION
            assert other.session(b"other") is None
        later = NOON + timedelta(minutes=5)
        directory.touch_session("s-1", later)
        directory.touch_session("s-1", NOON)
        assert directory.session(b"token") == replace(SESSION, last_seen_at=later)
        assert not directory.end_session("a-boss", "s-1", BY_BOSS)
        assert directory.end_session("a-wang", "s-1", BY_BOSS)
        assert not directory.end_session("a-wang", "s-1", BY_BOSS)
        assert directory.session(b"token") is None
        assert directory.sessions("a-wang") == []

    def test_all_sessions_are_ended_but_the_one_in_hand(self, directory):
        for number in (1, 2, 3):
            directory.open_session(replace(SESSION, id=f"s-{number}"), bytes([number]))
        assert [each.id for each in directory.sessions("a-wang")] == ["s-3", "s-2", "s-1"]
        assert directory.end_sessions("a-wang", BY_BOSS, but="s-2") == 2
        assert newest(directory) == Deed("sessions.ended", "a-wang", {"sessions": ["s-1", "s-3"]})
        assert [each.id for each in directory.sessions("a-wang")] == ["s-2"]
        assert directory.end_sessions("a-wang", BY_BOSS) == 1
        assert directory.end_sessions("a-wang", BY_BOSS) == 0

    def test_sessions_that_expired_are_forgotten(self, directory):
        directory.open_session(SESSION, b"token")
        assert directory.forget_sessions(SESSION.expires_at) == 0
        assert directory.forget_sessions(SESSION.expires_at + timedelta(seconds=1)) == 1
        assert directory.session(b"token") is None

    # Invitations

    def test_an_invitation_is_accepted_once(self, directory):
        assert directory.keep_invitation(INVITATION, b"link", BY_BOSS) is None
        assert directory.invitation(b"link") == INVITATION
        assert directory.invitations() == [INVITATION]
        li, zhao = (replace(WANG, id=f"a-{each}", name=each) for each in ("小李", "小赵"))
        by_li = Author(li.id, NOON)
        taken = replace(li, name=WANG.name)
        assert directory.accept_invitation(b"link", taken, HASH, by_li) is Obstacle.NAME_TAKEN
        assert directory.accept_invitation(b"link", li, HASH, by_li) is None
        assert directory.accept_invitation(b"link", zhao, HASH, by_li) is Obstacle.USED_UP
        assert directory.accept_invitation(b"none", zhao, HASH, by_li) is Obstacle.USED_UP
        assert directory.account(li.id) == li
        assert directory.account(zhao.id) is None
        assert directory.invitations() == []
        assert told(directory)[-2:] == ["account.added", "invitation.accepted"]

    def test_of_many_who_accept_one_invitation_at_once_one_does(self, directory, open_again):
        directory.keep_invitation(INVITATION, b"link", BY_BOSS)

        def attempt(number: int) -> Obstacle | None:
            with open_again() as other:
                joined = replace(WANG, id=f"a-{number}", name=f"新人{number}")
                return other.accept_invitation(b"link", joined, HASH, Author(joined.id, NOON))

        with ThreadPoolExecutor(6) as pool:
            answers = list(pool.map(attempt, range(6)))
        assert sorted(answers, key=str) == [None, *[Obstacle.USED_UP] * 5]

    def test_an_invitation_can_be_withdrawn_and_needs_a_role(self, directory):
        strange = replace(INVITATION, role=NIGHT)
        assert directory.keep_invitation(strange, b"link", BY_BOSS) is Obstacle.UNKNOWN
        directory.keep_invitation(INVITATION, b"link", BY_BOSS)
        assert directory.withdraw_invitation("i-1", BY_BOSS)
        assert not directory.withdraw_invitation("i-1", BY_BOSS)
        assert directory.invitation(b"link") is None

    # API keys

    def test_a_key_is_found_by_its_prefix_until_it_is_ended(self, directory):
        directory.keep_api_key(KEY, b"hash", BY_BOSS)
        assert directory.api_key("abcd2345") == (KEY, b"hash")
        assert directory.api_key("other") is None
        later = NOON + timedelta(minutes=5)
        directory.touch_api_key("k-1", later)
        assert directory.api_keys() == [replace(KEY, last_used_at=later)]
        assert directory.end_api_key("k-1", BY_BOSS)
        assert not directory.end_api_key("k-1", BY_BOSS)
        assert directory.api_key("abcd2345") is None
        assert told(directory)[-2:] == ["api_key.made", "api_key.ended"]

    # Failures

    def test_failures_lock_and_outlive_a_restart(self, open_again):
        for second in range(5):
            with open_again() as directory:
                at = NOON + timedelta(seconds=second)
                assert directory.begin_attempt([NAME, ADDRESS], at) is None
        with open_again() as directory:
            locked = NOON + timedelta(seconds=4 + 30)
            assert directory.begin_attempt([NAME, ADDRESS], locked - timedelta(seconds=1)) == locked
            assert directory.begin_attempt([NAME, ADDRESS], locked) is None
            assert directory.begin_attempt([NAME], locked) == locked + timedelta(seconds=60)

    def test_many_guesses_at_once_count_as_many(self, open_again):
        def attempt(_: int) -> object:
            with open_again() as directory:
                return directory.begin_attempt([NAME], NOON)

        with ThreadPoolExecutor(6) as pool:
            answers = list(pool.map(attempt, range(20)))
        assert answers.count(None) == WITH_ACCOUNT.free

    def test_processes_that_guess_at_once_have_no_more_guesses(self, place, empty):
        assert sum(place.raced("guesses")) == WITH_ACCOUNT.free
        assert empty.begin_attempt([NAME], NOON) is not None

    def test_a_right_guess_is_excused_and_a_log_in_forgives(self, empty):
        for _ in range(20):
            assert empty.begin_attempt([NAME, ADDRESS], NOON) is None
            empty.excuse_attempt([NAME, ADDRESS])
        for _ in range(5):
            empty.begin_attempt([NAME], NOON)
        assert empty.begin_attempt([NAME], NOON) is not None
        empty.forgive(NAME)
        assert empty.begin_attempt([NAME], NOON) is None

    def test_one_name_never_locks_another(self, empty):
        for _ in range(6):
            empty.begin_attempt([NAME], NOON)
        assert empty.begin_attempt([NAME._replace(name="小李")], NOON) is None
        assert empty.begin_attempt([NAME._replace(scope="address")], NOON) is None

    # The audit log

    def test_deeds_are_read_page_by_page_newest_first(self, empty):
        for number in range(7):
            empty.record(BY_BOSS, Deed("export.made", f"e-{number % 2}", None, {"n": number}))
        first = empty.audit(limit=3)
        second = empty.audit(before=first[-1].number, limit=3)
        third = empty.audit(before=second[-1].number, limit=3)
        seen = [entry.deed.after["n"] for entry in (*first, *second, *third)]
        assert seen == [6, 5, 4, 3, 2, 1, 0]
        odd = empty.audit(subject="e-1", limit=2)
        assert [entry.deed.after["n"] for entry in odd] == [5, 3]
        assert [e.deed.after["n"] for e in empty.audit(odd[-1].number, 9, "e-1")] == [1]
        assert first[0].author == BY_BOSS

    def test_every_write_leaves_its_deed_and_its_author(self, directory):
        directory.keep_role(NIGHT, BY_BOSS)
        directory.remove_role("r-night", BY_BOSS)
        directory.keep_group(Group("g-1", "售后"), BY_BOSS)
        directory.keep_shop(Shop("tea", "茶叶铺"), BY_BOSS)
        directory.keep_channel(Channel("tea", "web", "webchat", "官网"), BY_BOSS)
        directory.keep_invitation(INVITATION, b"link", BY_BOSS)
        directory.withdraw_invitation("i-1", BY_BOSS)
        directory.drop_second_factor("a-wang", BY_BOSS)
        assert told(directory) == [
            "account.added",
            "account.added",
            "role.added",
            "role.removed",
            "group.added",
            "shop.added",
            "channel.added",
            "invitation.made",
            "invitation.withdrawn",
            "second_factor.dropped",
        ]
        authors = [entry.author for entry in reversed(directory.audit())]
        assert authors == [Author(None, NOON), *[BY_BOSS] * 9]

    @pytest.mark.parametrize(
        "statement", ["DELETE FROM audit", "UPDATE audit SET what = 'nothing'"]
    )
    def test_the_audit_log_refuses_to_be_changed_even_behind_our_back(
        self, directory, place, statement
    ):
        before = directory.audit()
        with pytest.raises((sqlite3.IntegrityError, RaiseError), match="only added to"):
            place.edit(statement)
        assert directory.audit() == before != []

    def test_a_write_that_fails_in_the_middle_leaves_nothing(self, directory, place):
        newcomer = replace(WANG, id="a-li", name="小李")
        with place.broken_in_the_middle():
            directory.add_account(newcomer, HASH, BY_BOSS)
        assert directory.account("a-li") is None
        assert directory.credential("a-li") is None
        assert directory.add_account(newcomer, HASH, BY_BOSS) is None

    def test_any_text_comes_back_as_it_was(self, directory):
        odd = "a\0b\x1a0 \"亲\" '😀'"
        author = Author("a-boss", NOON, odd)
        deed = Deed("export.made", odd, {odd: odd})
        directory.record(author, deed)
        assert directory.audit(subject=odd)[0].deed == deed
        assert directory.audit(limit=1)[0].author == author
        assert directory.keep_shop(Shop(odd, odd), author) is None
        assert directory.keep_channel(Channel(odd, odd, "webchat", odd), author) is None
        assert directory.listed_shops() == [Shop(odd, odd)]
        assert directory.channels(odd) == [Channel(odd, odd, "webchat", odd)]
        directory.open_session(replace(SESSION, id=odd, device=odd), odd.encode())
        assert directory.sessions("a-wang") == [replace(SESSION, id=odd, device=odd)]
        assert directory.account_named(odd) is None

    def test_what_meets_an_obstacle_leaves_no_deed(self, directory):
        before = told(directory)
        directory.add_account(replace(WANG, id="a-2"), HASH, BY_BOSS)
        directory.change_account(replace(BOSS, active=False), BY_BOSS)
        directory.remove_role("owner", BY_BOSS)
        directory.end_session("a-wang", "none", BY_BOSS)
        assert told(directory) == before

    def test_no_secret_stands_in_the_audit_log(self, directory):
        directory.open_session(SESSION, b"token-hash")
        directory.offer_one_time_secret("a-wang", Secret("JBSWY3DP"))
        directory.confirm_one_time_secret("a-wang", 7, [b"recovery-hash"], BY_BOSS)
        directory.keep_invitation(INVITATION, b"link-hash", BY_BOSS)
        directory.keep_api_key(KEY, b"key-hash", BY_BOSS)
        directory.change_password("a-wang", Secret("$argon2id$two"), False, BY_BOSS)
        written = msgspec.json.encode(directory.audit())
        for secret in (b"argon2id", b"-hash", b"JBSWY3DP"):
            assert secret not in written
