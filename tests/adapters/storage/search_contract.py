"""What every search must do. `place` is as in the contract of logs."""

import re
import subprocess
import sys
import unicodedata
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest
from tests.adapters.storage.chats_contract import row
from tests.adapters.storage.happenings import NOON, RECEIVED, message, messages

from miaohui.adapters.storage.catalogue import candidates, finding, marks
from miaohui.adapters.storage.catalogue.cabinets import entries_in, places_of
from miaohui.adapters.storage.catalogue.entries import marks_in, places_in
from miaohui.adapters.storage.chat_ports import ChatKey
from miaohui.adapters.storage.search_ports import MOST_COUNTED, Sought
from miaohui.domain.directory.scope import Scope
from miaohui.domain.vocabulary.events import Event, Payload
from miaohui.domain.vocabulary.kinds import Actor
from miaohui.domain.vocabulary.problems import ReaderError

TEA, SILK, FAN = "茶叶铺", "丝绸铺", "扇子铺"
CHANNEL = "pdd"
ALL = Scope(frozenset({TEA, SILK, FAN}))
ROOT = Path(__file__).parents[3]


class Chat(NamedTuple):
    """A chat as it should be found."""

    chat_id: str
    seq: int
    count: int


# A second opinion on what stands in a text, by regular expressions.

LETTERS, DIGITS, SILENT = "a-zéß", "0-9", r"[\s。,.\-]+"


def folded(text: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def pattern_of(word: str) -> str:
    def beside(character: str) -> str:
        for kind in (LETTERS, DIGITS):
            if re.match(f"[{kind}]", character):
                return f"[{kind}]"
        return ""

    before, after = beside(word[0]), beside(word[-1])
    run = re.search(f"(?:{after})+$", word)[0] if after else ""
    start = f"(?<!{before})" if before else ""
    end = f"(?!{after})" if after and len(run) < 4 else ""
    return start + re.escape(word) + end


def says(words: str, payload: Payload) -> bool:
    told = [folded(text) for text in (payload.text, payload.order) if text is not None]
    return all(
        any(re.search(pattern_of(word), text) for text in told)
        for word in re.split(SILENT, folded(words))
        if word
    )


def is_sought(sought: Sought, event: Event) -> bool:
    def among(wanted, value) -> bool:
        return wanted is None or value in wanted

    payload = event.payload
    order, wanted = folded(payload.order or ""), folded(sought.order or "")
    says_something = payload.text is not None or payload.order is not None
    return (
        (says_something or event.kind in {"text", "image"})
        and event.shop in sought.scope.shops
        and among(sought.accounts, event.account)
        and among(sought.channels, event.channel)
        and among(sought.kinds, event.kind)
        and (sought.since is None or event.at >= sought.since)
        and (sought.until is None or event.at < sought.until)
        and folded(event.buyer).startswith(folded(sought.buyer or ""))
        and (
            sought.order is None
            or (payload.order is not None and order == wanted)
            or (payload.order is not None and len(wanted) >= 4 and order.startswith(wanted))
        )
        and says(sought.words, payload)
    )


def expected(log, events: Sequence[tuple[str, Event]], rows, sought: Sought) -> list[Chat]:
    """All chats that should be found, newest hit first."""
    kept = {each.chat_id: each for each in rows}
    met = [facts.shop[0] for facts in log.read_facts()]
    hits: dict[str, list[Event]] = {}
    for chat, event in events:
        if not is_sought(sought, event):
            continue
        known = kept.get(chat)
        account, group = (known.account, known.group) if known else ("?", "?")
        if sought.scope.sees(account, group, event.shop):
            hits.setdefault(chat, []).append(event)

    def age(event: Event):
        return event.at, met.index(event.shop), event.seq

    newest = {chat: max(events, key=age) for chat, events in hits.items()}
    ordered = sorted(newest, key=lambda chat: age(newest[chat]), reverse=True)
    return [Chat(chat, newest[chat].seq, min(len(hits[chat]), MOST_COUNTED)) for chat in ordered]


def found(search, sought: Sought, limit: int = 3) -> list[Chat]:
    """All pages of a search."""
    told: list[Chat] = []
    cursor = None
    while True:
        page = search.search(sought, cursor, limit)
        told += [Chat(each.chat_id, each.newest.seq, each.count) for each in page.found]
        cursor = page.cursor
        if cursor is None:
            return told
        assert len(page.found) == limit


def play(log, search, steps) -> None:
    """Take the steps one after the other."""
    for step in steps:
        match step:
            case list():
                log.append(step, RECEIVED)
            case int():
                search.index(step)
            case str():
                log.erase_buyer(TEA, CHANNEL, step)


def living(log, steps) -> list[tuple[str, Event]]:
    """What stands in the log of buyers who are not erased, each with its chat's id."""
    lives: dict[tuple[str, str, str], bool] = {}
    told: dict[tuple[str, str, str], Event] = {}
    for step in steps:
        match step:
            case list():
                for event in step:
                    key = (event.shop, event.channel, event.source_id)
                    lives[key] = lives.get(key, True)
                    told.setdefault(key, event)
            case str():
                erased = (TEA, CHANNEL, step)
                for key, event in told.items():
                    lives[key] &= (event.shop, event.channel, event.buyer) != erased
    events = [event for shop in log.shops() for event in log.read(shop)]
    keys = [(event.shop, event.channel, event.source_id) for event in events]
    names = [ChatKey(*key[:2], told[key].conversation) for key in keys]
    chats = log.chats().chat_ids(names)
    return [
        (chat, event) for chat, event, key in zip(chats, events, keys, strict=True) if lives[key]
    ]


def indexed(log, limit: int = 1_000):
    """A search that has come to the end of its log."""
    search = log.search()
    while search.index(limit):
        pass
    assert search.behind() == 0
    return search


def contents(search) -> dict[int, list[int]]:
    """Everything that lies in the index: positions and the numbers of their marks."""
    shelves = search._shelves
    lying: dict[int, list[int]] = {}
    with shelves.moment():
        for cabinet in shelves.listed().cabinets:
            columns = shelves.columns([cabinet.number])[cabinet.number]
            held = shelves.drawers(places_of(cabinet))
            entries = entries_in(shelves.keys, cabinet, columns, held)
            assert not set(entries.position.tolist()) & set(lying)
            lying |= {position: [] for position in entries.position.tolist()}
            places = places_in(entries.pairs).tolist()
            for mark, place in zip(marks_in(entries.pairs).tolist(), places, strict=True):
                lying[int(entries.position[place])].append(mark)
    return lying


# Messages of few words, readers of few shops: whatever is sought is found often.

WORDS = ["退", "款", "退款吗", "Ａ", "ab", "abcdeＦ", "1", "１２３４5", " ", "。", "é", "🙂"]
SOUGHT = ["退", "款吗", "吗a", "abcd", "ABCDEf", "ab", "1", "1234", "é", "🙂", "退款吗 1", "a1"]
ORDERS = ["2406-1234", "２４０６-12", "99", "x"]
BUYERS = ["小李", "Ｂuyer7", "小李子", "b"]
ACCOUNTS = [None, "小王", "小赵"]
GROUPS = [None, "售前", "售后"]
SHOPS = [TEA, SILK, FAN]


def chat_message(chance: Random, number: int) -> Event:
    text = "".join(chance.choices(WORDS, k=chance.randrange(6)))
    return message(
        str(chance.randrange(number) if chance.random() < 0.05 and number else number),
        shop=chance.choice(SHOPS),
        channel=chance.choice([CHANNEL, CHANNEL, "web"]),
        conversation=f"c{chance.randrange(9)}",
        buyer=chance.choice(BUYERS),
        at=NOON + timedelta(seconds=number // 4 + chance.randrange(9)),
        actor=chance.choice([Actor.BUYER, Actor.AGENT]),
        account=chance.choice(ACCOUNTS),
        kind=chance.choice(["text", "text", "text", "image", "assigned", "note"]),
        payload=Payload(
            text=None if chance.random() < 0.1 else text,
            order=chance.choice(ORDERS) if chance.random() < 0.3 else None,
        ),
    )


def some_steps(chance: Random) -> list[list[Event] | int | str]:
    """Appends, indexing with a limit, and erasures of buyers."""
    steps: list[list[Event] | int | str] = []
    number = 0
    for _ in range(12):
        size = chance.choice([1, 5, 30])
        steps.append([chat_message(chance, number + n) for n in range(size)])
        number += size
        steps.append(chance.choice([1, 7, 40]))
        if chance.random() < 0.1:
            steps.append(chance.choice(BUYERS))
    return steps


def some_scope(chance: Random) -> Scope:
    shops = frozenset(chance.sample(SHOPS, chance.choice([0, 1, 2, 3, 3])))
    groups = frozenset(chance.sample(GROUPS[1:], chance.randrange(3)))
    account = chance.choice(ACCOUNTS[1:])
    return chance.choice([Scope(shops), Scope(shops, account), Scope(shops, account, groups)])


def some_sought(chance: Random) -> Sought:
    """One or two things asked for at once, by any reader."""
    filters = {
        "words": lambda: chance.choice(SOUGHT),
        "accounts": lambda: frozenset(chance.sample([*ACCOUNTS[1:], "x"], 2)),
        "channels": lambda: frozenset([chance.choice([CHANNEL, "web"])]),
        "kinds": lambda: frozenset(chance.sample(["text", "image", "note"], 2)),
        "since": lambda: NOON + timedelta(seconds=chance.randrange(30)),
        "until": lambda: NOON + timedelta(seconds=chance.randrange(60)),
        "order": lambda: chance.choice([*ORDERS, "2406", "240", "2406-1", "9", ""]),
        "buyer": lambda: chance.choice(["小李", "小", "ＢＵ", "b", "王", ""]),
    }
    chosen = chance.sample(sorted(filters), chance.choice([0, 1, 1, 2, 3]))
    return Sought(scope=some_scope(chance), **{name: filters[name]() for name in chosen})


def some_rows(chance: Random) -> list[tuple[str, str, int, str | None, str | None]]:
    """Whose chats are whose."""
    return [
        (shop, channel, number, chance.choice(ACCOUNTS), chance.choice(GROUPS))
        for shop in SHOPS
        for channel in (CHANNEL, "web")
        for number in range(9)
        if chance.random() < 0.8
    ]


def kept_rows(log, told):
    """Rows of the chats of these numbers."""
    keys = [ChatKey(shop, channel, f"c{number}") for shop, channel, number, _, _ in told]
    ids = log.chats().chat_ids(keys)
    rows = {
        chat: row(0, chat_id=chat, shop=shop, account=account, group=group)
        for chat, (shop, _, _, account, group) in zip(ids, told, strict=True)
    }
    log.chats().keep([*rows.values()], {})
    return [*rows.values()]


class SearchContract:
    """Inherit, and say where."""

    def place(self) -> AbstractContextManager[object]:
        raise NotImplementedError

    def address(self) -> AbstractContextManager[tuple[str, str, object]]:
        """For a process of its own: where the log lies, its key, and an opener."""
        raise NotImplementedError

    @pytest.fixture
    def log(self):
        with self.place() as opener, opener() as log:
            yield log

    def chat(self, log, conversation: str = "c1", shop: str = TEA) -> str:
        return log.chats().chat_ids([ChatKey(shop, CHANNEL, conversation)])[0]

    # What is found

    @pytest.mark.parametrize(("seed", "few"), [(0, 0), (1, 10), (2, 5_000), (3, 10)])
    def test_search_finds_what_looking_at_everything_finds(self, log, monkeypatch, seed, few):
        monkeypatch.setattr(finding, "FEW_THREADS", few)
        monkeypatch.setattr(finding, "FIRST_LOOK", 3)
        monkeypatch.setattr(candidates, "FIRST_LOT", 20)
        monkeypatch.setattr(marks, "FEW_SHOPS", 1 + seed % 2)
        chance = Random(seed)
        steps = some_steps(chance)
        search = log.search()
        play(log, search, steps)
        rows = kept_rows(log, some_rows(chance))
        while search.index(50):
            pass
        events = living(log, steps)
        told = 0
        for _ in range(70):
            sought = some_sought(chance)
            right = expected(log, events, rows, sought)
            assert found(search, sought) == right
            told += len(right)
        assert told > 100

    @pytest.mark.parametrize("seed", range(4))
    def test_the_index_holds_just_the_living_messages_and_their_marks(self, seed):
        chance = Random(100 + seed)
        with self.place() as opener, opener() as log:
            search = log.search()
            play(log, search, some_steps(chance))
            while search.index(chance.randrange(1, 30)):
                pass
            lying = contents(search)
            search.rebuild()
            assert contents(search) == {}
            while search.index(1_000):
                pass
            assert contents(search) == lying

    def test_a_message_is_found_by_any_stretch_of_it(self, log):
        text = "亲，iPhone15手机壳什么时候发货？"
        log.append([message("1", payload=Payload(text=text))], RECEIVED)
        search = indexed(log)
        for words in (
            "货",
            "什么时候",
            "时候发货",
            "IPHONE",
            "iphone15手机",
            "发货 亲",
            "ｉｐｈｏ",
        ):
            (hit,) = search.search(Sought(scope=ALL, words=words)).found
            assert (hit.chat_id, hit.newest.payload.text, hit.count) == (self.chat(log), text, 1)
        for words in ("发 什么发", "phone", "壳亲", "发货 明天"):
            assert search.search(Sought(scope=ALL, words=words)).found == []

    def test_an_order_number_is_found_whole_and_by_its_beginning(self, log):
        order = "241101-123456789012345"
        told = [
            message("1", kind="order.paid", payload=Payload(order=order)),
            message("2", conversation="c2", payload=Payload(text=f"订单{order}呢")),
        ]
        log.append(told, RECEIVED)
        search = indexed(log)
        for sought in (order, "2411", "241101-12", "241101-123456789012345"):
            hits = search.search(Sought(scope=ALL, order=sought)).found
            assert [hit.chat_id for hit in hits] == [self.chat(log)]
        for words in (order, "1234", "123456789012345", "订单2411"):
            hits = search.search(Sought(scope=ALL, words=words)).found
            assert self.chat(log, "c2") in [hit.chat_id for hit in hits]
        for sought in ("241", "1234", "241101-2", ""):
            assert search.search(Sought(scope=ALL, order=sought)).found == []

    def test_what_nobody_said_is_not_found(self, log):
        told = [
            message("1", kind="assigned", account="小王", payload=Payload()),
            message("2", kind="delivery.confirmed", payload=Payload(about="1")),
        ]
        log.append(told, RECEIVED)
        assert indexed(log).search(Sought(scope=ALL)).found == []

    def test_hits_are_counted_up_to_a_limit(self, log):
        log.append(messages(MOST_COUNTED + 30), RECEIVED)
        log.append(messages(3, 500, conversation="c2"), RECEIVED)
        search = indexed(log)
        hits = search.search(Sought(scope=ALL, words="在吗")).found
        assert [(hit.chat_id, hit.count) for hit in hits] == [
            (self.chat(log, "c2"), 3),
            (self.chat(log), MOST_COUNTED),
        ]

    def test_old_chats_imported_late_stand_where_they_belong(self, log):
        for day in (3, 1, 2):
            at = NOON - timedelta(days=day)
            told = [message(f"{day}-{n}", conversation=f"c{day}", at=at) for n in range(30)]
            log.append(told, RECEIVED)
            indexed(log, 7)
        hits = found(log.search(), Sought(scope=ALL, words="在吗"), limit=1)
        assert [hit.chat_id for hit in hits] == [self.chat(log, f"c{day}") for day in (1, 2, 3)]

    def test_a_page_is_not_moved_by_messages_that_came_meanwhile(self, log):
        log.append(
            [
                message(str(n), conversation=f"c{n}", at=NOON + timedelta(seconds=n))
                for n in range(6)
            ],
            RECEIVED,
        )
        search = indexed(log)
        sought = Sought(scope=ALL, words="在吗")
        first = search.search(sought, limit=3)
        late = NOON + timedelta(hours=1)
        log.append([message("x", conversation="c9", at=late)], RECEIVED)
        log.append([message("y", conversation="c5", at=late)], RECEIVED)
        indexed(log)
        rest = search.search(sought, first.cursor, limit=9)
        assert [hit.newest.conversation for hit in rest.found] == ["c2", "c1", "c0"]

    def test_among_many_shops_only_those_of_the_reader_are_found(self, log):
        told = [message(str(n), shop=f"店{n}", conversation=f"c{n}") for n in range(80)]
        log.append(told, RECEIVED)
        search = indexed(log)
        for count in (1, 20, 60, 80):
            scope = Scope(frozenset(f"店{n}" for n in range(count)) | {"没有的店"})
            hits = search.search(Sought(scope=scope, words="在吗"), limit=100).found
            assert {hit.newest.shop for hit in hits} == scope.shops - {"没有的店"}

    @pytest.mark.parametrize("cursor", ["", "x", "亲", "WzEsMl0"])
    def test_a_cursor_that_is_none_of_ours_is_told(self, log, cursor):
        with pytest.raises(ReaderError) as told:
            log.search().search(Sought(scope=ALL), cursor)
        assert [problem.key for problem in told.value.problems] == ["cursor.unreadable"]

    # Erased buyers

    def test_nothing_is_found_of_an_erased_buyer(self, log):
        told = [message(str(n), conversation=f"c{n % 5}", buyer=f"买家{n % 5}") for n in range(200)]
        log.append(told, RECEIVED)
        search = indexed(log, 20)
        before = contents(search)
        mine = {f"c{n}": self.chat(log, f"c{n}") for n in range(5)}
        assert log.erase_buyer(TEA, CHANNEL, "买家3")
        for sought in (
            Sought(scope=ALL, words="在吗"),
            Sought(scope=ALL, buyer="买家"),
            Sought(scope=ALL),
        ):
            hits = search.search(sought).found
            assert {hit.chat_id for hit in hits} == {*mine.values()} - {mine["c3"]}
        after = contents(search)
        gone = {position for position in before if position % (1 << 40) % 5 == 4}
        assert after == {at: marks for at, marks in before.items() if at not in gone}
        assert len(after) == 160

    def test_a_buyer_who_comes_back_is_found_by_what_is_new(self, log):
        log.append(messages(3), RECEIVED)
        search = indexed(log)
        log.erase_buyer(TEA, CHANNEL, "小李")
        log.append([message("new", payload=Payload(text="我又来了"))], RECEIVED)
        indexed(log)
        assert search.search(Sought(scope=ALL, words="在吗")).found == []
        (hit,) = search.search(Sought(scope=ALL, words="又来")).found
        assert hit.newest.buyer == "小李"

    def test_what_was_read_before_an_erasure_is_not_filed_after_it(self, log):
        log.append(messages(5), RECEIVED)
        search = log.search()
        unfiled = search._messages.unfiled

        def erased_meanwhile(limit: int):
            read = unfiled(limit)
            search._messages.unfiled = unfiled
            assert log.erase_buyer(TEA, CHANNEL, "小李")
            return read

        search._messages.unfiled = erased_meanwhile
        assert search.index() == 5
        assert contents(search) == {}

    # Several at once, and killed

    def test_indexing_erasing_and_searching_at_once_end_in_order(self, log):
        search = log.search()

        def write(n: int) -> None:
            told = [
                message(f"{n}-{each}", buyer=f"买家{each % 7}", conversation=f"c{each % 7}")
                for each in range(20)
            ]
            log.append(told, RECEIVED)
            search.index(30)

        with ThreadPoolExecutor(4) as threads:
            writing = threads.map(write, range(20))
            erased = threads.map(lambda n: log.erase_buyer(TEA, CHANNEL, f"买家{n}"), range(7))
            asked = threads.map(
                lambda _: len(search.search(Sought(scope=ALL, words="在吗")).found), range(20)
            )
            assert [*writing] == [None] * 20
            assert max(asked) <= 7
            assert any(erased)
        indexed(log, 50)
        lying = contents(search)
        search.rebuild()
        indexed(log)
        assert contents(search) == lying

    def test_an_indexer_killed_at_any_moment_goes_on_without_loss(self):
        with self.address() as (address, key, opener):
            with opener() as log:
                for first in range(0, 3_000, 500):
                    log.append(
                        messages(500, first, conversation=f"c{first}", buyer=f"b{first}"), RECEIVED
                    )
            program = [sys.executable, "-m", "tests.adapters.storage.killed_indexer", address, key]
            done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True)
            assert done.returncode == 0, done.stderr
            kills, went_through = map(int, done.stdout.split())
            assert kills >= 5
            assert went_through < 3_000
            with opener() as log:
                search = indexed(log, 64)
                assert len(contents(search)) == 3_000
                lying = contents(search)
                search.rebuild()
                indexed(log)
                assert contents(search) == lying
