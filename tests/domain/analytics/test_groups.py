"""Figures by day, account, channel and hour, and what a report leaves out."""

from datetime import date

from msgspec.structs import replace
from tests.domain.analytics.small_packs import metric, parts_of, shop_of, small_pack
from tests.events import asks, assigned, at, bot, chat, happens, replies

from miaohui.domain.analytics.assembly import report_of
from miaohui.domain.analytics.encoding import facts_of
from miaohui.domain.analytics.figures import Figure
from miaohui.domain.analytics.report import Report
from miaohui.domain.rules.pack import DateRange
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.instants import micros_of

PEOPLE = small_pack(metric(unit="person", success="all_messages_within", calendar=None))
ANY_HOUR = small_pack(metric(calendar=None))


def report(events: list[Event], pack=ANY_HOUR, wanted: DateRange | None = None) -> Report:
    as_of = micros_of(at("9T00:00:00"))
    return report_of(facts_of(events), pack, as_of, wanted or DateRange(), threads=1)


def reply(metrics: dict[str, Figure]) -> tuple[float, int, int]:
    return parts_of(metrics["reply"])


def test_a_sample_is_of_the_local_day_of_the_question():
    events = chat(asks("1T23:59:59"), replies("2T00:00:10"), asks("2T00:00:20"))
    days = {day.date.day: reply(day.metrics) for day in shop_of(events, ANY_HOUR).days}
    assert days == {1: (1, 1, 0), 2: (0, 1, 0)}


def test_hours_are_those_of_the_wall_clock_from_monday_on():
    events = chat(asks("1T09:59:59"), replies("1T10:00:09"), asks("2T10:00:00"))
    hours = {(h.weekday, h.hour): reply(h.metrics) for h in shop_of(events, ANY_HOUR).hours}
    assert hours == {(1, 10): (0, 1, 0), (7, 9): (1, 1, 0)}  # 1 November 2026 is a Sunday


def test_the_hours_of_several_weeks_are_added_up():
    events = chat(asks("1T09:00:00"), replies("1T09:00:09"), asks("8T09:30:00"))
    [sunday] = shop_of(events, ANY_HOUR).hours
    assert (sunday.weekday, sunday.hour, reply(sunday.metrics)) == (7, 9, (1, 2, 0))


def test_channels_stand_apart_and_a_person_is_one_in_each():
    events = chat(
        asks("10:00:00"),
        replies("10:00:10"),
        asks("10:00:00", channel="app"),
        bot("10:00:10", channel="app"),
    )
    shop = shop_of(events, PEOPLE)
    assert [(each.channel, reply(each.metrics)) for each in shop.channels] == [
        ("app", (0, 1, 0)),
        ("webchat", (1, 1, 0)),
    ]
    assert reply(shop.total) == (1, 2, 0)


def test_an_answered_round_is_of_the_replier_and_a_missed_one_of_whoever_had_it_at_the_limit():
    events = chat(
        *(asks("10:00:00"), replies("10:00:10", "bao")),
        assigned("10:59:00", "anna", buyer="wang"),
        asks("11:00:00", buyer="wang"),
        assigned("11:03:00", "chen", buyer="wang"),  # just when the limit passes
        assigned("11:03:01", "dora", buyer="wang"),
        asks("11:00:00", buyer="xu"),
        *(asks("11:00:00", buyer="yu"), replies("11:00:01", None, buyer="yu")),
    )
    accounts = {each.account: reply(each.metrics) for each in shop_of(events, ANY_HOUR).accounts}
    assert accounts == {"bao": (1, 1, 0), "chen": (0, 1, 0), "unassigned": (1, 2, 0)}


def test_a_person_counts_for_each_account_on_its_own_samples():
    events = chat(
        *(asks("10:00:00"), replies("10:00:10", "anna")),
        *(asks("11:00:00"), replies("11:30:00", "bao")),
    )
    shop = shop_of(events, PEOPLE)
    assert reply(shop.total) == (0, 1, 0)
    accounts = {each.account: reply(each.metrics) for each in shop.accounts}
    assert accounts == {"anna": (1, 1, 0), "bao": (0, 1, 0)}


def test_a_person_on_two_days_is_two():
    events = chat(asks("1T10:00:00"), replies("1T10:00:10"), asks("2T10:00:00"))
    assert reply(shop_of(events, PEOPLE).total) == (1, 2, 0)


def test_only_the_wanted_days_are_counted_but_what_came_before_is_known():
    events = chat(
        assigned("1T09:00:00", "anna"),
        *(asks("1T23:59:00"), asks("2T00:01:00"), asks("3T10:00:00")),
    )
    day = date(2026, 11, 2)
    told = report(events, small_pack(metric(unit="message", calendar=None)), DateRange(day, day))
    [shop] = told.shops
    assert reply(shop.total) == (0, 1, 0)
    assert [each.date for each in shop.days] == [day]
    assert [each.account for each in shop.accounts] == ["anna"]
    assert (told.from_, told.until) == (day, day)


def test_a_shop_without_a_sample_is_listed_with_nothing():
    events = chat(happens("order.paid", "10:00:00", shop="silk"), asks("10:00:00"))
    silk, tea = report(events).shops
    assert (silk.shop, tea.shop) == ("silk", "tea")
    assert (reply(silk.total), silk.days, silk.accounts) == ((0, 0, 0), (), ())
    assert silk.total["reply"].value is None


def test_a_shop_of_which_nothing_is_known_yet_is_not_listed():
    events = chat(asks("10:00:00"), asks("10:00:00", shop="later", at=at("20T10:00:00")))
    assert [shop.shop for shop in report(events).shops] == ["tea"]


def test_an_empty_log_has_no_shops():
    told = report_of(facts_of([]), ANY_HOUR, 0, threads=1)
    assert (told.shops, told.events) == ((), 0)


def test_an_account_that_is_called_unassigned_is_nobody():
    events = chat(asks("10:00:00"), replies("10:00:10", "unassigned"), asks("11:00:00"))
    [nobody] = shop_of(events, ANY_HOUR).accounts
    assert (nobody.account, reply(nobody.metrics)) == ("unassigned", (1, 2, 0))


def test_equal_names_in_two_shops_are_two_accounts_and_two_conversations():
    one = [asks("10:00:00"), replies("10:00:10")]
    other = [replace(event, shop="silk", source_id="") for event in one]
    for shop in report(chat(*one, *other[:1])).shops:
        [account] = shop.accounts
        expected = ("anna", (1, 1, 0)) if shop.shop == "tea" else ("unassigned", (0, 1, 0))
        assert (account.account, reply(account.metrics)) == expected
