"""A merchant opens the report page in a real browser."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright
from tests.adapters.reports import sample

from miaohui.adapters.reports.page import write_page

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SIZES = {"desk": (1440, 900), "phone": (360, 740)}


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=ARGUMENTS
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    shops = (sample.shop(level=0.582), sample.shop(sample.HOSTILE_MARKUP, 0.8))
    write_page(sample.report(), folder / "one.html")
    write_page(sample.report(*shops, sample.empty_shop()), folder / "several.html")
    write_page(sample.report(sample.shop("Cloud")), folder / "english.html", "en")
    return folder


class Visit:
    """An opened page and everything that the browser complained about or fetched."""

    def __init__(self, browser, file, size="desk", scheme="light"):
        width, height = SIZES[size]
        self.complaints, self.fetched = [], []
        self.page = browser.new_page(
            viewport={"width": width, "height": height}, color_scheme=scheme
        )
        self.page.on("console", lambda said: self.complaints.append(said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.fetched.append(request.url))
        self.page.goto(file.as_uri())
        self.page.wait_for_selector(".plot svg")

    def cells(self):
        return self.page.locator(".shop:visible .plot.heat svg text").all_text_contents()


def test_the_page_draws_three_plots_without_a_complaint_or_a_fetch(browser, pages):
    visit = Visit(browser, pages / "one.html")
    assert visit.page.locator(".plot svg").count() == 3
    assert visit.complaints == []
    assert visit.fetched == [(pages / "one.html").as_uri()]


def test_the_heat_map_switches_from_share_to_count_by_keyboard(browser, pages):
    visit = Visit(browser, pages / "one.html")
    shares = visit.cells()
    visit.page.get_by_role("radio", name="漏的比例").focus()
    visit.page.keyboard.press("ArrowRight")
    assert visit.page.get_by_role("radio", name="漏了多少").is_checked()
    assert visit.cells() != shares
    assert visit.complaints == []


def test_pointing_at_a_cell_tells_its_numbers_and_keeps_it_drawn(browser, pages):
    visit = Visit(browser, pages / "one.html")
    visit.page.locator(".plot.heat").hover(position={"x": 60, "y": 45})
    visit.page.wait_for_selector(".tip:visible")
    assert "周一 8:00" in visit.page.locator(".tip:visible").inner_text()
    fills = visit.page.locator(".plot.heat svg path").evaluate_all(
        "paths => paths.map(path => path.getAttribute('fill'))"
    )
    assert fills.count("none") == 0
    assert visit.complaints == []


def test_the_chooser_shows_one_shop_at_a_time_and_draws_it(browser, pages):
    visit = Visit(browser, pages / "several.html")
    visit.page.get_by_label("看哪家店").select_option(index=1)
    assert visit.page.locator(".shop:visible h2").all_inner_texts() == [sample.HOSTILE_MARKUP]
    visit.page.wait_for_selector(".shop:not([hidden]) .plot.heat svg")
    visit.page.get_by_role("link", name="还没开张的店").click()
    visit.page.wait_for_function("document.querySelector('#shop-3:not([hidden])')")
    assert visit.page.locator(".shop:visible").count() == 1
    assert visit.complaints == []


@pytest.mark.parametrize("file", ["one.html", "several.html", "english.html"])
def test_nothing_scrolls_sideways_on_a_phone(browser, pages, file):
    visit = Visit(browser, pages / file, "phone")
    widest = visit.page.evaluate("document.documentElement.scrollWidth")
    assert widest <= SIZES["phone"][0]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["desk", "phone"])
@pytest.mark.parametrize("file", ["several.html", "english.html"])
def test_axe_finds_nothing_serious(browser, pages, file, size, scheme):
    visit = Visit(browser, pages / file, size, scheme)
    visit.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    visit.page.evaluate(AXE.read_text("utf-8"))
    found = visit.page.evaluate("axe.run()")["violations"]
    serious = [one for one in found if one["impact"] in ("serious", "critical")]
    assert [(one["id"], one["nodes"][0]["html"]) for one in serious] == []


def test_on_paper_every_plot_is_drawn_and_no_control_is(browser, pages):
    visit = Visit(browser, pages / "one.html")
    visit.page.emulate_media(media="print", color_scheme="dark")
    heights = visit.page.locator(".plot svg").evaluate_all(
        "plots => plots.map(plot => plot.getBoundingClientRect().height)"
    )
    assert min(heights) > 80
    assert visit.page.locator("summary:visible, .switch:visible").count() == 0
    background = visit.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background == "rgb(255, 255, 255)"
