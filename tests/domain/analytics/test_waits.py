"""How long buyers waited: bins, percentiles by nearest rank, the missed chats."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.analytics.small_packs import shop_of, small_pack
from tests.events import asks, assigned, at, chat, happens, replies

from miaohui.domain.analytics.report import Waits
from miaohui.domain.analytics.waits import percentile, waits_of

SECOND = 1_000_000
waits = st.lists(st.integers(0, 4000 * SECOND), min_size=1, max_size=40)


def waits_in(seconds: list[float], unanswered: int = 0, line: int = 180) -> Waits:
    micros = np.array([round(each * SECOND) for each in seconds], np.int64)
    return waits_of(micros, unanswered, line)


def filled(told: Waits) -> dict[tuple[int, int | None], int]:
    return {
        (each.from_seconds, each.until_seconds): each.rounds for each in told.bins if each.rounds
    }


@given(waits, st.integers(1, 100))
def test_a_percentile_is_the_smallest_wait_that_so_many_percent_do_not_exceed(waited, percent):
    rank = percentile(np.sort(np.array(waited, np.int64)), percent)
    assert rank in waited
    assert sum(each <= rank for each in waited) * 100 >= percent * len(waited)
    assert sum(each < rank for each in waited) * 100 < percent * len(waited)


def test_nothing_has_no_percentile():
    assert percentile(np.zeros(0, np.int64), 50) is None


def test_bins_are_even_up_to_the_line_and_longer_after_it():
    ends = [each.until_seconds for each in waits_in([]).bins]
    assert ends == [*range(15, 181, 15), 300, 600, 3600, None]
    assert [each.until_seconds for each in waits_in([], line=30).bins] == [
        *(15, 30, 300, 600, 3600, None)
    ]


def test_a_bin_holds_its_end_and_not_its_start_but_the_first_holds_zero():
    assert filled(waits_in([0])) == {(0, 15): 1}
    assert filled(waits_in([15])) == {(0, 15): 1}
    assert filled(waits_in([15.000001])) == {(15, 30): 1}
    assert filled(waits_in([180])) == {(165, 180): 1}
    assert filled(waits_in([3600, 3600.000001])) == {(600, 3600): 1, (3600, None): 1}


@given(waits)
def test_every_wait_is_in_one_bin(waited):
    told = waits_of(np.array(waited, np.int64), 0, 180)
    assert sum(each.rounds for each in told.bins) == len(waited)


def test_the_mean_and_the_percentiles_leave_out_what_was_never_answered():
    told = waits_in([30, 10, 20], unanswered=5)
    assert (told.unanswered, told.mean_seconds, told.median_seconds, told.p90_seconds) == (
        *(5, 20.0, 20.0, 30.0),
    )
    nothing = waits_in([], unanswered=1)
    assert (nothing.mean_seconds, nothing.median_seconds, nothing.p90_seconds) == (None, None, None)


def test_the_waits_of_a_shop_are_those_of_counted_rounds_and_pending_ones_are_not_yet_known():
    events = chat(
        *(asks("07:00:00", buyer="early"), replies("07:00:09", buyer="early")),
        *(asks("10:00:00", buyer="wang"), replies("10:00:20", buyer="wang")),
        asks("10:00:00", buyer="never answered"),
        asks("10:58:00", buyer="pending"),
    )
    told = shop_of(events, small_pack(), "11:00:00").waits
    assert filled(told) == {(15, 30): 1}
    assert told.unanswered == 1


def test_missed_chats_are_listed_newest_first_with_who_had_them_and_how_long_they_waited():
    events = chat(
        *(asks("10:00:00"), replies("10:09:00", "bao"), asks("10:20:00", buyer="wang")),
        assigned("10:21:00", "anna", buyer="wang"),
        asks("10:30:00", buyer="xu"),
        *(asks("10:40:00", buyer="served"), replies("10:40:05", buyer="served")),
        happens("buyer.marked", "10:50:00", buyer="staff", mark="staff_or_test_account"),
        asks("10:50:00", buyer="staff"),
    )
    shop = shop_of(events, small_pack(), "11:00:00")
    told = [
        (chat.conversation, chat.account, chat.waited_seconds, chat.answered)
        for chat in shop.missed
    ]
    assert told == [
        ("xu", "unassigned", 1800.0, False),
        ("wang", "anna", 2400.0, False),
        ("li", "bao", 540.0, True),
    ]
    assert shop.missed[0].started_at == at("10:30:00")
    assert (shop.missed[0].channel, shop.missed_total) == ("webchat", 3)


@pytest.mark.parametrize("count", [200, 201])
def test_no_more_than_two_hundred_missed_chats_are_listed_but_all_are_counted(count):
    shop = shop_of(chat(*(asks("10:00:00", buyer=f"b{n}") for n in range(count))), small_pack())
    assert (len(shop.missed), shop.missed_total) == (200, count)
