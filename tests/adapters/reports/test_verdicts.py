from datetime import date

import msgspec
from tests.adapters.reports import sample

from miaohui.adapters.reports.catalogue import words_of
from miaohui.adapters.reports.verdicts import verdict_views
from miaohui.domain.analytics.report import Verdict


def days_named(looked_at, shop=None, language="zh"):
    verdict = Verdict("industry", True, 0.7, days=tuple(looked_at))
    shop = msgspec.structs.replace(shop or sample.shop(), verdicts=(verdict,))
    [view] = verdict_views(sample.report(shop), shop, words_of(language))
    return view.days


def all_days():
    return [day.date for day in sample.shop().days]


def test_one_day_of_many_is_named():
    assert days_named(all_days()[-1:]) == "11月19日"
    assert days_named(all_days()[-1:], language="en") == "19 Nov"


def test_the_only_day_of_a_shop_is_not_named():
    shop = msgspec.structs.replace(sample.shop(), days=sample.shop().days[-1:])
    assert days_named(all_days()[-1:], shop) == ""


def test_many_days_are_named_even_where_they_are_all():
    assert days_named(all_days()) == "近30天"
    assert days_named(all_days(), language="en") == "last 30 days"


def test_days_without_chats_in_between_count_as_looked_at():
    assert days_named([date(2026, 11, 13), date(2026, 11, 19)]) == "近7天"


def test_days_that_end_before_the_report_are_named_by_their_dates():
    looked_at = [date(2026, 11, 6), date(2026, 11, 7), date(2026, 11, 8)]
    assert days_named(looked_at) == "11月6日–11月8日"
    assert days_named(looked_at, language="en") == "6 Nov – 8 Nov"


def test_no_day_at_all_has_no_name():
    assert days_named([]) == ""
