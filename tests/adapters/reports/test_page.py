import json
import re
from html.parser import HTMLParser
from importlib.resources import files

import msgspec
import pytest
from tests.adapters.reports import sample

from miaohui.adapters.reports.page import page
from miaohui.domain.vocabulary.problems import ReaderError


class Outline(HTMLParser):
    """Counts elements and collects what could leave the page or run."""

    def __init__(self):
        super().__init__()
        self.tags, self.links, self.handlers = [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for key, value in attrs if key in ("src", "href")]
        self.handlers += [key for key, _ in attrs if key.startswith("on") or key == "style"]


def outline(html):
    parser = Outline()
    parser.feed(html)
    return parser


def test_the_page_loads_nothing_and_has_no_inline_handler_or_style():
    found = outline(page(sample.report(sample.shop(), sample.shop("二店"))))
    assert all(link.startswith("#") for link in found.links)
    assert found.handlers == []
    assert "img" not in found.tags


def test_its_policy_allows_only_its_own_script_and_style():
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page(sample.report()))[1]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


def test_hostile_names_stay_text_in_markup_and_in_data():
    html = page(sample.report(sample.shop(sample.HOSTILE_MARKUP)))
    assert "<img" not in html
    assert "&lt;/script&gt;&lt;img" in html
    for data in re.findall(r'class="plots">(.*?)</script>', html, re.DOTALL):
        assert json.loads(data)["heat"]["hours"][0] == "08"


def test_every_plot_has_a_name_and_a_table_beside_it():
    html = page(sample.report())
    plots = re.findall(r'<div class="plot[^>]*role="img" aria-label="[^"]+"', html)
    assert len(plots) == 3
    assert html.count("<details>") == 3


def test_a_rumour_is_called_one():
    assert "据传，未证实，没算进去" in page(sample.report())
    assert "reported, not confirmed, not counted in" in page(sample.report(), "en")


def test_a_line_says_which_days_it_looks_at():
    assert "58.2% · 近30天" in page(sample.report())
    assert "58.2% · last 30 days" in page(sample.report(), "en")


def test_the_english_page_says_so_and_speaks_no_chinese_of_ours():
    html = page(sample.report(sample.empty_shop("Cloud")), "en")
    body = html[html.index("<body>") : html.index("<script>")]
    assert '<html lang="en">' in html
    assert not re.findall("[\u4e00-\u9fff]", body)


def test_no_shop_and_no_sample_each_say_what_to_do():
    empty = msgspec.structs.replace(sample.report(), shops=())
    assert "还没有会话。导入聊天记录" in page(empty)
    assert "放宽日期再看" in page(sample.report(sample.empty_shop()))


def test_of_sixty_shops_all_are_listed_and_fifty_detailed():
    html = page(sample.report(*(sample.shop(f"店{n}", 0.5 + n / 200) for n in range(60))))
    assert html.count('<section class="shop"') == 50
    assert html.index("店0<") < html.index("店59<")


def test_a_missing_script_tells_the_reader_what_to_run(tmp_path):
    style = files("miaohui.adapters.reports") / "html" / "report.css"
    (tmp_path / "report.css").write_bytes(style.read_bytes())
    with pytest.raises(ReaderError) as raised:
        page(sample.report(), assets=tmp_path)
    assert raised.value.problems[0].key == "reports.script_missing"
