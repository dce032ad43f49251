import json
from time import perf_counter

import msgspec
from tests.adapters.reports import sample

from miaohui.adapters.reports.json_form import to_json

FIGURE_KEYS = ["value", "numerator", "denominator", "pending", "worst", "best", "excluded"]


def test_the_named_keys_come_in_the_named_places():
    said = json.loads(to_json(sample.report()))
    shop = said["shops"][0]
    assert list(said)[:3] == ["pack", "as_of", "shops"]
    assert list(shop)[:4] == ["shop", "total", "days", "accounts"]
    assert list(shop["days"][0]) == ["date", "metrics"]
    assert list(shop["accounts"][0]) == ["account", "metrics"]
    assert said["as_of"] == "2026-11-19T15:00:00Z"
    assert shop["days"][0]["date"] == "2026-10-21"


def test_every_figure_has_every_key_even_where_it_is_empty():
    said = json.loads(to_json(sample.report(sample.empty_shop())))
    figure = said["shops"][0]["total"]["reply_3min"]
    assert list(figure) == FIGURE_KEYS
    assert figure["value"] is figure["worst"] is figure["best"] is None
    assert figure["excluded"] == {}


def test_absent_dates_are_null_and_not_left_out():
    report = msgspec.structs.replace(sample.report(), from_=None, until=None)
    said = json.loads(to_json(report))
    assert said["from"] is said["until"] is None
    assert {"timezone", "events", "rejected_rows", "metrics"} <= said.keys()


def test_values_are_not_rounded():
    figure = json.loads(to_json(sample.report()))["shops"][0]["total"]["reply_3min"]
    assert figure["value"] == 2822 / 4849


def test_a_thousand_shops_take_little_time():
    shop = sample.shop()
    report = sample.report(*[msgspec.structs.replace(shop, shop=f"{n}") for n in range(1000)])
    started = perf_counter()
    assert len(to_json(report)) > 1_000_000
    assert perf_counter() - started < 5
