"""The page's plain tables: days, channels, waits, missed chats."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

import msgspec

from miaohui.adapters.reports.catalogue import Words
from miaohui.adapters.reports.headlines import NOTHING, label
from miaohui.adapters.reports.plots import range_shown
from miaohui.adapters.reports.quantities import (
    bounds,
    day_shown,
    instant_shown,
    made_of,
    shown,
    wait_shown,
    whole,
)
from miaohui.domain.analytics.report import Figures, Report, ShopReport, Waits
from miaohui.domain.rules.pack import Metric


class Part(msgspec.Struct, frozen=True):
    """A cell: what it says, and what it was made of in smaller print."""

    text: str
    small: str = ""


class Table(msgspec.Struct, frozen=True):
    """Heads and rows; the first cell of a row names it."""

    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Part]]


def day_table(report: Report, shop: ShopReport, words: Words) -> Table | None:
    """Every metric per day."""
    rows = [
        [Part(day_shown(day.date, words)), *_parts(report.metrics, day.metrics, words)]
        for day in shop.days
    ]
    return _metric_table(words["days_table"], words["date_head"], report, rows, words)


def group_table(report: Report, shop: ShopReport, words: Words) -> Table | None:
    """Every metric per channel, where there are several."""
    rows = [
        [Part(one.channel), *_parts(report.metrics, one.metrics, words)] for one in shop.channels
    ]
    return _metric_table(
        words["channels"], words["channel"], report, rows if len(rows) > 1 else [], words
    )


def _metric_table(
    caption: str, head: str, report: Report, rows: Sequence[Sequence[Part]], words: Words
) -> Table | None:
    heads = [head, *(label(metric, words) for metric in report.metrics)]
    return Table(caption, heads, rows) if rows else None


def _parts(metrics: Sequence[Metric], figures: Figures, words: Words) -> Iterator[Part]:
    for metric in metrics:
        figure = figures.get(metric.id, NOTHING)
        span = bounds(figure, metric.display, words)
        made = made_of(figure, metric, words)
        yield Part(
            shown(figure.value, metric.display, words),
            f"{made} · {words['worst_best']} {span}" if span else made,
        )


def wait_table(waits: Waits | None, words: Words) -> Table | None:
    """The bins of the wait plot, and those never answered."""
    if waits is None:
        return None
    rows = [[Part(range_shown(one, words)), Part(whole(one.rounds))] for one in waits.bins]
    rows.append([Part(words["never"]), Part(whole(waits.unanswered))])
    return Table(words["waits"], (words["wait_head"], words["rounds_head"]), rows)


def missed_table(report: Report, shop: ShopReport, words: Words) -> Table:
    """The missed chats with their times, newest first."""
    keys = ("started_at", "conversation", "account", "channel", "waited", "outcome")
    note = words["missed_note"].format(
        shown=whole(len(shop.missed)), total=whole(shop.missed_total)
    )
    return Table(note, [words[key] for key in keys], list(_missed_rows(report, shop, words)))


def _missed_rows(report: Report, shop: ShopReport, words: Words) -> Iterator[Sequence[Part]]:
    zone = ZoneInfo(report.timezone)
    for chat in shop.missed:
        nobody = chat.account == "unassigned"
        yield (
            Part(instant_shown(chat.started_at, zone, words)),
            Part(chat.conversation),
            Part(words["unassigned"] if nobody else chat.account),
            Part(chat.channel),
            Part(wait_shown(chat.waited_seconds)),
            Part(words["answered_late" if chat.answered else "still_unanswered"]),
        )
