"""A house on real SQLite with real Argon2, cheap, and a clock that is turned by hand."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pyotp import TOTP

from miaohui.adapters.secrets.argon2_passwords import Argon2Passwords, Cost
from miaohui.adapters.secrets.timed_codes import TimedCodes
from miaohui.adapters.storage.sqlite.tables import open_sqlite_tables
from miaohui.adapters.storage.tables.directory.directory import TableDirectory
from miaohui.domain.directory.accounts import Account, Shops
from miaohui.domain.directory.rights import AGENT
from miaohui.domain.directory.secret import Secret
from miaohui.pipelines.house import Acting, House
from miaohui.pipelines.joining import open_house
from miaohui.pipelines.logins import Knock, LoggedIn, change_password, log_in
from miaohui.pipelines.people import add_account
from miaohui.pipelines.refusals import LoginRefusal

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
CHEAP = Cost(passes=1, memory_kib=64, lanes=1)
BOSS_WORD = Secret("店主自己想的一句话 2026")
FIRST_WORD = Secret("first word for everybody")
WANG_WORD = Secret("小王自己想的另一句话")
IN_TEA = Shops(only=frozenset({"茶叶铺"}))


class Story:
    """A house and its time."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.now = NOON

    def wait(self, **time: float) -> None:
        self.now += timedelta(**time)

    def acting(self, account: Account) -> Acting:
        """The account as it now stands, asking for something."""
        return Acting(self.house.directory.account(account.id) or account, self.now, "10.0.0.9")

    def log_in(
        self,
        name: str,
        password: Secret,
        code: str | None = None,
        address: str = "10.0.0.1",
        device: str = "Firefox",
    ) -> LoggedIn | LoginRefusal:
        return log_in(self.house, self.now, Knock(name, password, device, address, code))

    def boss(self) -> Account:
        made = open_house(self.house, self.now, "老板", BOSS_WORD)
        assert isinstance(made, Account), made
        return made

    def agent(self, boss: Account, name: str = "小王", **more: object) -> Account:
        """An agent who has chosen a password already."""
        given = Account(f"a-{name}", name, AGENT, shops=IN_TEA, **more)
        added = add_account(self.house, self.acting(boss), given, FIRST_WORD)
        assert isinstance(added, Account), added
        knock = Knock(name, FIRST_WORD, "Firefox", "10.0.0.1")
        changed = change_password(self.house, self.now, knock, WANG_WORD)
        assert isinstance(changed, LoggedIn), changed
        return changed.account

    def told(self) -> list[str]:
        return [entry.deed.what for entry in reversed(self.house.directory.audit())]


@contextmanager
def story(folder: Path, cost: Cost = CHEAP) -> Iterator[Story]:
    """Open the house that lies in a folder; its time starts at noon."""
    chance = random.Random(folder.name).getrandbits
    with TableDirectory(open_sqlite_tables(folder / "log.db", folder / "key")) as directory:
        yield Story(House(directory, Argon2Passwords(cost), TimedCodes(), chance))


def code_at(secret: Secret, now: datetime) -> str:
    """What the app on a telephone shows."""
    return TOTP(secret.reveal()).at(now)
