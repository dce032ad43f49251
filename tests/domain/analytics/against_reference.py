"""The report of the product and that of the reference, in one form."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from tests.events import events_of
from tests.reference import pinduoduo

from miaohui.adapters.pack_files.library import load_pack
from miaohui.domain.analytics.assembly import report_of
from miaohui.domain.analytics.encoding import facts_of
from miaohui.domain.vocabulary.instants import micros_of

PACK = load_pack("pdd")
Row = Mapping[str, str | None]


def product(rows: Sequence[Row], as_of: datetime | None) -> list[dict[str, Any]]:
    """The shops of the product's report, without what the reference does not tell."""
    facts = facts_of(events_of(rows))
    known = facts.newest_at if as_of is None else micros_of(as_of)
    report = report_of(facts, PACK, known or 0, hourly=False, threads=1)
    return [
        {
            "shop": shop.shop,
            "total": _figures(shop.total),
            "days": [
                {"date": day.date.isoformat(), "metrics": _figures(day.metrics)}
                for day in shop.days
            ],
            "accounts": [
                {"account": each.account, "metrics": _figures(each.metrics)}
                for each in shop.accounts
            ],
        }
        for shop in report.shops
    ]


def _figures(figures: Mapping[str, object]) -> dict[str, dict[str, Any]]:
    plain = msgspec.to_builtins(figures)
    return {
        metric: {part: value for part, value in figure.items() if part != "unanswered"}
        for metric, figure in plain.items()
    }


def reference(rows: Sequence[Row], as_of: datetime | None) -> list[dict[str, Any]]:
    """The shops of the reference's report."""
    shops: list[dict[str, Any]] = pinduoduo.report(rows, as_of)["shops"]
    return shops
