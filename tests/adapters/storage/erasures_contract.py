"""What every storage of erasures must do. `place` is as in the contract of tables."""

from datetime import date, timedelta

import pytest
from tests.adapters.storage.happenings import NOON

from miaohui.adapters.storage.buyer_ports import Who
from miaohui.adapters.storage.directory_ports import Author
from miaohui.adapters.storage.erasure_ports import GIVEN_UP_AFTER, Erasure, Progress, Stage
from miaohui.adapters.storage.tables.directory.directory import TableDirectory
from miaohui.adapters.storage.tables.erasures import TableErasures

BOSS, HOUSE = Author("boss", NOON), Author(None, NOON)
LI, WANG = Who("茶叶铺", "pdd", "a" * 32), Who("茶叶铺", "jd", "b" * 32)
LATER = NOON + GIVEN_UP_AFTER


def wanted(id_: str, *whom: Who) -> Erasure:
    return Erasure(id_, "茶叶铺", whom or (LI,), ("c" * 32,), NOON, "boss")


class ErasuresContract:
    """Inherit, and say where."""

    @pytest.fixture
    def tables(self, place):
        with place.opened() as tables:
            yield tables

    @pytest.fixture
    def erasures(self, tables):
        return TableErasures(tables)

    def test_what_is_asked_for_is_written_down_with_its_deed(self, erasures, tables):
        asked = erasures.ask(wanted("e1", LI, WANG), BOSS)
        found = erasures.find("茶叶铺", "e1")
        assert (set(found.whom), found.chats, found.stage) == ({LI, WANG}, asked.chats, Stage.ASKED)
        assert (found.asked_at, found.asked_by) == (NOON, "boss")
        assert (erasures.find("另一家", "e1"), erasures.find("茶叶铺", "e2")) == (None, None)
        (entry,) = TableDirectory(tables).audit(subject="茶叶铺/e1")
        assert (entry.author, entry.deed.what) == (BOSS, "buyer.erased")

    def test_the_same_is_not_asked_for_twice_until_it_is_done(self, erasures, tables):
        erasures.ask(wanted("e1", LI, WANG), BOSS)
        assert erasures.ask(wanted("e2", WANG, LI), BOSS).id == "e1"
        assert erasures.ask(wanted("e3", LI), BOSS).id == "e3"
        assert len(TableDirectory(tables).audit()) == 2
        erasures.reach("e1", Stage.DONE, NOON)
        assert erasures.newest("茶叶铺", [WANG, LI]).stage is Stage.DONE
        assert erasures.ask(wanted("e4", LI, WANG), BOSS).id == "e4"
        assert erasures.newest("茶叶铺", [LI, WANG]).id == "e4"
        assert erasures.newest("茶叶铺", [WANG]) is None

    def test_one_of_several_carries_it_out_and_another_after_that_one_died(self, erasures, place):
        erasures.ask(wanted("e1"), BOSS)
        with place.opened() as other:
            claims = [each.claim("e1", NOON) for each in (erasures, TableErasures(other))]
        assert claims == [True, False]
        assert not erasures.claim("e1", LATER - timedelta(seconds=1))
        assert erasures.claim("e1", LATER)
        assert not erasures.claim("nothing", NOON)

    def test_what_waits_is_tried_again_and_what_is_done_is_not(self, erasures):
        erasures.ask(wanted("e1"), BOSS)
        erasures.reach("e1", Stage.WAITING, NOON)
        assert [each.id for each in erasures.unfinished()] == ["e1"]
        assert not erasures.claim("e1", NOON)
        assert erasures.claim("e1", LATER)
        erasures.reach("e1", Stage.DONE, LATER)
        assert erasures.unfinished() == []
        assert not erasures.claim("e1", LATER + GIVEN_UP_AFTER)

    def test_those_of_a_shop_are_told_newest_first(self, erasures):
        for number in range(5):
            erasures.ask(wanted(f"e{number}", LI._replace(pseudonym=f"{number:032x}")), BOSS)
        assert [each.id for each in erasures.of_shop("茶叶铺", None, 2)] == ["e4", "e3"]
        assert [each.id for each in erasures.of_shop("茶叶铺", "e3", 9)] == ["e2", "e1", "e0"]
        assert erasures.of_shop("另一家", None, 9) == []

    def test_the_forgetting_of_a_day_goes_on_where_it_was(self, erasures, tables):
        assert erasures.progress("茶叶铺") is None
        begun = Progress(date(2026, 11, 1), 17, 3, 4)
        erasures.keep_progress("茶叶铺", begun, HOUSE)
        assert erasures.progress("茶叶铺") == begun
        done = Progress(date(2026, 11, 1), None, 5, 4)
        erasures.keep_progress("茶叶铺", done, HOUSE)
        erasures.keep_progress("另一家", Progress(date(2026, 11, 2), None), HOUSE)
        assert erasures.progress("茶叶铺") == done
        (entry,) = TableDirectory(tables).audit()
        assert (entry.deed.what, entry.deed.subject) == ("retention.kept", "茶叶铺")
        assert entry.deed.after == {"buyers": 5, "pictures": 4}
