"""What every store of the desk must do."""

from datetime import timedelta

import pytest
from tests.adapters.storage.happenings import NOON

from miaohui.adapters.storage.desk_ports import Draft, Reachable
from miaohui.adapters.storage.directory_ports import Author, Obstacle
from miaohui.adapters.storage.tables.desk import TableDesk
from miaohui.adapters.storage.tables.directory.directory import TableDirectory
from miaohui.domain.directory.quick_replies import QuickReply
from miaohui.domain.directory.secret import Secret

BOSS = Author("boss", NOON)
LATER = NOON + timedelta(seconds=5)


class DeskContract:
    """Inherit, and say where."""

    @pytest.fixture
    def tables(self, place):
        with place.opened() as tables:
            yield tables

    @pytest.fixture
    def desk(self, tables):
        return TableDesk(tables)

    def test_a_draft_is_kept_for_its_writer_until_it_is_emptied(self, desk):
        desk.keep_draft("lin", Draft("c1", "亲，稍等\0🙂", NOON))
        desk.keep_draft("lin", Draft("c2", "在", LATER))
        assert desk.drafts("lin") == [Draft("c2", "在", LATER), Draft("c1", "亲，稍等\0🙂", NOON)]
        assert desk.drafts("zhou") == []
        desk.keep_draft("lin", Draft("c1", "", LATER))
        assert [each.chat for each in desk.drafts("lin")] == ["c2"]

    def test_an_older_draft_overwrites_and_empties_no_newer_one(self, desk):
        desk.keep_draft("lin", Draft("c1", "新", LATER))
        desk.keep_draft("lin", Draft("c1", "旧", NOON))
        desk.keep_draft("lin", Draft("c1", "", NOON))
        assert desk.drafts("lin") == [Draft("c1", "新", LATER)]

    def test_drafts_of_a_chat_are_forgotten_with_it(self, desk):
        for account in ("lin", "zhou"):
            desk.keep_draft(account, Draft("c1", "在", NOON))
            desk.keep_draft(account, Draft("c2", "在", NOON))
        desk.forget_drafts(["c1", "c3"])
        assert [each.chat for each in desk.drafts("zhou")] == ["c2"]

    def test_quick_replies_are_kept_in_order_and_written_down(self, tables, desk):
        first = QuickReply(id="q1", title="发货", text="亲，今天发", folder="物流", place=2)
        second = QuickReply(id="q2", title="物流", text="{order} 在路上", folder="物流", place=1)
        desk.keep_quick_replies([first, second], BOSS)
        assert desk.quick_replies() == [second, first]
        desk.keep_quick_replies([first], BOSS)
        assert desk.remove_quick_reply("q1", BOSS) is None
        assert desk.remove_quick_reply("q1", BOSS) is Obstacle.UNKNOWN
        assert desk.quick_replies() == [second]
        deeds = [entry.deed.what for entry in TableDirectory(tables).audit()]
        assert deeds == ["quick_reply.removed", "quick_reply.kept", "quick_reply.kept"]

    def test_an_address_is_kept_once_and_forgotten_when_it_is_gone(self, desk):
        phone = Reachable("lin", "web_push", Secret('{"endpoint": "https://push.example/1"}'))
        mail = Reachable("zhou", "email", Secret("zhou@example.com"))
        for each in (phone, mail, phone):
            desk.keep_address(each, NOON)
        assert [each.address.reveal() for each in desk.addresses({"lin"})] == [
            phone.address.reveal()
        ]
        desk.forget_address(phone)
        assert [each.account for each in desk.addresses({"lin", "zhou"})] == ["zhou"]

    def test_what_was_told_of_alarms_is_written_and_forgotten_together(self, desk):
        desk.keep_told_alarms({"a": b"1", "b": b"2"}, ())
        desk.keep_told_alarms({"b": b"3", "c": b"4"}, ["a", "x"])
        assert desk.told_alarms() == {"b": b"3", "c": b"4"}
