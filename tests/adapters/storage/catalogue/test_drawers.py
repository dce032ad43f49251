"""Messages and their marks as columns, packed into drawers and read back."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from miaohui.adapters.storage.catalogue.drawers import (
    drawer_of,
    drawers_for,
    holders,
    packed,
    packed_columns,
    unpacked,
    unpacked_columns,
)
from miaohui.adapters.storage.catalogue.entries import Entries, Entry, entries_of, joined, without

_marks = st.sets(st.sampled_from([0, 1, 2, 7, 1 << 31, (1 << 32) - 1]), max_size=4)
_messages = st.lists(
    st.builds(
        Entry,
        at=st.integers(-5, 5) | st.integers(-(1 << 50), 1 << 50),
        position=st.integers(0, 1 << 62),
        thread=st.integers(0, 1 << 40),
        marks=_marks,
    ),
    max_size=70,
    unique_by=lambda entry: entry.position,
)


def told(entries: Entries) -> list[tuple[int, int, int, frozenset[int]]]:
    """Messages in their order."""
    marks: list[set[int]] = [set() for _ in entries.at]
    for pair in entries.pairs.tolist():
        marks[pair & 0xFFFF].add(pair >> 16)
    columns = (entries.at.tolist(), entries.position.tolist(), entries.thread.tolist())
    return [(*row, frozenset(each)) for *row, each in zip(*columns, marks, strict=True)]


def in_order(messages: list[Entry]) -> list[tuple[int, int, int, frozenset[int]]]:
    return sorted((each.at, each.position, each.thread, frozenset(each.marks)) for each in messages)


@given(_messages)
def test_entries_hold_every_message_in_order_of_time(messages):
    entries = entries_of(messages)
    assert told(entries) == in_order(messages)
    assert (np.diff(entries.pairs.astype(np.int64)) > 0).all()


@given(_messages)
def test_what_is_packed_comes_back(messages):
    entries = entries_of(messages)
    drawers = list(packed(entries, drawers_for(len(messages))))
    assert len(drawers) == drawers_for(len(messages))
    assert (unpacked(drawers) == entries.pairs).all()
    columns = unpacked_columns(packed_columns(entries))
    assert all((ours == theirs).all() for ours, theirs in zip(columns, entries[:3], strict=True))


@given(_messages, st.sampled_from([0, 1, 3, 7, 1 << 31, (1 << 32) - 1]))
def test_a_drawer_tells_who_has_a_mark(messages, mark):
    entries = entries_of(messages)
    count = drawers_for(len(messages))
    drawer = list(packed(entries, count))[drawer_of(mark, count)]
    having = [place for place, row in enumerate(told(entries)) if mark in row[3]]
    assert holders(drawer, mark).tolist() == having


@given(st.lists(_messages, min_size=1, max_size=4))
def test_joined_is_as_if_it_had_been_one(parts):
    own = [
        [
            Entry(each.at, part << 8 | place, each.thread, each.marks)
            for place, each in enumerate(messages)
        ]
        for part, messages in enumerate(parts)
    ]
    together = joined([entries_of(messages) for messages in own])
    assert told(together) == in_order([each for messages in own for each in messages])


@given(_messages, st.data())
def test_without_some_is_as_if_they_had_never_been(messages, data):
    gone = data.draw(st.lists(st.sampled_from([each.position for each in messages] or [1])))
    rest = without(entries_of(messages), np.array(gone, dtype=np.int64))
    assert told(rest) == in_order([each for each in messages if each.position not in gone])


def test_drawers_are_a_power_of_two_and_none_is_overfull():
    assert [drawers_for(count) for count in (0, 1, 63, 64, 127, 128)] == [1, 1, 1, 2, 2, 4]
    assert drawers_for(65_535) == 1_024
    for count in (1, 2, 1_024):
        assert drawer_of(0, count) == 0
        assert drawer_of((1 << 32) - 1, count) == count - 1
