"""What every log must do. A storage gives `place`: a context in which one log can be opened,
as often as wanted, each time by a connection of its own."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import timedelta
from uuid import UUID

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from tests.adapters.storage.happenings import (
    FACT_NAMES,
    NOON,
    RECEIVED,
    batches,
    events,
    facts_of,
    message,
    messages,
)

from miaohui.adapters.storage.ports import Appended, Bookmark
from miaohui.domain.vocabulary.events import Event, Payload
from miaohui.domain.vocabulary.instants import micros_of
from miaohui.domain.vocabulary.problems import ReaderError

SHOP, CHANNEL, BUYER = "茶叶铺", "pdd", "小李"

some = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.differing_executors]
)


class Model:
    """A log as a dictionary."""

    def __init__(self) -> None:
        self.events: dict[tuple[str, str, str], Event] = {}

    def append(self, batch: Sequence[Event]) -> Appended:
        before = len(self.events)
        for event in batch:
            self.events.setdefault((event.shop, event.channel, event.source_id), event)
        added = len(self.events) - before
        return Appended(added, len(batch) - added)

    def of(self, shop: str) -> list[Event]:
        return [event for event in self.events.values() if event.shop == shop]


def as_given(event: Event, like: Event) -> Event:
    """Without what the log gave it."""
    return msgspec.structs.replace(event, seq=0, received_at=None, id=like.id)


class LogContract:
    """Inherit, and say where."""

    def place(self) -> AbstractContextManager[Callable[[], object]]:
        raise NotImplementedError

    @pytest.fixture
    def open_again(self):
        with self.place() as opener:
            yield opener

    @pytest.fixture
    def log(self, open_again):
        with open_again() as log:
            yield log

    # Taking in

    @some
    @given(batches)
    def test_a_log_is_a_dictionary_of_the_first_event_of_every_source(self, told):
        model = Model()
        with self.place() as opener, opener() as log:
            for batch in told:
                assert log.append(batch, RECEIVED) == model.append(batch)
            shops = sorted({shop for shop, _, _ in model.events})
            assert list(log.shops()) == shops
            assert log.count() == len(model.events)
            for shop in shops:
                read = list(log.read(shop))
                assert [event.seq for event in read] == list(range(1, len(read) + 1))
                expected = model.of(shop)
                pairs = zip(read, expected, strict=True)
                assert [as_given(event, like) for event, like in pairs] == expected
            assert list(log.check()) == []

    @some
    @given(batches)
    def test_facts_say_what_reading_says_without_the_personal_parts(self, told):
        with self.place() as opener, opener() as log:
            for batch in told:
                log.append(batch, RECEIVED)
            whole = facts_of(log.read_facts())
            assert len(whole) == log.count()
            for shop in log.shops():
                rows = facts_of(log.read_facts(shops=[shop]))
                assert rows == [row for row in whole if row[0] == shop]
                pairs = zip(log.read(shop), rows, strict=True)
                assert all(agree(log, event, row) for event, row in pairs)

    @some
    @given(events)
    def test_an_event_comes_back_as_it_was_given(self, event):
        with self.place() as opener, opener() as log:
            log.append([event], RECEIVED)
            (read,) = log.read(event.shop)
            assert as_given(read, event) == event
            assert read.received_at == RECEIVED
            assert read.id == event.id or not event.id

    def test_an_empty_log_has_nothing_and_is_sound(self, log):
        assert log.append([], RECEIVED) == Appended(0, 0)
        assert list(log.shops()) == []
        assert list(log.read(SHOP)) == []
        assert list(log.read_facts()) == []
        assert (log.count(), log.newest_at()) == (0, None)
        assert list(log.check()) == []

    def test_an_event_without_an_id_gets_a_uuid_of_version_seven_once(self, log):
        log.append([message("1")], RECEIVED)
        (first,) = log.read(SHOP)
        log.append([message("1")], RECEIVED)
        (second,) = log.read(SHOP)
        assert UUID(first.id).version == 7
        assert second.id == first.id

    def test_the_first_of_a_source_wins_in_one_batch_and_over_batches(self, log):
        first, other = message("1"), message("1", payload=Payload(text="改了"))
        assert log.append([first, other], RECEIVED) == Appended(1, 1)
        assert log.append([other, message("2")], RECEIVED) == Appended(1, 1)
        assert [event.payload.text for event in log.read(SHOP)] == ["在吗 1", "在吗 2"]
        assert [event.seq for event in log.read(SHOP)] == [1, 2]

    def test_the_same_source_id_in_another_shop_or_channel_is_another_event(self, log):
        told = [message("1"), message("1", shop="另一家"), message("1", channel="tb")]
        assert log.append(told, RECEIVED) == Appended(3, 0)
        assert log.append(told, RECEIVED) == Appended(0, 3)

    def test_half_a_character_is_refused_and_nothing_of_its_batch_is_kept(self, log):
        broken = message("2", payload=Payload(text="\ud800"))
        with pytest.raises(ReaderError) as refused:
            log.append([message("1"), broken], RECEIVED)
        assert refused.value.problems[0].key == "log.unwritable_text"
        assert log.append([message("1")], RECEIVED) == Appended(1, 0)
        assert [event.seq for event in log.read(SHOP)] == [1]

    def test_a_batch_of_many_shops_and_buyers_is_one_append(self, log):
        told = [
            message(str(place), shop=f"店{place % 37}", buyer=f"买家{place % 411}")
            for place in range(5_000)
        ]
        assert log.append(told, RECEIVED) == Appended(5_000, 0)
        assert sum(1 for shop in log.shops() for _ in log.read(shop)) == 5_000
        assert list(log.check()) == []

    # Reading

    def test_reading_goes_on_after_a_seq_and_stops_at_a_limit(self, log):
        log.append(messages(5_000), RECEIVED)
        assert [event.seq for event in log.read(SHOP, 4_990)] == list(range(4_991, 5_001))
        assert [event.seq for event in log.read(SHOP, 1, 3)] == [2, 3, 4]
        assert sum(1 for _ in log.read(SHOP, 0, 4_500)) == 4_500
        assert list(log.read(SHOP, 5_000)) == []
        assert list(log.read(SHOP, 0, 0)) == []

    def test_facts_end_at_an_instant_and_keep_to_shops(self, log):
        log.append([*messages(10), *messages(3, shop="另一家")], RECEIVED)
        until = NOON + timedelta(seconds=4)
        assert [row[-1] for row in facts_of(log.read_facts([SHOP], until))] == [1, 2, 3, 4, 5]
        assert len(facts_of(log.read_facts(until=until))) == 8
        assert list(log.read_facts(["nobody"])) == []

    def test_facts_of_a_large_shop_are_whole_over_many_batches(self, log):
        for first in range(0, 20_000, 5_000):
            log.append([*messages(5_000, first), *messages(5, first, shop="另一家")], RECEIVED)
        rows = facts_of(log.read_facts())
        assert [row[-1] for row in rows if row[0] == SHOP] == list(range(1, 20_001))
        assert len(rows) == 20_020

    def test_the_newest_instant_is_that_of_the_latest_event_not_of_the_last(self, log):
        log.append(list(reversed(messages(3))), RECEIVED)
        assert log.newest_at() == NOON + timedelta(seconds=2)

    def test_a_conversation_is_found_by_name_and_by_pseudonym(self, log):
        log.append([*messages(3), message("x", conversation="c2", buyer="老王")], RECEIVED)
        pseudonym = facts_of(log.read_facts())[0][2]
        for known_as in ("c1", pseudonym):
            found = log.conversation_events(SHOP, CHANNEL, known_as)
            assert [event.source_id for event in found] == ["m0", "m1", "m2"]
        assert list(log.conversation_events(SHOP, CHANNEL, "nobody")) == []
        assert list(log.conversation_events(SHOP, "nowhere", "c1")) == []
        assert list(log.conversation_events("nowhere", CHANNEL, "c1")) == []

    def test_a_conversation_longer_than_one_chunk_is_read_to_its_end(self, log):
        log.append(messages(4_100), RECEIVED)
        found = [event.seq for event in log.conversation_events(SHOP, CHANNEL, "c1")]
        assert found == list(range(1, 4_101))

    def test_names_are_given_for_the_pseudonyms_that_are_known(self, log):
        log.append([message("1"), message("2", conversation="c2")], RECEIVED)
        pseudonyms = [row[2] for row in facts_of(log.read_facts())]
        named = log.names(SHOP, CHANNEL, [*pseudonyms, "0" * 32])
        assert [named[each] for each in pseudonyms] == ["c1", "c2"]
        assert len(named) == 2
        assert log.names("nowhere", CHANNEL, pseudonyms) == {}

    # Several at once

    def test_a_reader_sees_what_a_writer_has_acknowledged(self, log, open_again):
        with open_again() as reader:
            for place in range(5):
                log.append([message(str(place), account=f"客服{place}")], RECEIVED)
                assert reader.count() == place + 1
                assert [event.source_id for event in reader.read(SHOP)][-1] == str(place)
                assert facts_of(reader.read_facts())[-1][6] == f"客服{place}"

    def test_two_writers_in_turn_keep_one_order_without_gaps(self, log, open_again):
        with open_again() as other:
            for place in range(10):
                told = [message(str(place), buyer=f"买家{place}"), message(str(place + 1))]
                (log, other)[place % 2].append(told, RECEIVED)
            assert [event.seq for event in log.read(SHOP)] == list(range(1, 12))
            assert list(other.check()) == []

    def test_an_append_between_two_chunks_of_a_reader_does_not_disturb_it(self, log):
        log.append(messages(3_000), RECEIVED)
        reading = log.read(SHOP)
        seqs = [next(reading).seq]
        log.append(messages(10, 3_000), RECEIVED)
        seqs += [event.seq for event in reading]
        assert seqs == list(range(1, 3_011))

    # Bookmarks

    def test_a_bookmark_moves_with_the_rows_it_stands_for(self, log, open_again):
        assert log.bookmark("file") is None
        log.append(messages(3), RECEIVED, Bookmark("file", 3))
        with open_again() as other:
            assert other.bookmark("file") == Bookmark("file", 3)
        log.append([], RECEIVED, Bookmark("file", 3, done=True))
        assert log.bookmark("file") == Bookmark("file", 3, done=True)

    def test_a_bookmark_stays_where_the_append_failed(self, log):
        log.append(messages(3), RECEIVED, Bookmark("file", 3))
        with pytest.raises(ReaderError):
            log.append([message("\ud800")], RECEIVED, Bookmark("file", 4))
        assert log.bookmark("file") == Bookmark("file", 3)

    # Erasing

    def test_erasing_a_buyer_takes_texts_and_names_and_nothing_else(self, log):
        payload = Payload(text="电话 138", media="a.jpg", order="7", extra={"备注": "急"})
        log.append(
            [message("1", payload=payload), message("2", buyer="老王", conversation="c2")], RECEIVED
        )
        before = list(log.read(SHOP))
        assert log.erase_buyer(SHOP, CHANNEL, BUYER)
        erased, other = log.read(SHOP)
        assert erased.payload == Payload(order="7")
        assert erased.buyer.startswith("erased-")
        assert len(erased.buyer) == len("erased-") + 12
        assert erased.conversation.startswith("erased-")
        kept = msgspec.structs.replace(erased, payload=payload, buyer=BUYER, conversation="c1")
        assert [kept, other] == before
        assert list(log.check()) == []

    @some
    @given(batches)
    def test_erasing_moves_no_fact_and_importing_again_changes_nothing(self, told):
        with self.place() as opener, opener() as log:
            for batch in told:
                log.append(batch, RECEIVED)
            before, repeated = facts_of(log.read_facts()), sum(map(len, told))
            for shop, channel, buyer in {(e.shop, e.channel, e.buyer) for b in told for e in b}:
                log.erase_buyer(shop, channel, buyer)
            everything = [event for batch in told for event in batch]
            read = [event for shop in log.shops() for event in log.read(shop)]
            assert log.append(everything, RECEIVED) == Appended(0, repeated)
            assert facts_of(log.read_facts()) == before
            assert [event for shop in log.shops() for event in log.read(shop)] == read
            assert all(event.payload.text is None for event in read)
            assert all(event.buyer.startswith("erased-") for event in read)
            assert list(log.check()) == []

    def test_erasing_whom_nobody_knows_or_twice_says_so(self, log):
        log.append(messages(1), RECEIVED)
        assert not log.erase_buyer(SHOP, CHANNEL, "nobody")
        assert not log.erase_buyer(SHOP, "nowhere", BUYER)
        assert not log.erase_buyer("nowhere", CHANNEL, BUYER)
        assert log.erase_buyer(SHOP, CHANNEL, BUYER)
        assert not log.erase_buyer(SHOP, CHANNEL, BUYER)

    def test_an_erased_conversation_is_found_as_it_is_called_now(self, log):
        log.append(messages(2), RECEIVED)
        log.erase_buyer(SHOP, CHANNEL, BUYER)
        called = next(log.read(SHOP)).conversation
        pseudonym = facts_of(log.read_facts())[0][2]
        assert called == f"erased-{pseudonym[:12]}"
        assert log.names(SHOP, CHANNEL, [pseudonym]) == {pseudonym: called}
        assert len(list(log.conversation_events(SHOP, CHANNEL, called))) == 2

    def test_a_buyer_who_comes_back_is_read_again_but_not_the_erased_texts(self, log):
        log.append([message("1")], RECEIVED)
        log.erase_buyer(SHOP, CHANNEL, BUYER)
        log.append([message("2")], RECEIVED)
        read = list(log.read(SHOP))
        assert [event.payload.text for event in read] == [None, "在吗 2"]
        assert {(event.buyer, event.conversation) for event in read} == {(BUYER, "c1")}
        assert len({row[2] for row in facts_of(log.read_facts())}) == 1
        assert log.erase_buyer(SHOP, CHANNEL, BUYER)
        assert [event.payload.text for event in log.read(SHOP)] == [None, None]

    def test_a_conversation_of_two_buyers_loses_its_name_with_either(self, log):
        log.append([message("1"), message("2", buyer="老王")], RECEIVED)
        log.erase_buyer(SHOP, CHANNEL, BUYER)
        first, second = log.read(SHOP)
        assert first.conversation == second.conversation != "c1"
        assert (second.buyer, second.payload.text) == ("老王", "在吗 2")

    def test_an_erasure_is_seen_by_others_who_had_read_the_buyer(self, log, open_again):
        log.append(messages(3), RECEIVED)
        with open_again() as other:
            assert next(other.read(SHOP)).payload.text
            log.erase_buyer(SHOP, CHANNEL, BUYER)
            assert next(other.read(SHOP)).payload.text is None
            assert other.append([message("new")], RECEIVED) == Appended(1, 0)
        assert [event.payload.text for event in log.read(SHOP, 3)] == ["在吗 new"]


def agree(log: object, event: Event, row: tuple) -> bool:
    """Whether an event and its facts say the same."""
    fact = dict(zip(FACT_NAMES, row, strict=True))
    named = log.names(event.shop, event.channel, [fact["conversation"]])
    assert named == {fact["conversation"]: event.conversation}
    assert fact["at"] == micros_of(event.at)
    for name in ("shop", "channel", "actor", "origin", "account", "kind", "source_id", "seq"):
        assert fact[name] == getattr(event, name)
    for name in ("purpose", "mark", "about", "brief"):
        assert fact[name] == getattr(event.payload, name)
    return True
