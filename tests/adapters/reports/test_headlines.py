import msgspec
from tests.adapters.reports import sample

from miaohui.adapters.reports.catalogue import words_of
from miaohui.adapters.reports.headlines import Standing, by_danger, headline, standing
from miaohui.domain.analytics.report import Verdict

ZH = words_of("zh")


def judged(**changes):
    first, *rest = sample.shop().verdicts
    verdict = msgspec.structs.replace(first, **changes)
    return msgspec.structs.replace(sample.shop(level=0.58), verdicts=(verdict, *rest))


def test_open_samples_that_can_turn_the_verdict_leave_it_unsaid():
    shop = sample.shop(level=0.6195)
    assert standing(sample.report(), shop) is Standing.UNSURE
    assert "夹在中间" in headline(sample.report(), shop, ZH)


def test_too_few_people_are_not_judged():
    shop = judged(holds=None, because="insufficient_sample")
    assert standing(sample.report(), shop) is Standing.SMALL
    assert headline(sample.report(), shop, ZH).startswith("样本不足，不评")


def test_a_verdict_over_its_own_days_is_said_with_those_days():
    days = tuple(day.date for day in sample.shop().days[-3:])
    shop = judged(holds=False, value=0.53, days=days)
    said = headline(sample.report(), shop, ZH)
    assert "看最近 3 天是 53.0%，比行业线 62.0% 低 9.0 点" in said


def test_exactly_on_the_line_is_not_called_above_or_below():
    shop = judged(holds=True, value=0.62)
    assert "刚好压在行业线 62.0% 上" in headline(sample.report(), shop, ZH)


def test_a_rumoured_line_never_decides():
    report = msgspec.structs.replace(sample.report(), thresholds=(sample.THRESHOLDS[2],))
    shop = msgspec.structs.replace(sample.shop(), verdicts=(Verdict("rumoured_fine", False, 0.4),))
    assert standing(report, shop) is Standing.NO_LINE


def test_broken_shops_come_first_and_empty_ones_last():
    shops = (sample.empty_shop(), sample.shop("好", 0.9), sample.shop("坏", 0.5))
    assert [one.shop for one in by_danger(sample.report(*shops))] == ["坏", "好", "还没开张的店"]


def test_both_languages_have_the_same_words():
    assert words_of("zh").keys() == words_of("en").keys()
