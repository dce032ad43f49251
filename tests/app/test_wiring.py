"""Who is who, for whoever opens a house."""

from datetime import UTC, datetime

import pytest

from miaohui.adapters.storage.directory_ports import Author
from miaohui.app.places import place_of
from miaohui.app.wiring import open_directory_at, open_log_at
from miaohui.domain.directory.accounts import EVERY_SHOP, Account
from miaohui.domain.directory.rights import OWNER
from miaohui.domain.directory.secret import Secret
from miaohui.domain.vocabulary.problems import ReaderError

BOSS = Account("a-boss", "老板", OWNER, shops=EVERY_SHOP)


def test_people_lie_in_the_file_of_the_log_under_one_master_key(tmp_path, monkeypatch):
    monkeypatch.setenv("MIAOHUI_MASTER_KEY_FILE", str(tmp_path / "master.key"))
    place = place_of(str(tmp_path / "shop.db"))
    with pytest.raises(ReaderError) as told:
        open_directory_at(place, create=False)
    assert told.value.problems[0].key == "log.missing"
    with open_directory_at(place, create=True) as directory:
        first_start = Author(None, datetime.now(UTC))
        assert directory.open_house(BOSS, Secret("$argon2id$one"), first_start) is None
    with open_log_at(place, create=False) as log:
        assert log.count() == 0
    with open_directory_at(place, create=False) as directory:
        assert directory.accounts() == [BOSS]
