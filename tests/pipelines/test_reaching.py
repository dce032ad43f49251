"""Everybody's own addresses: added, shown by an id that tells nothing, tried and forgotten."""

import asyncio
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime

import pytest

from miaohui.adapters.notify.port import TAKEN, Notice, Notifier, Outcome, Told
from miaohui.adapters.storage.directory_ports import Obstacle
from miaohui.adapters.storage.sqlite.tables import open_sqlite_tables
from miaohui.adapters.storage.tables.desk import TableDesk
from miaohui.app.language import say
from miaohui.domain.desk.alarms.settings import Way
from miaohui.domain.directory.secret import Secret
from miaohui.pipelines.reaching import MOST_ADDRESSES, Address, Known, Reaching
from miaohui.pipelines.refusals import Unfit

NOW = datetime(2026, 11, 11, 12, tzinfo=UTC)


class Ways:
    """Takes what holds an @."""

    def __init__(self) -> None:
        self.told: list[tuple[str, Notice]] = []

    def notifier(self, way: Way) -> Notifier | None:
        return self if way is Way.EMAIL else None

    def fits(self, way: Way, address: Secret) -> bool:
        return way is Way.EMAIL and "@" in address.reveal()

    def robots(self, shop: str) -> dict[str, Secret]:
        return {"team": Secret(f"robot of {shop}")}

    async def tell(self, address: Secret, notice: Notice) -> Told:
        self.told.append((address.reveal(), notice))
        return TAKEN


@pytest.fixture
def ways() -> Ways:
    return Ways()


@pytest.fixture
def reaching(tmp_path, ways: Ways) -> Iterator[Reaching]:
    with closing(open_sqlite_tables(tmp_path / "log.db", tmp_path / "key")) as tables:
        yield Reaching(TableDesk(tables), ways, say, lambda: NOW)


def added(reaching: Reaching, account: str = "boss", text: str = "b@example.com") -> Known:
    known = reaching.add(account, Way.EMAIL, Address(text, "zh", "手机"))
    assert isinstance(known, Known), known
    return known


def test_addresses_are_everybodys_own(reaching: Reaching):
    mine = added(reaching)
    assert reaching.addresses("boss") == [mine]
    assert reaching.addresses("lead") == []
    assert reaching.remove("lead", mine.id) is Obstacle.UNKNOWN
    assert "b@example" not in mine.id + repr(mine.address)
    assert reaching.remove("boss", mine.id) is None
    assert reaching.addresses("boss") == []


def test_the_same_address_again_is_one_with_its_new_label_and_language(reaching: Reaching):
    first = added(reaching)
    again = reaching.add("boss", Way.EMAIL, Address("b@example.com", "en", "Desk"))
    assert reaching.addresses("boss") == [again]
    assert isinstance(again, Known)
    assert (again.id, again.address.label) == (first.id, "Desk")


def test_what_is_no_address_and_one_too_many_are_refused(reaching: Reaching):
    wrong = reaching.add("boss", Way.EMAIL, Address("no mailbox", "zh"))
    assert isinstance(wrong, Unfit)
    assert wrong.problems[0].key == "reachable.email"
    for number in range(MOST_ADDRESSES):
        added(reaching, text=f"{number}@example.com")
    full = reaching.add("boss", Way.EMAIL, Address("more@example.com", "zh"))
    assert isinstance(full, Unfit)
    assert full.problems[0].key == "reachable.too_many"
    added(reaching, text="0@example.com")
    added(reaching, account="lead")


def test_a_trial_says_what_came_of_it(reaching: Reaching, ways: Ways):
    mine = added(reaching)
    assert asyncio.run(reaching.try_out(mine)) == TAKEN
    [(address, notice)] = ways.told
    assert (address, notice.title) == ("b@example.com", "秒回：测试通知")
    pushed = Known("1", Way.WEB_PUSH, Address("https://push.example.com", "en"))
    assert asyncio.run(reaching.try_out(pushed)) == Told(Outcome.REFUSED, "not_set_up")


def test_a_robot_is_tried_by_its_name(reaching: Reaching):
    tried = asyncio.run(reaching.try_robot("tea", "team", "en"))
    assert tried == Told(Outcome.REFUSED, "not_set_up")
    assert asyncio.run(reaching.try_robot("tea", "another", "en")) is None


def test_an_address_at_which_nobody_is_any_more_is_forgotten(reaching: Reaching):
    added(reaching)
    reaching.forget("boss", Way.EMAIL, Secret("b@example.com"))
    assert reaching.addresses("boss") == []
