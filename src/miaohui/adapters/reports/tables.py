"""The report as tables: one tidy CSV, or a workbook with a sheet per question."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.workbook.child import _WorkbookChild as Page

from miaohui.adapters.reports.catalogue import Language, words_of
from miaohui.adapters.reports.sheets import Cell, Formed, Sheet, sheets_of
from miaohui.domain.analytics.figures import Figure
from miaohui.domain.analytics.report import Figures, Report, ShopReport
from miaohui.domain.vocabulary.spreadsheets import neutralised

_HEADS = ("shop", "group_kind", "group", "metric", "label", "value", "numerator", "denominator")
_BOUNDS = ("pending", "worst", "best")
_LONGEST_CELL = 32_000


def write_csv(report: Report, path: Path, language: Language = "zh") -> None:
    """One row per shop, group and metric; values as in the JSON (0–1, seconds, counts).

    `group` names the group of its `group_kind`: the shop (`shop`, and `indicator`, whose `metric`
    is an indicator), a date (`day`), weekday and hour (`hour`: `1 20:00` is from 20 to 21 on
    Mondays, over all days), an account or a channel.

    UTF-8 with a byte order mark, so that Excel shows Chinese.
    """
    measures = (*report.indicators, *report.metrics)
    labels = {one.id: getattr(one.label, language) for one in measures}
    reasons = _reasons(report)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow((*_HEADS, *_BOUNDS, *(f"excluded_{reason}" for reason in reasons)))
        for shop in report.shops:
            rows.writerows(_rows(shop, labels, reasons))


def _reasons(report: Report) -> tuple[str, ...]:
    """Every reason that excluded anything, in order of their names."""
    groups = (figures for shop in report.shops for _, _, figures in _groups(shop))
    return tuple(
        sorted({one for group in groups for figure in group.values() for one in figure.excluded})
    )


def _rows(
    shop: ShopReport, labels: dict[str, str], reasons: Sequence[str]
) -> Iterator[list[object]]:
    name = neutralised(shop.shop)
    for kind, group, figures in _groups(shop):
        for metric, figure in figures.items():
            head = [name, kind, neutralised(group), metric, neutralised(labels.get(metric, metric))]
            yield head + _numbers(figure) + [figure.excluded.get(one, 0) for one in reasons]


def _groups(shop: ShopReport) -> Iterator[tuple[str, str, Figures]]:
    yield "shop", shop.shop, shop.total
    yield "indicator", shop.shop, shop.indicators
    for day in shop.days:
        yield "day", day.date.isoformat(), day.metrics
    for one in shop.hours:
        yield "hour", f"{one.weekday} {one.hour:02d}:00", one.metrics
    for account in shop.accounts:
        yield "account", account.account, account.metrics
    for channel in shop.channels:
        yield "channel", channel.channel, channel.metrics


def _numbers(figure: Figure) -> list[object]:
    return [
        figure.value,
        figure.numerator,
        figure.denominator,
        figure.pending,
        figure.worst,
        figure.best,
    ]


def write_xlsx(report: Report, path: Path, language: Language = "zh") -> None:
    """A workbook: overview, efficiency, days, hours, agents, channels, missed chats; heads frozen,
    percents shown.
    """
    workbook = Workbook(write_only=True)
    for sheet in sheets_of(report, words_of(language)):
        _write_sheet(workbook, sheet)
    workbook.save(path)


def _write_sheet(workbook: Workbook, sheet: Sheet) -> None:
    page = workbook.create_sheet(sheet.title)
    page.freeze_panes = "B2"
    for number, width in enumerate(sheet.widths, start=1):
        page.column_dimensions[get_column_letter(number)].width = width
    page.append([_head(page, text) for text in sheet.heads])
    for row in sheet.rows:
        page.append([_cell(page, value) for value in row])


def _head(page: Page, text: str) -> SheetCell:
    cell = WriteOnlyCell(page, value=_written(text))
    cell.font = Font(bold=True)
    return cell


def _cell(page: Page, value: Cell) -> str | float | SheetCell | None:
    if isinstance(value, str):
        return _written(value)
    if not isinstance(value, Formed):
        return value
    cell = WriteOnlyCell(page, value=value.value)
    cell.number_format = value.form
    return cell


def _written(text: str) -> str:
    """A text that a workbook can hold (no control characters) and no spreadsheet runs."""
    return neutralised(ILLEGAL_CHARACTERS_RE.sub("�", text)[:_LONGEST_CELL])
