"""From rows to a log: interrupted anywhere, gone on with, done twice."""

import random
from collections.abc import Iterator, Sequence

import pytest
from msgspec.structs import replace
from tests.events import asks, chat, events_of, firsts
from tests.pipelines.logs import FILE, kept, log_in, poured
from tests.reference.nasty_logs import rows as nasty_rows

from miaohui.adapters.storage.ports import Appended, Bookmark
from miaohui.domain.vocabulary.events import Event


def breaking_off(events: Sequence[Event], after: int) -> Iterator[Event]:
    yield from events[:after]
    raise KeyboardInterrupt


def nasty(seed: int, size: int = 60) -> list[Event]:
    return [replace(event, seq=0) for event in events_of(nasty_rows(random.Random(seed), size))]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("batch", [1, 7, 25, 4000])
def test_interrupted_after_any_batch_and_gone_on_with_it_gives_the_same_log(tmp_path, seed, batch):
    events = nasty(seed)
    (tmp_path / "whole").mkdir()
    with log_in(tmp_path / "whole") as whole:
        poured(whole, events)
        expected = kept(whole)
    with log_in(tmp_path) as log:
        position = 0
        for after in sorted(random.Random(seed).sample(range(len(events)), 3)):
            with pytest.raises(KeyboardInterrupt):
                poured(
                    log, breaking_off(events[position:], max(after - position, 0)), position, batch
                )
            bookmark = log.bookmark(FILE) or Bookmark(FILE, 0)
            assert not bookmark.done
            assert position <= bookmark.position <= max(after, position)
            position = bookmark.position
        poured(log, events[position:], position, batch)
        assert kept(log) == expected
        assert log.bookmark(FILE) == Bookmark(FILE, len(events), done=True)
        assert log.check() == []


def test_an_interruption_loses_no_more_than_the_batch_it_came_in(tmp_path):
    events = nasty(1)
    with log_in(tmp_path) as log:
        with pytest.raises(KeyboardInterrupt):
            poured(log, breaking_off(events, 40), 0, 7)
        assert log.bookmark(FILE) == Bookmark(FILE, 35, done=False)
        assert log.count() == len(firsts(events[:35]))


@pytest.mark.parametrize("seed", range(6))
def test_pouring_a_file_twice_changes_nothing(tmp_path, seed):
    events = nasty(seed)
    with log_in(tmp_path) as log:
        first = poured(log, events)
        before = kept(log)
        assert poured(log, events) == Appended(0, len(events))
        assert kept(log) == before
        assert first == Appended(len(before), len(events) - len(before))


def test_an_empty_file_is_done_at_once(tmp_path):
    with log_in(tmp_path) as log:
        assert poured(log, []) == Appended(0, 0)
        assert log.bookmark(FILE) == Bookmark(FILE, 0, done=True)


def test_the_log_gives_every_shop_an_order_of_its_own(tmp_path):
    events = chat(asks("10:00:00"), asks("10:01:00", shop="silk"), asks("10:02:00"))
    with log_in(tmp_path) as log:
        poured(log, events, batch=2)
        assert [(event.shop, event.seq) for event in kept(log)] == [
            *[("silk", 1), ("tea", 1), ("tea", 2)]
        ]
