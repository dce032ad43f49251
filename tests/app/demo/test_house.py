"""A demo house is made once, with people who can log in and a past."""

from pathlib import Path

import pytest

from miaohui.app.demo.house import DemoHouse, demo_house
from miaohui.app.demo.traffic import AGENTS, SHOP
from miaohui.app.wiring import now, open_directory_at, open_log_at
from miaohui.domain.directory.passwords import password_problems
from miaohui.domain.vocabulary.kinds import Actor

PORT = 18_530


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> DemoHouse:
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("demo")
        patch.setenv("MIAOHUI_MASTER_KEY_FILE", str(folder / "key"))
        return demo_house(folder / "demo", PORT)


@pytest.fixture(autouse=True)
def key(house: DemoHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIAOHUI_MASTER_KEY_FILE", str(house.folder.parent / "key"))


def test_its_shop_is_marked_as_a_demo(house):
    with open_directory_at(house.log, False) as directory:
        (shop,) = directory.listed_shops()
    assert (shop.id, shop.demo) == (SHOP, True)


def test_everybody_has_an_account_of_that_shop_only_but_for_the_owner(house):
    with open_directory_at(house.log, False) as directory:
        accounts = {each.name: each for each in directory.accounts()}
    assert accounts.keys() == {each.name for each in house.logins}
    assert sum(each.played for each in house.logins) == AGENTS
    for login in house.logins:
        account = accounts[login.name]
        assert account.role.id == login.role
        assert not account.must_change_password
        assert account.shops.every == (login.role == "owner")


def test_passwords_are_good_and_of_this_folder_only(house, tmp_path):
    other = demo_house(tmp_path / "demo", PORT)
    passwords = [each.password for each in (*house.logins, *other.logins)]
    assert len(set(passwords)) == len(passwords)
    for login in house.logins:
        assert password_problems(login.password, login.name) == ()
        assert login.password not in repr(login)


def test_its_past_is_there_and_ends_now(house):
    with open_log_at(house.log, create=False) as log:
        events = list(log.read(SHOP))
    assert len(events) > 10_000
    assert max(each.at for each in events) <= now()
    with open_directory_at(house.log, False) as directory:
        played = {each.id for each in directory.accounts() if each.display_name}
    said = {each.account for each in events if each.actor is Actor.AGENT}
    assert said == played


def test_made_again_it_is_as_it_was(house):
    before = _files(house.folder)
    with open_log_at(house.log, create=False) as log:
        count = sum(1 for _ in log.read(SHOP))
    again = demo_house(house.folder, PORT + 1)
    assert again.turn == house.turn + 1
    assert again.logins == house.logins
    with open_log_at(house.log, create=False) as log:
        assert sum(1 for _ in log.read(SHOP)) == count
    assert _files(house.folder) == before


def _files(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in ("miaohui.toml", "logins.json")}
