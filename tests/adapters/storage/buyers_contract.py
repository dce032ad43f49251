"""What every storage of buyers must do. `place` is as in the contract of logs."""

from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from tests.adapters.storage.happenings import NOON, RECEIVED, facts_of, message

from miaohui.adapters.storage.buyer_ports import Acquaintance, Quiet, Who
from miaohui.adapters.storage.chat_ports import ChatKey
from miaohui.adapters.storage.media_ports import Owner, Picture

SHOP, CHANNEL = "茶叶铺", "pdd"
DAY = timedelta(days=1)
RED = Picture("image/png", 1, 1, b"red", b"r")


class BuyersContract:
    """Inherit, and say where."""

    def place(self) -> AbstractContextManager[object]:
        raise NotImplementedError

    @pytest.fixture
    def log(self):
        with self.place() as opener, opener() as log:
            yield log

    def test_a_buyer_goes_by_a_pseudonym_that_names_nobody(self, log):
        li, wang = (log.buyers().who(SHOP, CHANNEL, each) for each in ("小李", "小王"))
        assert li == log.buyers().who(SHOP, CHANNEL, "小李")
        assert len({li, wang, log.buyers().who(SHOP, "jd", "小李")}) == 3
        assert (li.shop, li.channel, len(bytes.fromhex(li.pseudonym))) == (SHOP, CHANNEL, 16)

    def test_who_took_part_in_a_chat_and_in_which_chats_somebody_did(self, log):
        told = [message("1"), message("2", buyer="小王"), message("3", conversation="c2")]
        log.append(told, RECEIVED)
        buyers = log.buyers()
        li, wang = (buyers.who(SHOP, CHANNEL, each) for each in ("小李", "小王"))
        keys = [ChatKey(SHOP, CHANNEL, each) for each in ("c1", "c2")]
        one, two = log.chats().chat_ids(keys)
        for _ in range(2):
            assert set(buyers.in_chat(one)) == {li, wang}
            assert buyers.in_chat(two) == [li]
            assert (set(buyers.chats([li])), set(buyers.chats([wang]))) == ({one, two}, {one})
            buyers.erase([li, wang])
        assert buyers.in_chat("0" * 32) == []
        assert not buyers.chats([buyers.who("nowhere", CHANNEL, "小李")])

    def test_how_well_the_log_knows_somebody(self, log):
        buyers = log.buyers()
        li = buyers.who(SHOP, CHANNEL, "小李")
        assert buyers.acquaintance(li) is Acquaintance.UNKNOWN
        log.append([message("1")], RECEIVED)
        assert buyers.acquaintance(li) is Acquaintance.LIVING
        assert buyers.erase([li]) == 1
        assert buyers.acquaintance(li) is Acquaintance.ERASED
        log.append([message("2")], RECEIVED)
        assert buyers.acquaintance(li) is Acquaintance.BACK
        assert buyers.acquaintance(li._replace(shop="nowhere")) is Acquaintance.UNKNOWN

    def test_several_are_erased_together_with_all_that_is_theirs_and_no_fact_moves(self, log):
        log.append(
            [message(f"{n}", buyer=f"b{n}", conversation=f"c{n}") for n in range(6)], RECEIVED
        )
        media, buyers, search = log.media(), log.buyers(), log.search()
        while search.index():
            pass
        ids = {n: media.put(Owner(SHOP, CHANNEL, f"b{n}"), RED, RECEIVED) for n in range(6)}
        before = facts_of(log.read_facts())
        whom = [buyers.who(SHOP, CHANNEL, f"b{n}") for n in (1, 4)]
        assert (buyers.erase(whom), buyers.erase(whom)) == (2, 0)
        buyers.clean(whom)
        read = list(log.read(SHOP))
        assert [each.payload.text is None for each in read] == [n in (1, 4) for n in range(6)]
        there = [media.find(Owner(SHOP, CHANNEL, f"b{n}"), ids[n]) is not None for n in range(6)]
        assert there == [n not in (1, 4) for n in range(6)]
        assert facts_of(log.read_facts()) == before
        assert list(log.check()) == []

    def test_a_chat_says_whether_its_buyer_is_erased(self, log):
        log.append([message("1")], RECEIVED)
        (chat,) = log.chats().chat_ids([ChatKey(SHOP, CHANNEL, "c1")])
        assert not log.chats().find([chat])[chat].is_erased
        log.erase_buyer(SHOP, CHANNEL, "小李")
        assert log.chats().find([chat])[chat].is_erased
        log.append([message("2")], RECEIVED)
        assert not log.chats().find([chat])[chat].is_erased

    def test_pictures_go_while_texts_stay(self, log):
        log.append([message("1")], RECEIVED)
        owner = Owner(SHOP, CHANNEL, "小李")
        red = log.media().put(owner, RED, RECEIVED)
        buyers = log.buyers()
        li = buyers.who(*owner)
        assert (buyers.forget_media([li]), buyers.forget_media([li])) == (1, 0)
        assert log.media().find(owner, red) is None
        assert next(iter(log.read(SHOP))).payload.text == "在吗 1"
        assert buyers.forget_media([li._replace(shop="nowhere")]) == 0

    def test_who_was_quiet_since_an_instant(self, log):
        told = [
            message(f"{n}", buyer=f"b{n}", conversation=f"c{n}", at=NOON + n * DAY)
            for n in range(5)
        ]
        log.append([*told, message("other", shop="另一家")], RECEIVED)
        buyers = log.buyers()
        page = buyers.quiet(SHOP, NOON + 2 * DAY)
        whom = [buyers.who(SHOP, CHANNEL, each) for each in ("b0", "b1")]
        expected = {Quiet(who, NOON + n * DAY, False) for n, who in enumerate(whom)}
        assert (set(page.buyers), len(page.buyers)) == (expected, 2)
        assert page.reached is None
        buyers.erase(whom[:1])
        assert [each.who for each in buyers.quiet(SHOP, NOON + 2 * DAY).buyers] == whom[1:]
        assert not buyers.quiet("nowhere", NOON + 2 * DAY).buyers

    def test_a_buyer_is_as_quiet_as_the_loudest_of_their_chats_whoever_spoke_there(self, log):
        log.append([message("1"), message("2", conversation="c2", at=NOON + DAY)], RECEIVED)
        log.append([message("3", conversation="c2", buyer="小王", at=NOON + 3 * DAY)], RECEIVED)
        buyers = log.buyers()
        assert not buyers.quiet(SHOP, NOON + 3 * DAY).buyers
        both = buyers.quiet(SHOP, NOON + 4 * DAY).buyers
        assert [each.last_at for each in both] == [NOON + 3 * DAY] * 2

    def test_an_old_event_that_comes_late_makes_nobody_quiet(self, log):
        log.append([message("new", at=NOON + 9 * DAY)], RECEIVED)
        log.append([message("old", at=NOON - 9 * DAY)], RECEIVED)
        assert not log.buyers().quiet(SHOP, NOON).buyers

    def test_who_only_showed_a_picture_was_heard_of_by_that(self, log):
        log.media().put(Owner(SHOP, CHANNEL, "小李"), RED, NOON)
        li = log.buyers().who(SHOP, CHANNEL, "小李")
        assert not log.buyers().quiet(SHOP, NOON).buyers
        assert log.buyers().quiet(SHOP, NOON + DAY).buyers == [Quiet(li, NOON, True)]

    def test_quiet_ones_are_told_page_by_page(self, log):
        told = [message(f"{n}", buyer=f"b{n}", conversation=f"c{n}") for n in range(25)]
        log.append(told, RECEIVED)
        after, found, pages = 0, list[Who](), 0
        while after is not None:
            page = log.buyers().quiet(SHOP, NOON + DAY, after, 10)
            found += [each.who for each in page.buyers]
            after, pages = page.reached, pages + 1
        assert (len(found), len(set(found)), pages) == (25, 25, 3)
