"""Hand-computed examples that prove the reference itself, edge by edge of the specification."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .nasty_logs import as_of_in, nasty_logs
from .nasty_logs import rows as nasty_rows
from .pinduoduo import METRICS, report

Row = dict[str, str | None]
COLUMNS = (
    *("shop", "channel", "conversation", "buyer", "at", "actor", "origin", "account", "kind"),
    *("text", "order", "source_id"),
)
NEXT_WEEK = "2026-11-09T00:00:00+08:00"


def row(kind: str, at: str, actor: str, **more: str | None) -> Row:
    """A row of 1 November 2026 when `at` is only a time of day."""
    full: Row = dict.fromkeys(COLUMNS)
    full |= {"shop": "Tea", "channel": "pinduoduo", "buyer": "li", "actor": actor, "kind": kind}
    full["at"] = at if "T" in at else "2026-11-01T" + at
    full |= more
    return full


def asks(at: str, **more: str | None) -> Row:
    return row("text", at, "buyer", **more)


def replies(at: str, **more: str | None) -> Row:
    more.setdefault("account", "anna")
    return row("text", at, "agent", **more)


def bot(at: str, **more: str | None) -> Row:
    return row("text", at, "bot", **more)


def event(kind: str, at: str, **more: str | None) -> Row:
    return row(kind, at, "system", **more)


def total(rows: list[Row], metric: str, as_of: str | None = NEXT_WEEK) -> dict[str, Any]:
    [shop] = report(rows, as_of)["shops"]
    figure: dict[str, Any] = shop["total"][metric]
    return figure


def of_account(
    rows: list[Row], metric: str, as_of: str | None = NEXT_WEEK
) -> dict[str, dict[str, Any]]:
    [shop] = report(rows, as_of)["shops"]
    return {one["account"]: one["metrics"][metric] for one in shop["accounts"]}


def parts(figure: dict[str, Any]) -> tuple[Any, Any, Any]:
    return (figure["numerator"], figure["denominator"], figure["pending"])


def waits(rows: list[Row], metric: str = "avg_response") -> float:
    value: float = total(rows, metric)["value"]
    return value


# ---------------------------------------------------------------------------------------------
# Section 4: rounds, messages, sessions, persons
# ---------------------------------------------------------------------------------------------


def test_a_further_buyer_message_never_moves_the_start_of_its_round() -> None:
    rows = [asks("10:00:00"), asks("10:00:50"), replies("10:01:00"), replies("10:01:30")]
    assert parts(total(rows, "avg_response")) == (60.0, 1, 0)
    assert total(rows, "avg_response_message")["value"] == 35.0  # (60 + 10) / 2
    assert parts(total(rows, "reply_30s")) == (1, 2, 0)


def test_a_reply_that_comes_first_at_the_same_instant_answers_nothing() -> None:
    assert parts(total([replies("10:00:00"), asks("10:00:00")], "reply_3min_round")) == (0, 1, 0)
    assert parts(total([asks("10:00:00"), replies("10:00:00")], "reply_3min_round")) == (1, 1, 0)


def test_rows_are_put_in_order_of_their_instants_and_then_of_the_file() -> None:
    rows = [
        asks("10:00:00"),
        replies("10:00:20"),
        asks("10:00:10"),  # comes late: it belongs to the answered round
        event("note", "10:00:30"),
        event("note", "10:00:40"),
    ]
    assert total(rows, "avg_response_message")["value"] == 15.0  # (20 + 10) / 2


def test_a_card_of_the_buyer_starts_no_round_but_holds_a_session_together() -> None:
    card = row("card.product", "10:29:59.999999", "buyer")
    rows = [asks("10:00:00"), card, asks("10:30:00"), replies("10:30:10")]
    assert parts(total(rows, "avg_response_message")) == (1820.0, 2, 0)
    assert parts(total(rows, "first_response")) == (1810.0, 1, 0)


def test_a_gap_of_exactly_thirty_minutes_begins_a_new_session() -> None:
    first = [asks("10:00:00"), replies("10:00:10")]
    apart = [*first, asks("10:30:10"), replies("10:30:30")]
    assert parts(total(apart, "first_response")) == (30.0, 2, 0)
    together = [*first, asks("10:30:09.999999"), replies("10:30:30")]
    assert parts(total(together, "first_response")) == (10.0, 1, 0)


def test_a_session_in_which_no_round_starts_is_no_sample() -> None:
    # The second session holds only a further message of the round that started in the first.
    rows = [asks("10:00:00"), asks("11:00:00"), replies("11:00:10")]
    assert parts(total(rows, "first_response")) == (3610.0, 1, 0)


@pytest.mark.parametrize(
    ("actor", "kind", "holds"),
    [
        ("agent", "op.link", True),
        ("bot", "coupon", True),
        ("system", "text", True),
        ("buyer", "human_requested", False),
        ("agent", "note", False),
        ("system", "delivery.confirmed", False),
    ],
)
def test_a_session_is_held_together_by_what_anybody_sends_and_by_nothing_else(
    actor: str, kind: str, holds: bool
) -> None:
    between = row(kind, "10:20:00", actor, origin="system")
    rows = [asks("10:00:00"), replies("10:00:10"), between, asks("10:40:00"), replies("10:40:30")]
    assert parts(total(rows, "first_response")) == ((10.0, 1, 0) if holds else (40.0, 2, 0))


def test_a_session_follows_its_first_round_even_out_of_the_window() -> None:
    rows = [asks("07:59:59"), replies("08:00:05"), asks("08:00:10"), replies("08:00:20")]
    figure = total(rows, "first_response")
    assert parts(figure) == (0.0, 0, 0)
    assert figure["value"] is None
    assert figure["excluded"] == {"outside_window": 1}


def test_a_person_is_one_conversation_on_one_day_and_not_merged_over_channels() -> None:
    rows = [
        asks("10:00:00"),
        asks("10:00:00", channel="app"),
        asks("2026-11-02T10:00:00"),
        asks("10:00:00", buyer="wang"),
        asks("11:00:00", buyer=None, conversation="wang"),
    ]
    assert parts(total(rows, "reply_60min")) == (0, 4, 0)
    # The message of 2 November lies in the round that started the day before, so on that day the
    # conversation has a counted message but no counted round.
    assert parts(total(rows, "unanswered_persons")) == (3, 3, 0)


def test_an_answer_after_midnight_belongs_to_the_day_of_the_question() -> None:
    rows = [asks("22:59:50"), replies("2026-11-02T00:00:10"), asks("2026-11-02T09:00:00")]
    [shop] = report(rows, NEXT_WEEK)["shops"]
    assert [day["date"] for day in shop["days"]] == ["2026-11-01", "2026-11-02"]
    unanswered = [day["metrics"]["unanswered_persons"]["value"] for day in shop["days"]]
    assert unanswered == [0, 1]


# ---------------------------------------------------------------------------------------------
# Section 5: the window
# ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "counts"),
    [
        ("07:59:59.999999", False),
        ("08:00:00", True),
        ("22:59:59.999999", True),
        ("23:00:00", False),
        ("2026-11-01T00:00:00Z", True),  # 08:00 in Shanghai
        ("2026-10-31T23:59:59.999Z", False),
    ],
)
def test_the_opening_instant_counts_and_the_closing_instant_does_not(at: str, counts: bool) -> None:
    figure = total([asks(at)], "reply_3min_round")
    assert figure["denominator"] == (1 if counts else 0)
    assert figure["excluded"] == ({} if counts else {"outside_window": 1})


def test_a_counted_question_may_be_answered_after_closing() -> None:
    rows = [asks("22:59:50"), replies("23:00:10")]
    assert parts(total(rows, "avg_response")) == (20.0, 1, 0)
    assert parts(total(rows, "reply_30s")) == (1, 1, 0)


def test_of_a_round_that_starts_before_opening_only_the_messages_inside_count() -> None:
    rows = [asks("07:59:00"), asks("08:00:30"), replies("08:01:00")]
    assert parts(total(rows, "reply_3min_round")) == (0, 0, 0)
    assert parts(total(rows, "reply_30s")) == (1, 1, 0)
    assert parts(total(rows, "reply_3min")) == (1, 1, 0)
    first = total(rows, "reply_60min_first")
    assert (parts(first), first["excluded"]) == ((0, 0, 0), {"outside_window": 1})
    assert parts(total(rows, "reply_48h")) == (1, 1, 0)


# ---------------------------------------------------------------------------------------------
# Section 3: what is a reply
# ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("actor", "origin", "kind", "counts"),
    [
        ("agent", "human", "text", True),
        ("agent", None, "emoji", True),
        ("agent", "", "file", True),
        ("agent", "assisted", "text", True),
        ("agent", "human", "card.order_reminder", True),
        ("agent", "human", "coupon", True),
        ("agent", "human", "op.recommend", True),
        ("agent", "human", "note", False),
        ("agent", "human", "closed", False),
        ("agent", "auto", "text", False),
        ("agent", "batch", "card.order_reminder", False),
        ("agent", "bot", "text", False),
        ("agent", "system", "op.link", False),
        ("bot", "human", "text", False),
        ("system", "human", "text", False),
    ],
)
def test_only_what_a_person_sent_is_a_reply(
    actor: str, origin: str | None, kind: str, counts: bool
) -> None:
    rows = [asks("10:00:00"), row(kind, "10:00:10", actor, origin=origin)]
    assert parts(total(rows, "reply_3min_round")) == (1 if counts else 0, 1, 0)


def test_a_confirmed_reply_counts_at_its_confirmation() -> None:
    rows = [
        asks("10:00:00"),
        replies("10:00:10", source_id="r"),
        asks("10:00:20"),
        event("delivery.confirmed", "10:00:40", about="r"),
        event("delivery.confirmed", "10:00:50", about="r"),
    ]
    assert parts(total(rows, "avg_response_message")) == (60.0, 2, 0)  # 40 + 20
    assert parts(total(rows, "avg_response_message", "2026-11-01T10:00:39")) == (10.0, 1, 0)


def test_a_failed_reply_is_none_until_it_is_confirmed_after_the_failure() -> None:
    rows = [
        asks("10:00:00"),
        replies("10:00:05", source_id="r"),
        event("delivery.confirmed", "10:00:10", about="r"),
        event("delivery.failed", "10:00:20", about="r"),
    ]
    assert parts(total(rows, "reply_3min_round")) == (0, 1, 0)
    mended = [*rows, event("delivery.confirmed", "10:00:30", about="r")]
    assert waits(mended) == 30.0
    elsewhere = [*rows, event("delivery.confirmed", "10:00:30", about="r", channel="app")]
    assert parts(total(elsewhere, "reply_3min_round")) == (0, 1, 0)


def test_the_confirmation_after_the_last_failure_counts_also_at_the_same_instant() -> None:
    rows = [
        asks("10:00:00"),
        replies("10:00:05", source_id="r"),
        event("delivery.failed", "10:00:10", about="r"),
        event("delivery.confirmed", "10:00:20", about="r"),
        event("delivery.failed", "10:00:30", about="r"),
    ]
    assert parts(total(rows, "reply_3min_round")) == (0, 1, 0)
    rows += [event("delivery.confirmed", "10:00:30", about="r")]
    assert waits(rows) == 30.0
    # The confirmation is what stands in line: it comes after the buyer's message of its instant.
    rows += [event("delivery.failed", "10:00:40", about="r"), asks("10:00:50")]
    rows += [event("delivery.confirmed", "10:00:50", about="r")]
    assert parts(total(rows, "avg_response_message")) == (50.0, 2, 0)


def test_a_delivery_names_its_event_wherever_it_is_told_in_the_same_channel() -> None:
    rows = [
        asks("10:00:00"),
        replies("10:00:05", source_id="r"),
        event("message.recalled", "10:00:10", about="r", buyer="wang"),
    ]
    assert parts(total(rows, "reply_3min_round")) == (0, 1, 0)


def test_a_recalled_reply_is_none_but_stays_in_its_session() -> None:
    rows = [
        asks("10:00:00"),
        replies("10:20:00", source_id="r"),
        event("message.recalled", "10:20:05", about="r"),
        event("delivery.confirmed", "10:20:06", about="r"),
        asks("10:49:59"),
        replies("10:50:00"),
    ]
    assert parts(total(rows, "first_response")) == (3000.0, 1, 0)


# ---------------------------------------------------------------------------------------------
# Section 6: exclusions
# ---------------------------------------------------------------------------------------------


def test_the_first_reason_that_holds_is_the_one_counted() -> None:
    rows = [
        asks("07:00:00"),
        asks("10:00:00"),
        event("buyer.marked", "10:01:00", mark="malicious_user"),
        event("spam.reported", "10:02:00"),
        event("spam.confirmed", "10:03:00"),
    ]
    assert total(rows, "reply_30s")["excluded"] == {"outside_window": 1, "malicious_user": 1}
    staff = [*rows, event("buyer.marked", "10:05:00", mark="staff_or_test_account")]
    assert total(staff, "reply_30s")["excluded"] == {
        "outside_window": 1,
        "staff_or_test_account": 1,
    }
    assert total(staff, "reply_60min")["excluded"] == {"staff_or_test_account": 1}
    assert total(staff, "reply_48h")["excluded"] == {"staff_or_test_account": 1}


def test_a_mark_holds_for_the_whole_conversation_until_it_is_taken_back() -> None:
    rows = [asks("10:00:00"), event("buyer.marked", "2026-11-03T10:00:00", mark="malicious_user")]
    assert total(rows, "reply_3min_round")["excluded"] == {"malicious_user": 1}
    assert total(rows, "reply_3min_round", "2026-11-02T10:00:00")["excluded"] == {}
    other = event("buyer.unmarked", "2026-11-03T10:01:00", mark="staff_or_test_account")
    assert total([*rows, other], "reply_3min_round")["excluded"] == {"malicious_user": 1}
    same = event("buyer.unmarked", "2026-11-03T10:01:00", mark="malicious_user")
    assert total([*rows, same], "reply_3min_round")["excluded"] == {}


def test_confirmed_spam_excludes_the_day_of_its_report_and_no_other() -> None:
    rows = [
        asks("10:00:00"),
        event("spam.confirmed", "10:30:00"),  # no report before it: means nothing
        event("spam.reported", "23:59:59.999999"),
        asks("2026-11-02T10:00:00"),
    ]
    assert parts(total(rows, "reply_3min")) == (0, 2, 0)
    confirmed = [*rows, event("spam.confirmed", "2026-11-02T12:00:00")]
    figure = total(confirmed, "reply_3min")
    assert (parts(figure), figure["excluded"]) == ((0, 1, 0), {"spam_confirmed": 1})
    rejected = [*confirmed, event("spam.rejected", "2026-11-02T12:00:00")]
    assert total(rejected, "reply_3min")["excluded"] == {}


def test_each_report_of_spam_has_its_own_verdict() -> None:
    rows = [
        asks("10:00:00"),
        event("spam.reported", "10:10:00"),
        event("spam.confirmed", "10:20:00"),
        asks("2026-11-02T10:00:00"),
        event("spam.reported", "2026-11-02T10:10:00"),
        event("spam.rejected", "2026-11-02T10:20:00"),
    ]
    figure = total(rows, "reply_3min")
    assert (parts(figure), figure["excluded"]) == ((0, 1, 0), {"spam_confirmed": 1})


def test_a_person_served_by_the_bot_alone_did_not_need_a_human() -> None:
    rows = [
        asks("10:00:00"),
        asks("10:00:29.999999"),
        bot("10:00:31"),
        asks("09:00:00", buyer="wang"),
        replies("09:00:10", buyer="wang"),
    ]
    figure = total(rows, "reply_3min")
    assert (parts(figure), figure["excluded"]) == ((1, 1, 0), {"bot_only": 1})
    assert figure["value_bot_only_as_misses"] == 0.5
    everybody = total(rows, "reply_60min")
    assert (parts(everybody), everybody["excluded"]) == ((1, 2, 0), {})


@pytest.mark.parametrize(
    ("rows", "bot_only"),
    [
        # Exactly 30 s apart are two bursts: the first has no answer of its own.
        ([asks("10:00:00"), asks("10:00:30"), bot("10:00:31")], False),
        ([asks("10:00:00"), asks("10:00:29"), bot("10:00:31")], True),
        ([asks("10:00:00"), bot("10:00:10"), asks("10:00:29")], False),
        ([asks("10:00:00"), bot("10:00:10"), asks("10:00:30"), bot("10:00:40")], True),
        ([asks("10:00:00"), bot("10:00:10", purpose="greeting")], False),
        ([asks("10:00:00"), bot("10:00:10", purpose="menu")], False),
        ([asks("10:00:00"), bot("10:00:10", purpose="away")], False),
        ([asks("10:00:00"), bot("10:00:10", purpose="answer")], True),
        ([asks("10:00:00"), row("coupon", "10:00:10", "bot")], True),
        ([asks("10:00:00"), row("op.link", "10:00:10", "bot")], False),
        ([asks("10:00:00"), replies("10:00:10", origin="auto")], False),
        ([asks("10:00:00"), bot("2026-11-02T00:00:00")], False),
        ([asks("10:00:00"), bot("23:59:59.999999")], True),
        ([asks("10:00:00"), bot("10:00:00")], True),
        ([bot("10:00:00"), asks("10:00:00")], False),
        ([asks("10:00:00"), bot("10:00:30"), asks("10:00:30"), bot("10:01:00")], True),
        ([asks("10:00:00"), asks("10:00:30"), bot("10:00:30")], False),
        # A wish for a human counts at any hour of that day, a question out of the window too.
        ([asks("10:00:00"), bot("10:00:10"), event("human_requested", "23:30:00")], False),
        ([asks("10:00:00"), bot("10:00:10"), asks("23:30:00")], False),
        ([asks("10:00:00"), bot("10:00:10"), replies("23:30:00")], False),
        ([asks("10:00:00"), bot("10:00:10"), replies("2026-11-02T09:00:00")], True),
        ([asks("10:00:00"), bot("10:00:10"), event("human_requested", "2026-11-02T09:00")], True),
        (
            [
                asks("10:00:00"),
                bot("10:00:10", source_id="b"),
                event("delivery.confirmed", "2026-11-02T00:00:00", about="b"),
            ],
            False,
        ),
        (
            [
                asks("10:00:00"),
                bot("10:00:10", source_id="b"),
                event("delivery.failed", "10:00:11", about="b"),
            ],
            False,
        ),
    ],
)
def test_bot_only_asks_for_an_answer_to_every_burst(rows: list[Row], bot_only: bool) -> None:
    assert total(rows, "reply_3min")["excluded"] == ({"bot_only": 1} if bot_only else {})


def test_what_is_pending_is_no_part_of_the_value_with_the_bots_persons_as_misses() -> None:
    rows = [
        asks("10:00:00"),
        bot("10:00:10"),
        asks("10:00:00", buyer="wang"),
        replies("10:00:10", buyer="wang"),
        asks("10:02:00", buyer="zhao"),
    ]
    figure = total(rows, "reply_3min", None)
    assert (parts(figure), figure["excluded"]) == ((1, 1, 1), {"bot_only": 1})
    assert (figure["value"], figure["value_bot_only_as_misses"]) == (1.0, 0.5)
    nobody = total(rows[:2], "reply_3min")
    assert (nobody["value"], nobody["value_bot_only_as_misses"]) == (None, 0.0)


def test_an_excluded_person_has_the_latest_reason_of_any_of_its_samples() -> None:
    rows = [asks("07:00:00"), bot("07:00:10"), asks("10:00:00"), bot("10:00:10")]
    assert total(rows, "reply_3min")["excluded"] == {"bot_only": 1}
    assert total(rows[:2], "reply_3min")["excluded"] == {"outside_window": 1}


# ---------------------------------------------------------------------------------------------
# Section 7: figures
# ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("metric", "on_time", "too_late"),
    [
        ("reply_30s", "10:00:30", "10:00:30.000001"),
        ("reply_3min", "10:03:00", "10:03:00.000001"),
        ("reply_3min_round", "10:03:00", "10:03:00.000001"),
        ("reply_5min", "10:05:00", "10:05:00.000001"),
        ("reply_60min", "11:00:00", "11:00:00.000001"),
        ("reply_60min_first", "11:00:00", "11:00:00.000001"),
        ("reply_48h", "2026-11-03T10:00:00", "2026-11-03T10:00:00.000001"),
    ],
)
def test_a_wait_of_exactly_the_threshold_is_a_hit_and_still_pending(
    metric: str, on_time: str, too_late: str
) -> None:
    question = asks("10:00:00")
    assert parts(total([question, replies(on_time)], metric)) == (1, 1, 0)
    assert parts(total([question, replies(too_late)], metric)) == (0, 1, 0)
    on_time = on_time if "T" in on_time else "2026-11-01T" + on_time
    too_late = too_late if "T" in too_late else "2026-11-01T" + too_late
    assert parts(total([question], metric, on_time)) == (0, 0, 1)
    assert parts(total([question], metric, too_late)) == (0, 1, 0)


def test_worst_and_best_bracket_the_value_by_what_is_still_pending() -> None:
    rows = [
        asks("10:00:00", buyer="a"),
        replies("10:00:10", buyer="a"),
        asks("10:00:00", buyer="b"),
        asks("10:10:00", buyer="c"),
        asks("10:11:00", buyer="d"),
    ]
    assert total(rows, "reply_3min_round", None) == {
        "value": 0.5,
        "numerator": 1,
        "denominator": 2,
        "pending": 2,
        "worst": 0.25,
        "best": 0.75,
        "excluded": {},
    }


def test_every_message_of_the_day_must_be_answered_or_only_the_first_round() -> None:
    rows = [asks("10:00:00"), replies("10:00:10"), asks("14:00:00"), replies("15:00:01")]
    assert parts(total(rows, "reply_60min")) == (0, 1, 0)
    assert parts(total(rows, "reply_60min_first")) == (1, 1, 0)
    at_first_late = [asks("10:00:00"), replies("11:00:01"), asks("14:00:00"), replies("14:00:01")]
    assert parts(total(at_first_late, "reply_60min_first")) == (0, 1, 0)
    hit_then_pending = rows[:3]
    assert parts(total(hit_then_pending, "reply_60min", "2026-11-01T14:30:00")) == (0, 0, 1)


def test_a_person_who_was_missed_once_is_not_pending() -> None:
    rows = [asks("10:00:00"), asks("12:00:00")]
    assert parts(total(rows, "reply_60min", "2026-11-01T12:30:00")) == (0, 1, 0)


def test_only_counted_samples_judge_a_person() -> None:
    rows = [asks("07:00:00"), replies("09:00:00"), asks("10:00:00"), replies("10:00:10")]
    assert parts(total(rows, "reply_60min")) == (1, 1, 0)
    assert parts(total(rows, "reply_60min_first")) == (1, 1, 0)
    assert parts(total([*rows[:2], rows[2]], "unanswered_persons")) == (1, 1, 0)
    one_of_two_answered = [*rows[2:], asks("12:00:00")]
    assert parts(total(one_of_two_answered, "unanswered_persons")) == (0, 1, 0)


def test_a_message_after_the_first_can_be_answered_in_time_though_the_round_was_not() -> None:
    rows = [asks("10:00:00"), asks("10:04:00"), replies("10:05:00")]
    assert parts(total(rows, "reply_3min_round")) == (0, 1, 0)
    assert parts(total(rows, "reply_3min")) == (0, 1, 0)
    assert parts(total(rows, "reply_5min")) == (1, 1, 0)


def test_what_is_later_than_as_of_does_not_exist() -> None:
    rows = [asks("10:00:00"), replies("10:02:00"), asks("10:30:00", shop="Shoes")]
    early = report(rows, "2026-11-01T10:01:59.999999")
    assert early["as_of"] == "2026-11-01T02:01:59.999999+00:00"
    assert [shop["shop"] for shop in early["shops"]] == ["Tea"]
    assert parts(early["shops"][0]["total"]["reply_3min_round"]) == (0, 0, 1)
    default = report(rows)
    assert default["as_of"] == "2026-11-01T02:30:00+00:00"  # the newest of the whole input
    assert [shop["shop"] for shop in default["shops"]] == ["Shoes", "Tea"]


def test_unanswered_persons_are_counted_beside_all_persons() -> None:
    rows = [
        asks("10:00:00"),
        asks("10:00:00", buyer="wang"),
        replies("2026-11-04T10:00:00", buyer="wang"),
        asks("23:10:00", buyer="zhao"),
    ]
    assert total(rows, "unanswered_persons") == {
        "value": 1,
        "numerator": 1,
        "denominator": 2,
        "pending": 0,
        "worst": 1,
        "best": 1,
        "excluded": {"outside_window": 1},
    }
    nobody = total([asks("23:10:00")], "unanswered_persons")
    assert (nobody["value"], nobody["numerator"], nobody["worst"]) == (None, 0, None)


def test_a_complaint_is_answered_by_the_next_reply_or_by_being_closed() -> None:
    rows = [
        event("complaint.opened", "23:30:00"),
        event("complaint.opened", "23:31:00"),
        event("complaint.closed", "2026-11-03T23:30:00", account="bao"),
        event("complaint.opened", "2026-11-04T01:00:00"),
        replies("2026-11-04T02:00:00"),
        event("complaint.opened", "2026-11-05T02:00:00"),
    ]
    assert parts(total(rows, "reply_48h", "2026-11-06T00:00:00")) == (3, 3, 1)
    accounts = of_account(rows, "reply_48h", "2026-11-06T00:00:00")
    assert {name: parts(figure) for name, figure in accounts.items()} == {
        "anna": (1, 1, 0),
        "bao": (2, 2, 0),
        "unassigned": (0, 0, 1),
    }


def test_what_happened_at_the_instant_of_a_complaint_answers_it_only_if_it_came_after() -> None:
    opened = event("complaint.opened", "10:00:00")
    closed = event("complaint.closed", "10:00:00")
    assert parts(total([opened, closed], "reply_48h")) == (1, 1, 0)
    assert parts(total([closed, opened], "reply_48h")) == (0, 1, 0)


# ---------------------------------------------------------------------------------------------
# Section 7: attribution to an account
# ---------------------------------------------------------------------------------------------


def test_a_missed_round_belongs_to_whom_it_was_assigned_when_the_threshold_passed() -> None:
    rows = [
        event("assigned", "09:00:00", account="anna"),
        asks("10:00:00"),
        event("transferred", "10:03:00", account="bao"),  # at exactly the threshold
        event("unassigned", "10:05:00.000001"),
        event("assigned", "11:00:00", account="chen"),
    ]
    assert list(of_account(rows, "reply_30s")) == ["anna", "bao", "chen"]
    assert parts(of_account(rows, "reply_30s")["anna"]) == (0, 1, 0)
    assert parts(of_account(rows, "reply_3min_round")["bao"]) == (0, 1, 0)
    assert parts(of_account(rows, "reply_5min")["bao"]) == (0, 1, 0)
    assert parts(of_account(rows, "reply_60min")["chen"]) == (0, 1, 0)
    assert parts(of_account(rows, "unanswered_persons")["chen"]) == (1, 1, 0)
    early = of_account(rows, "reply_60min", "2026-11-01T10:30:00")
    assert parts(early["unassigned"]) == (0, 0, 1)


def test_the_messages_of_a_missed_round_follow_its_start() -> None:
    rows = [
        event("assigned", "09:00:00", account="anna"),
        asks("10:00:00"),
        asks("10:05:00"),
        event("transferred", "10:02:00", account="bao"),
    ]
    assert {
        name: parts(one) for name, one in of_account(rows, "reply_30s").items() if any(parts(one))
    } == {"anna": (0, 2, 0)}


def test_a_late_answer_still_belongs_to_the_account_that_gave_it() -> None:
    rows = [
        event("assigned", "09:00:00", account="anna"),
        asks("10:00:00"),
        asks("10:30:00"),
        replies("11:00:00", account="bao"),
        asks("12:00:00"),
        replies("12:00:10", account=None),
    ]
    assert {name: parts(one) for name, one in of_account(rows, "reply_30s").items()} == {
        "bao": (0, 2, 0),
        "unassigned": (1, 1, 0),
    }


def test_a_person_counts_for_each_account_judged_on_its_own_samples() -> None:
    rows = [
        asks("10:00:00"),
        replies("10:00:10", account="anna"),
        asks("11:00:00"),
        replies("11:10:00", account="bao"),
    ]
    assert parts(total(rows, "reply_3min")) == (0, 1, 0)
    accounts = of_account(rows, "reply_3min")
    assert {name: parts(figure) for name, figure in accounts.items()} == {
        "anna": (1, 1, 0),
        "bao": (0, 1, 0),
    }


# ---------------------------------------------------------------------------------------------
# Section 10: the interchange table
# ---------------------------------------------------------------------------------------------


def test_a_mostly_descending_file_is_read_bottom_up() -> None:
    # At the same instant the lower row comes first, so the reply answers the question.
    upside_down = [replies("10:00:10"), replies("10:00:00"), asks("10:00:00")]
    assert waits(upside_down) == 0.0
    # One up and one down: as many, so the file is read from the top.
    undecided = [asks("10:00:00"), replies("10:00:10"), asks("10:00:00")]
    assert total(undecided, "avg_response_message")["value"] == 10.0
    tied = [replies("10:00:00"), asks("10:00:00")]
    assert parts(total(tied, "reply_3min_round")) == (0, 1, 0)


def test_a_repeat_changes_nothing_and_the_first_one_wins() -> None:
    rows = [
        asks("10:00:00", source_id="q"),
        replies("10:00:50", source_id="r"),
        replies("10:00:10", source_id="r"),
        replies("10:00:40", source_id="r", buyer="wang"),
        event("note", "10:01:00"),
        event("note", "10:02:00"),
        event("note", "10:03:00", source_id="q"),
    ]
    assert waits(rows) == 50.0
    # The newest row is a repeat, and so does not move `as_of`.
    assert report(rows)["as_of"] == "2026-11-01T02:02:00+00:00"
    in_another_channel = [
        asks("10:00:00", source_id="q", buyer="wang"),
        asks("10:00:00", source_id="q", channel="app"),
        asks("10:00:00", source_id=None),
        asks("10:00:00", source_id=None),
    ]
    assert parts(total(in_another_channel, "reply_30s")) == (0, 4, 0)
    in_another_shop = [asks("10:00:00", source_id="q"), asks("10:00:00", source_id="q", shop="A")]
    assert [shop["shop"] for shop in report(in_another_shop)["shops"]] == ["A", "Tea"]
    in_another_conversation = [
        asks("10:00:00", source_id="q"),
        asks("10:00:00", source_id="q", buyer="wang"),
    ]
    assert parts(total(in_another_conversation, "reply_30s")) == (0, 1, 0)


def test_a_repeat_stays_one_when_the_first_is_later_than_as_of() -> None:
    rows = [asks("10:30:00", source_id="q"), asks("10:00:00", source_id="q"), asks("10:20:00")]
    assert report(rows, "2026-11-01T10:10:00")["shops"] == []


def test_a_blank_channel_is_the_file_and_a_blank_conversation_the_buyer() -> None:
    rows = [
        asks("10:00:00", channel=None),
        replies("10:00:10", channel="file", buyer=None, conversation="li"),
        asks("11:00:00", channel=" ", conversation="", buyer="li"),
        replies("11:00:10", channel="file", conversation="li"),
    ]
    assert parts(total(rows, "reply_30s")) == (2, 2, 0)
    assert parts(total(rows, "unanswered_persons")) == (0, 1, 0)
    two_talks = [asks("10:00:00", conversation="one"), asks("10:00:00", conversation="two")]
    assert parts(total(two_talks, "unanswered_persons")) == (2, 2, 0)


def test_an_instant_without_an_offset_is_local_to_shanghai() -> None:
    rows = [asks("2026-11-01T10:00:00"), replies("2026-11-01T03:00:07+01:00")]
    assert waits(rows) == 7.0


def test_an_empty_log_has_no_shops() -> None:
    assert report([]) == {"as_of": None, "shops": []}


# ---------------------------------------------------------------------------------------------
# The nasty logs
# ---------------------------------------------------------------------------------------------


def figures_of(rows: list[Row], as_of: str | None) -> list[tuple[str, dict[str, Any]]]:
    found: list[tuple[str, dict[str, Any]]] = []
    for shop in report(rows, as_of)["shops"]:
        lines = [shop["total"]] + [one["metrics"] for one in shop["days"] + shop["accounts"]]
        for line in lines:
            assert list(line) == [metric.name for metric in METRICS]
            found += list(line.items())
    return found


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_every_figure_of_a_nasty_log_lies_between_its_worst_and_its_best(
    data: st.DataObject,
) -> None:
    rows = data.draw(nasty_logs())
    for _, figure in figures_of(rows, data.draw(as_of_in(rows))):
        assert (figure["value"] is None) == (figure["denominator"] == 0)
        assert all(count > 0 for count in figure["excluded"].values())
        if figure["value"] is not None:
            assert figure["worst"] <= figure["value"] <= figure["best"]


def test_the_nasty_logs_of_a_seed_are_always_the_same() -> None:
    assert nasty_rows(random.Random(7), 40) == nasty_rows(random.Random(7), 40)
    assert len(nasty_rows(random.Random(8), 40)) == 40
