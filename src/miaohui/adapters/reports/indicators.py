"""The efficiency figures of a shop: what each was made of, beside its value."""

from collections.abc import Iterator

import msgspec

from miaohui.adapters.reports.catalogue import Words
from miaohui.adapters.reports.headlines import NOTHING, label
from miaohui.adapters.reports.quantities import shown, whole
from miaohui.domain.analytics.report import Report, ShopReport


class IndicatorView(msgspec.Struct, frozen=True):
    """One indicator in words."""

    label: str
    value: str
    basis: str


def indicator_views(report: Report, shop: ShopReport, words: Words) -> Iterator[IndicatorView]:
    """The indicators that the shop has a value of, in the pack's order."""
    for indicator in report.indicators:
        figure = shop.indicators.get(indicator.id, NOTHING)
        if figure.value is None:
            continue
        numerator, denominator = whole(figure.numerator), whole(figure.denominator)
        yield IndicatorView(
            label(indicator, words),
            shown(figure.value, indicator.display, words),
            words["ratio_bare"].format(numerator=numerator, denominator=denominator),
        )
