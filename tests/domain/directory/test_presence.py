"""Presence: what somebody chose, unless none of their devices is heard."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miaohui.domain.directory.presence import (
    AWAY_AFTER,
    HEART_BEAT,
    Presence,
    away_from,
    presence_at,
)

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
instants = st.timedeltas(timedelta(0), timedelta(minutes=5)).map(lambda since: NOON + since)


@pytest.mark.parametrize("chosen", [Presence.ONLINE, Presence.BUSY])
def test_silence_turns_who_is_there_away_to_the_second(chosen):
    last = NOON + AWAY_AFTER - timedelta(microseconds=1)
    assert presence_at(last, chosen, [NOON]) is chosen
    assert presence_at(NOON + AWAY_AFTER, chosen, [NOON]) is Presence.AWAY


def test_one_device_that_is_heard_is_enough():
    late = NOON + timedelta(hours=1)
    assert presence_at(late, Presence.ONLINE, [NOON, late]) is Presence.ONLINE


def test_who_was_never_heard_is_not_there():
    assert presence_at(NOON, Presence.ONLINE, []) is Presence.AWAY


def test_what_was_chosen_comes_back_with_the_next_heart_beat():
    late = NOON + timedelta(hours=1)
    assert presence_at(late, Presence.BUSY, [NOON]) is Presence.AWAY
    assert presence_at(late, Presence.BUSY, [NOON, late]) is Presence.BUSY


@given(st.sampled_from([Presence.AWAY, Presence.OFF_SHIFT]), st.lists(instants), instants)
def test_away_and_off_shift_stay_as_chosen(chosen, heart_beats, now):
    assert presence_at(now, chosen, heart_beats) is chosen
    assert away_from(chosen, heart_beats) is None


@given(st.lists(instants, min_size=1), instants)
def test_the_timer_rings_exactly_when_the_presence_turns(heart_beats, now):
    turns = away_from(Presence.ONLINE, heart_beats)
    is_away = presence_at(now, Presence.ONLINE, heart_beats) is Presence.AWAY
    assert is_away == (now >= turns)


def test_two_lost_heart_beats_make_nobody_away():
    assert AWAY_AFTER > 3 * HEART_BEAT
