"""What every storage of chats must do. `place` is as in the contract of logs."""

from contextlib import AbstractContextManager
from datetime import datetime, timedelta

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.adapters.storage.happenings import NOON, RECEIVED, events, message, messages

from miaohui.adapters.storage.chat_ports import ChatKey, ChatQuery, ChatRow
from miaohui.domain.directory.scope import Scope
from miaohui.domain.vocabulary.events import Event, Payload
from miaohui.domain.vocabulary.kinds import Actor
from miaohui.domain.vocabulary.problems import ReaderError

SHOP, CHANNEL = "茶叶铺", "pdd"
TEA, SILK, FAN = "茶叶铺", "丝绸铺", "扇子铺"
UNKNOWN = "0123456789abcdef" * 2

some = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.differing_executors]
)


def row(number: int, **changes: object) -> ChatRow:
    """A chat that is waiting, the higher its number the newer."""
    told = {
        "chat_id": f"{number:032x}",
        "shop": TEA,
        "channel": CHANNEL,
        "state": "waiting",
        "opened_at": NOON,
        "last_at": NOON + timedelta(seconds=number),
        "last_seq": number,
    }
    return ChatRow(**{**told, **changes})


def everything(*shops: str) -> ChatQuery:
    return ChatQuery(scope=Scope(frozenset(shops)))


def numbers(page) -> list[int]:
    return [int(each.chat_id, 16) for each in page.rows]


def bare(event: Event, chat: str) -> Event:
    """As a history tells it."""
    payload = msgspec.structs.replace(event.payload, text=None, media=None, extra={})
    return msgspec.structs.replace(event, conversation=chat, buyer=chat, payload=payload)


_shops = st.sampled_from([TEA, SILK, FAN])
_accounts = st.none() | st.sampled_from(["小王", "小赵", "a\0b"])
_groups = st.none() | st.sampled_from(["售前", "售后"])
_states = st.sampled_from(["waiting", "answered", "snoozed", "closed"])
_tags = st.sampled_from(["退货", '引"号', "退", "a\0b", "\\"])
_spam = st.none() | st.sampled_from(["reported", "confirmed"])


def _some(values):
    return st.none() | st.frozensets(values, max_size=2)


_rows = st.lists(
    st.builds(
        row,
        st.integers(0, 30),
        shop=_shops,
        channel=st.sampled_from(["pdd", "web"]),
        account=_accounts,
        group=_groups,
        state=_states,
        restless=st.booleans(),
        last_at=st.integers(0, 4).map(lambda seconds: NOON + timedelta(seconds=seconds)),
        tags=st.lists(_tags, max_size=2).map(tuple),
        spam=_spam,
        rating=st.none() | st.just("3"),
        open_tasks=st.integers(0, 2),
    ),
    max_size=25,
)
_instants = st.none() | st.integers(0, 4).map(lambda seconds: NOON + timedelta(seconds=seconds))
_queries = st.builds(
    ChatQuery,
    scope=st.builds(
        Scope,
        st.frozensets(_shops, min_size=1),
        st.none() | st.sampled_from(["小王", "小赵"]),
        st.none() | st.frozensets(st.sampled_from(["售前", "售后"])),
    ),
    ids=st.none() | st.frozensets(st.integers(0, 30).map(lambda number: f"{number:032x}")),
    channels=_some(st.sampled_from(["pdd", "web"])),
    accounts=_some(_accounts),
    groups=_some(_groups),
    states=_some(_states),
    tags=_some(_tags),
    spam=_some(_spam),
    since=_instants,
    until=_instants,
)


def fits(query: ChatQuery, chat: ChatRow) -> bool:
    """The whole of a query, one chat at a time."""

    def among(wanted, value) -> bool:
        return wanted is None or value in wanted

    return (
        query.scope.sees(chat.account, chat.group, chat.shop)
        and among(query.ids, chat.chat_id)
        and among(query.channels, chat.channel)
        and among(query.accounts, chat.account)
        and among(query.groups, chat.group)
        and among(query.states, chat.state)
        and among(query.spam, chat.spam)
        and (query.tags is None or bool(query.tags & set(chat.tags)))
        and (query.since is None or chat.last_at >= query.since)
        and (query.until is None or chat.last_at < query.until)
    )


class ChatsContract:
    """Inherit, and say where."""

    def place(self) -> AbstractContextManager[object]:
        raise NotImplementedError

    @pytest.fixture
    def log(self):
        with self.place() as opener, opener() as log:
            yield log

    @pytest.fixture
    def chats(self, log):
        return log.chats()

    # Ids and names

    def test_an_id_is_the_pseudonym_that_figures_know(self, log, chats):
        log.append(messages(2), RECEIVED)
        (told,) = chats.chat_ids([ChatKey(SHOP, CHANNEL, "c1")])
        assert {each for facts in log.read_facts() for each in facts.conversation} == {told}
        other, again = chats.chat_ids([ChatKey("别家", "x", "y"), ChatKey(SHOP, CHANNEL, "c1")])
        assert (other, again) == (other, told)
        assert other != told

    def test_chats_are_found_by_name_and_unknown_ones_left_out(self, log, chats):
        log.append([message("1"), message("2", conversation="c2", buyer="小赵")], RECEIVED)
        keys = [ChatKey(SHOP, CHANNEL, "c1"), ChatKey(SHOP, CHANNEL, "c2")]
        ids = chats.chat_ids(keys)
        found = chats.find([*ids, UNKNOWN, "no id", ""])
        assert {chat: tuple(named) for chat, named in found.items()} == {
            ids[0]: (keys[0], "小李", False),
            ids[1]: (keys[1], "小赵", False),
        }
        assert chats.find([]) == {}

    def test_an_erased_chat_is_found_by_its_erased_names(self, log, chats):
        log.append(messages(2), RECEIVED)
        (chat,) = chats.chat_ids([ChatKey(SHOP, CHANNEL, "c1")])
        log.erase_buyer(SHOP, CHANNEL, "小李")
        named = chats.find([chat])[chat]
        assert named.key == ChatKey(SHOP, CHANNEL, f"erased-{chat[:12]}")
        assert named.buyer.startswith("erased-")
        assert named.is_erased
        log.append([message("9", buyer="小赵")], RECEIVED)
        assert chats.find([chat])[chat] == (ChatKey(SHOP, CHANNEL, "c1"), "小赵", False)

    # Histories

    @some
    @given(st.lists(events, max_size=20))
    def test_histories_hold_every_event_of_a_chat_and_nothing_sealed(self, told):
        with self.place() as opener, opener() as log:
            log.append(told, RECEIVED)
            chats = log.chats()
            whole: dict[str, list[Event]] = {}
            for shop in log.shops():
                for event in log.read(shop):
                    key = ChatKey(event.shop, event.channel, event.conversation)
                    whole.setdefault(chats.chat_ids([key])[0], []).append(event)
            found = chats.histories([*whole, UNKNOWN])
            assert set(found) == set(whole)
            for chat, events_of_chat in whole.items():
                assert list(found[chat]) == [bare(event, chat) for event in events_of_chat]
                assert list(chats.messages(chat)) == events_of_chat

    def test_histories_of_many_chats_come_whole(self, log, chats):
        told = [message(str(place), conversation=f"c{place % 700}") for place in range(2_100)]
        log.append(told, RECEIVED)
        keys = [ChatKey(SHOP, CHANNEL, f"c{place}") for place in range(700)]
        found = chats.histories(chats.chat_ids(keys))
        assert {len(each) for each in found.values()} == {3}
        assert len(found) == 700

    def test_a_history_outlives_its_buyer(self, log, chats):
        said = Payload(text="电话 138", order="o1", rating="3", by="小王")
        log.append([message("1", payload=said)], RECEIVED)
        (chat,) = chats.chat_ids([ChatKey(SHOP, CHANNEL, "c1")])
        before = chats.histories([chat])
        log.erase_buyer(SHOP, CHANNEL, "小李")
        assert chats.histories([chat]) == before
        assert before[chat][0].payload == Payload(order="o1", rating="3", by="小王")

    # Messages

    def test_messages_are_read_a_page_at_a_time_in_both_directions(self, log, chats):
        told = messages(9)
        told.insert(4, message("other", conversation="c2"))
        log.append(told, RECEIVED)
        (chat,) = chats.chat_ids([ChatKey(SHOP, CHANNEL, "c1")])

        def seqs(**page: int) -> list[int]:
            return [event.seq for event in chats.messages(chat, **page)]

        assert seqs() == [1, 2, 3, 4, 6, 7, 8, 9, 10]
        assert seqs(limit=3) == [8, 9, 10]
        assert seqs(limit=3, before_seq=8) == [4, 6, 7]
        assert seqs(limit=3, before_seq=4) == [1, 2, 3]
        assert seqs(limit=3, before_seq=1) == []
        assert seqs(limit=3, after_seq=0) == [1, 2, 3]
        assert seqs(limit=3, after_seq=3) == [4, 6, 7]
        assert seqs(limit=3, after_seq=10) == []
        assert seqs(limit=9, after_seq=3, before_seq=7) == [4, 6]
        assert seqs(limit=0) == []
        assert chats.messages(UNKNOWN) == chats.messages("no id") == []
        assert [event.payload.text for event in chats.messages(chat, limit=1)] == ["在吗 m8"]

    def test_the_last_texts_of_chats_are_told_but_not_those_of_the_erased(self, log, chats):
        log.append(
            [
                message("1", payload=Payload(text="在吗")),
                message("2", payload=Payload(text="什么时候发货")),
                message("3", kind="image", payload=Payload(media="m1")),
                message("4", kind="text", actor=Actor.SYSTEM, payload=Payload(text="系统的话")),
                message("5", conversation="c2", buyer="小赵", payload=Payload(text="我要退货")),
                message("6", conversation="c3", buyer="小钱", kind="image"),
            ],
            RECEIVED,
        )
        keys = [ChatKey(SHOP, CHANNEL, name) for name in ("c1", "c2", "c3")]
        first, second, third = chats.chat_ids(keys)
        log.erase_buyer(SHOP, CHANNEL, "小赵")
        assert chats.last_texts([first, second, third, UNKNOWN]) == {first: "什么时候发货"}
        assert chats.last_texts([]) == {}

    def test_a_chat_of_two_buyers_is_one_chat(self, log, chats):
        told = [message(str(place), buyer=f"买家{place % 2}") for place in range(6)]
        log.append(told, RECEIVED)
        (chat,) = chats.chat_ids([ChatKey(SHOP, CHANNEL, "c1")])
        assert [event.seq for event in chats.messages(chat, limit=4)] == [3, 4, 5, 6]
        assert [event.seq for event in chats.histories([chat])[chat]] == [1, 2, 3, 4, 5, 6]
        log.erase_buyer(SHOP, CHANNEL, "买家0")
        texts = [event.payload.text for event in chats.messages(chat)]
        assert texts == [None, "在吗 1", None, "在吗 3", None, "在吗 5"]

    # How far it has come

    def test_chats_touched_after_a_seq_are_told(self, log, chats):
        log.append(messages(2), RECEIVED)
        log.append([message("x", conversation="c2")], RECEIVED)
        log.append([message("y", shop=SILK)], RECEIVED)
        first, second = chats.chat_ids([ChatKey(SHOP, CHANNEL, "c1"), ChatKey(SHOP, CHANNEL, "c2")])
        assert chats.touched(SHOP, 0) == {first, second}
        assert chats.touched(SHOP, 2) == {second}
        assert chats.touched(SHOP, 3) == chats.touched("别家", 0) == set()
        assert chats.newest_seqs() == {SHOP: 3, SILK: 1}

    def test_the_first_event_received_since_an_instant_is_found(self, log, chats):
        instants: list[datetime] = []
        for place in range(12):
            instants.append(RECEIVED + timedelta(minutes=place // 3))
            log.append([message(str(place))], instants[-1])
        for since in (RECEIVED + timedelta(seconds=30 * step) for step in range(-1, 10)):
            late = [seq for seq, instant in enumerate(instants, 1) if instant >= since]
            assert chats.first_received(SHOP, since) == (late[0] if late else 13)
        assert chats.first_received("别家", RECEIVED) == 1

    def test_rows_and_how_far_they_are_true_are_kept_together(self):
        with self.place() as opener:
            with opener() as log:
                log.chats().keep([row(1, restless=True), row(2)], {TEA: 7, SILK: 2})
                log.chats().keep([row(2, restless=True, shop=SILK), row(3)], {TEA: 9})
                log.chats().keep([], {})
            with opener() as log:
                chats = log.chats()
                assert chats.seen() == {TEA: 9, SILK: 2}
                assert chats.restless(TEA) == [f"{1:032x}"]
                assert chats.restless(SILK) == [f"{2:032x}"]
                assert numbers(chats.rows(everything(TEA))) == [3, 1]

    def test_rows_that_cannot_be_written_leave_everything_as_it_was(self, chats):
        chats.keep([row(1)], {TEA: 1})
        with pytest.raises(ReaderError) as told:
            chats.keep([row(1, state="closed"), row(2, account="\ud800")], {TEA: 2})
        assert [problem.key for problem in told.value.problems] == ["log.unwritable_text"]
        assert chats.rows(everything(TEA)).rows == [row(1)]
        assert chats.seen() == {TEA: 1}

    # Lists

    @some
    @given(_rows, _queries)
    def test_a_list_holds_just_the_chats_that_fit_newest_first(self, kept, query):
        with self.place() as opener, opener() as log:
            chats = log.chats()
            chats.keep(kept, {})
            there = {each.chat_id: each for each in kept}
            fitting = sorted(
                (each for each in there.values() if fits(query, each)),
                key=lambda each: (each.last_at, each.chat_id),
                reverse=True,
            )
            pages, cursor = [], None
            while True:
                page = chats.rows(query, cursor, limit=4)
                pages.append(page.rows)
                cursor = page.cursor
                if cursor is None:
                    break
            assert [each for page in pages for each in page] == fitting
            assert all(len(page) == 4 for page in pages[:-1])

    def test_a_page_is_not_moved_by_chats_that_came_meanwhile(self, chats):
        chats.keep([row(number) for number in range(6)], {})
        first = chats.rows(everything(TEA), limit=3)
        chats.keep([row(9), row(5, last_at=NOON + timedelta(hours=1))], {})
        assert numbers(first) == [5, 4, 3]
        assert numbers(chats.rows(everything(TEA), first.cursor, limit=3)) == [2, 1, 0]

    def test_nobody_without_a_shop_sees_a_chat(self, chats):
        chats.keep([row(1)], {})
        assert chats.rows(everything()) == ([], None)

    @pytest.mark.parametrize("cursor", ["", "x", "亲", "bnVsbA", "WzEsMl0", "W10", "\ud800"])
    def test_a_cursor_that_is_none_of_ours_is_told(self, chats, cursor):
        with pytest.raises(ReaderError) as told:
            chats.rows(everything(TEA), cursor)
        assert [problem.key for problem in told.value.problems] == ["cursor.unreadable"]

    def test_kinds_of_actors_survive(self, log, chats):
        log.append([message("1", actor=Actor.AGENT, account="小王")], RECEIVED)
        (chat,) = chats.chat_ids([ChatKey(SHOP, CHANNEL, "c1")])
        (event,) = chats.histories([chat])[chat]
        assert (event.actor, event.account) == (Actor.AGENT, "小王")
