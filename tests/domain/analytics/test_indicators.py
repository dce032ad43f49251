"""KPIs of efficiency, added up by hand (docs/metrics.md section 11)."""

from typing import Any

import pytest
from tests.domain.analytics.small_packs import indicator, parts_of, seconds, shop_of, small_pack
from tests.events import asks, bot, chat, happens, replies

from miaohui.domain.analytics.assembly import report_of
from miaohui.domain.analytics.encoding import facts_of
from miaohui.domain.analytics.figures import Figure
from miaohui.domain.vocabulary.events import Event

THREE_MINUTES, HALF_AN_HOUR, A_DAY = seconds(180), seconds(1800), seconds(86_400)


def figure(measure: str, *events: Event, as_of: str | None = "9T00:00:00", **rules: Any) -> Figure:
    pack = small_pack(indicators=(indicator(measure, **rules),))
    return shop_of(chat(*events), pack, as_of).indicators[measure]


# 回复率: persons at least one of whose counted rounds has a reply ÷ persons


def test_a_person_has_a_reply_if_one_of_its_rounds_has_one_however_late():
    events = (
        *(asks("10:00:00", buyer="wang"), replies("22:00:00", buyer="wang")),
        *(asks("10:00:00"), replies("10:01:00"), asks("11:00:00")),
        asks("10:00:00", buyer="xu"),
    )
    told = figure("reply_persons", *events)
    assert parts_of(told) == (2, 3, 0)
    assert told.value == 2 / 3


def test_a_person_is_one_on_each_day_and_none_without_a_counted_round():
    events = (asks("1T10:00:00"), replies("1T10:01:00"), asks("2T10:00:00"), replies("3T07:00:00"))
    assert parts_of(figure("reply_persons", *events)) == (2, 2, 0)
    assert parts_of(figure("reply_persons", *events, asks("3T07:30:00"))) == (2, 2, 0)


def test_who_is_excluded_is_no_person():
    mark = happens("buyer.marked", "12:00:00", mark="malicious_user")
    told = figure("reply_persons", asks("10:00:00"), mark, asks("10:00:00", buyer="wang"))
    assert parts_of(told) == (0, 1, 0)


# 慢响应: persons with a counted round that waited longer than L, or is unanswered and older than L


@pytest.mark.parametrize(("wait", "slow"), [("10:03:00", 0), ("10:03:00.000001", 1)])
def test_a_reception_is_slow_if_a_round_waited_longer_than_the_limit(wait, slow):
    told = figure("slow_receptions", asks("10:00:00"), replies(wait), limit=THREE_MINUTES)
    assert (told.value, parts_of(told)) == (slow, (slow, 1, 0))


@pytest.mark.parametrize(("as_of", "slow"), [("10:03:00", 0), ("10:03:00.000001", 1)])
def test_a_reception_is_slow_if_a_round_is_unanswered_for_longer_than_the_limit(as_of, slow):
    told = figure("slow_receptions", asks("10:00:00"), as_of=as_of, limit=THREE_MINUTES)
    assert parts_of(told) == (slow, 1, 0)


def test_a_person_is_slow_once_however_many_rounds_were():
    events = [asks("10:00:00"), replies("10:10:00"), asks("11:00:00"), replies("11:10:00")]
    events += [asks("10:00:00", buyer="wang"), replies("10:00:10", buyer="wang")]
    assert parts_of(figure("slow_receptions", *events, limit=THREE_MINUTES)) == (1, 2, 0)


# 长接待: persons with a session that starts on the day and lasts longer than L


@pytest.mark.parametrize(("last", "long"), [("10:30:00", 0), ("10:30:00.000001", 1)])
def test_a_reception_is_long_if_its_session_lasts_longer_than_the_limit(last, long):
    events = (asks("10:00:00"), replies("10:15:00"), bot(last))
    told = figure("long_receptions", *events, limit=HALF_AN_HOUR)
    assert (told.value, parts_of(told)) == (long, (long, 1, 0))


def test_two_short_sessions_are_not_a_long_reception():
    events = (asks("10:00:00"), replies("10:20:00"), asks("11:00:00"), replies("11:20:00"))
    assert parts_of(figure("long_receptions", *events, limit=HALF_AN_HOUR)) == (0, 1, 0)


def test_a_long_session_of_a_round_that_began_before_it_is_a_long_reception():
    events = (asks("10:00:00"), asks("11:00:00"), asks("11:20:00"), asks("11:40:00"))
    assert parts_of(figure("long_receptions", *events, limit=HALF_AN_HOUR)) == (1, 1, 0)


# 答问比: messages that count as replies ÷ buyer messages


def test_agents_that_say_more_than_they_are_asked_have_a_ratio_above_one():
    events = (asks("10:00:00"), replies("10:00:10"), replies("10:00:20"), replies("10:00:30"))
    told = figure("question_answer_ratio", *events, asks("10:00:40"))
    assert (told.value, parts_of(told)) == (1.5, (3, 2, 0))


def test_bots_cards_and_operations_answer_no_question_in_the_ratio():
    said = [
        bot("10:00:05"),
        happens("card.product", "10:00:06", "agent"),
        happens("op.link", "10:00:07", "agent"),
        replies("10:00:08", origin="auto"),
        happens("card.product", "10:00:09", "buyer"),
    ]
    told = figure("question_answer_ratio", asks("10:00:00"), *said, replies("10:00:10"))
    assert parts_of(told) == (1, 1, 0)


@pytest.mark.parametrize("fate", ["delivery.failed", "message.recalled"])
def test_a_reply_that_never_arrived_is_no_answer_in_the_ratio(fate):
    events = (asks("10:00:00"), replies("10:00:10", source_id="r"), replies("10:00:20"))
    told = figure("question_answer_ratio", *events, happens(fate, "10:00:11", about="r"))
    assert parts_of(told) == (1, 1, 0)


def test_a_confirmed_reply_is_one_answer_in_the_ratio():
    events = (asks("10:00:00"), replies("10:00:10", source_id="r"))
    confirmed = happens("delivery.confirmed", "10:00:11", about="r")
    assert parts_of(figure("question_answer_ratio", *events, confirmed)) == (1, 1, 0)


# 最大同时接待: the largest number of sessions open at one instant


def session(buyer: str, first: str, last: str) -> tuple[Event, Event]:
    return asks(first, buyer=buyer), replies(last, buyer=buyer)


def test_sessions_that_touch_in_one_instant_are_open_at_once():
    apart = (*session("a", "10:00:00", "10:05:00"), *session("b", "10:05:00.000001", "10:09:00"))
    assert figure("concurrent_chats", *apart).value == 1
    touching = (*session("a", "10:00:00", "10:05:00"), *session("b", "10:05:00", "10:09:00"))
    assert figure("concurrent_chats", *touching).value == 2


def test_the_most_sessions_at_once_are_not_all_sessions():
    told = figure(
        "concurrent_chats",
        *session("a", "10:00:00", "10:10:00"),
        *session("b", "10:05:00", "10:20:00"),
        *session("c", "10:08:00", "10:09:00"),
        *session("d", "10:15:00", "10:18:00"),
    )
    assert (told.value, told.denominator) == (3, 4)


def test_a_single_question_is_one_chat():
    assert figure("concurrent_chats", asks("10:00:00")).value == 1


def test_chats_of_another_shop_are_not_at_the_same_desk():
    pack = small_pack(indicators=(indicator("concurrent_chats"),))
    events = chat(asks("10:00:00"), *(asks("10:00:00", shop="silk", buyer=b) for b in "ab"))
    facts = facts_of(events)
    shops = report_of(facts, pack, facts.newest_at or 0, threads=1).shops
    found = {shop.shop: shop.indicators["concurrent_chats"].value for shop in shops}
    assert found == {"tea": 1, "silk": 2}


# 一次性解决率: sessions after whose end the buyer stays silent for L ÷ sessions with a sample


def solved(*events: Event, as_of: str | None = "9T00:00:00") -> tuple[float, int, int]:
    return parts_of(figure("one_contact_resolution", *events, as_of=as_of, limit=A_DAY))


def test_a_session_is_resolved_if_the_buyer_stays_silent_for_long_enough():
    first = session("li", "1T10:00:00", "1T10:01:00")
    assert solved(*first) == (1, 1, 0)
    assert solved(*first, *session("li", "2T10:00:00", "2T10:05:00")) == (1, 2, 0)
    assert solved(*first, *session("li", "2T10:01:01", "2T10:05:00")) == (2, 2, 0)


def test_another_buyers_question_resolves_nothing_and_spoils_nothing():
    others = session("wang", "1T11:00:00", "1T11:05:00")
    assert solved(*session("li", "1T10:00:00", "1T10:01:00"), *others) == (2, 2, 0)


def test_only_what_the_buyer_writes_breaks_the_silence():
    first = session("li", "1T10:00:00", "1T10:01:00")
    assert solved(*first, replies("1T15:00:00"), bot("1T16:00:00")) == (1, 1, 0)


def test_a_session_younger_than_the_limit_is_pending():
    first = session("li", "1T10:00:00", "1T10:01:00")
    assert solved(*first, as_of="2T10:00:59") == (0, 0, 1)
    assert solved(*first, as_of="2T10:01:00") == (1, 1, 0)
    pending = figure("one_contact_resolution", *first, as_of="1T12:00:00", limit=A_DAY)
    assert (pending.value, pending.worst, pending.best) == (None, 0.0, 1.0)


@pytest.mark.parametrize("as_of", ["1T10:00:00", "9T00:00:00"])
def test_a_shop_that_nobody_asked_has_no_indicators(as_of):
    pack = small_pack(indicators=(indicator("reply_persons"),))
    assert shop_of(chat(replies("10:00:00")), pack, as_of).indicators == {}
