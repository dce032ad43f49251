import re
from io import StringIO

import pytest
from rich.console import Console
from tests.adapters.reports import sample

from miaohui.adapters.reports.terminal import render


def printed(report, language="zh", detail="auto", *, colour=False, width=80):
    console = Console(
        file=StringIO(),
        width=width,
        force_terminal=colour,
        color_system="truecolor" if colour else None,
    )
    render(report, console, language, detail)
    return console.file.getvalue()


def test_the_sentence_comes_before_every_table():
    text = printed(sample.report())
    assert text.index("没达标：3分钟人工回复率 58.2%（2,822 / 4,849 人）") < text.index("各项数字")


def test_a_safe_shop_is_said_to_hold_with_its_distance_to_the_line():
    text = printed(sample.report(sample.shop(level=0.8)))
    assert "比行业线 62.0% 高 18.0 点" in text
    assert "最坏 79.8%，最好 80.1%" in text


def test_each_detailed_shop_has_its_efficiency_with_what_it_was_made_of():
    report = sample.report(*(sample.shop(f"店{number}") for number in range(5)))
    text = printed(report)
    assert text.count("接待效率") == text.count("答问比") == 3
    assert re.search(r"答问比 +1\.32 +132 / 100", text)
    assert re.search(r"Answers per question +1\.32 +132 / 100", printed(report, "en"))


def test_a_shop_without_efficiency_has_no_table_of_it():
    assert "接待效率" not in printed(sample.report(sample.empty_shop()))


@pytest.mark.parametrize(("language", "days"), [("zh", "近30天"), ("en", "last 30 days")])
def test_a_line_over_many_days_names_them(language, days):
    assert days in printed(sample.report(), language)


def test_english_has_no_chinese_of_ours():
    text = printed(sample.report(sample.shop("Cloud", 0.8)), "en", "overview")
    assert "Holds" in printed(sample.report(sample.shop("Cloud", 0.8)), "en")
    assert not any("\u4e00" <= one <= "\u9fff" for one in text)


def test_no_line_is_wider_than_80_columns():
    assert max(map(len, printed(sample.report()).splitlines())) <= 80


def test_without_colour_no_escape_code_is_printed_and_with_it_red_says_broken():
    assert "\x1b" not in printed(sample.report())
    assert "\x1b[1;31m没达标" in printed(sample.report(), colour=True)


def test_escape_codes_in_names_never_reach_the_terminal():
    text = printed(sample.report(sample.shop("\x1b[2J坏店\u202e")))
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_a_thousand_shops_make_one_overview_with_the_worst_first_and_a_hint():
    shops = [sample.shop(f"店{number}", 0.5 + number / 2500) for number in range(1000)]
    text = printed(sample.report(*reversed(shops)))
    assert text.index("店0 ") < text.index("店1 ") < text.index("店999 ")
    assert text.count("漏接的会话") == 3
    assert "--shop" in text


def test_shops_of_equal_names_in_full_detail_are_all_printed():
    shops = [sample.shop(f"店{number}") for number in range(5)]
    assert printed(sample.report(*shops), detail="full").count("漏接的会话") == 5


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_shop_without_samples_has_a_dash_and_no_error(language):
    assert "—" in printed(sample.report(sample.empty_shop()), language)


def test_no_metrics_at_all_still_prints():
    assert "没有样本" in printed(sample.report(sample.empty_shop(), sample.shop(), metrics=()))
