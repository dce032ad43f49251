import csv
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from tests.adapters.reports import sample

from miaohui.adapters.reports.tables import write_csv, write_xlsx
from miaohui.domain.vocabulary.spreadsheets import restored


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_csv_has_one_row_per_shop_group_and_metric(tmp_path):
    write_csv(sample.report(), tmp_path / "report.csv")
    rows = rows_of(tmp_path / "report.csv")
    groups = 1 + sample.DAYS + 7 * 15 + 6 + 2
    assert len(rows) == groups * len(sample.METRICS) + len(sample.INDICATORS)
    assert rows[0]["shop"] == "云上衣橱旗舰店"
    assert rows[0]["label"] == "3分钟人工回复率"
    assert float(rows[0]["value"]) == 2822 / 4849
    assert rows[0]["excluded_bot_only"] == "38"


def test_an_hour_in_the_csv_is_named_by_its_weekday_and_hour(tmp_path):
    write_csv(sample.report(), tmp_path / "report.csv")
    hours = [row for row in rows_of(tmp_path / "report.csv") if row["group_kind"] == "hour"]
    assert (hours[0]["group"], hours[-1]["group"]) == ("1 08:00", "7 22:00")
    monday = next(row for row in hours if row["group"] == "1 20:00")
    figure = monday_evening().metrics["reply_3min"]
    assert float(monday["value"]) == figure.value
    assert int(monday["denominator"]) == figure.denominator


def monday_evening():
    return next(one for one in sample.hours() if (one.weekday, one.hour) == (1, 20))


@pytest.mark.parametrize(("language", "label"), [("zh", "答问比"), ("en", "Answers per question")])
def test_an_indicator_in_the_csv_is_a_row_of_its_shop(tmp_path, language, label):
    write_csv(sample.report(), tmp_path / "report.csv", language)
    rows = rows_of(tmp_path / "report.csv")
    [row] = [row for row in rows if row["group_kind"] == "indicator"]
    assert row["shop"] == row["group"] == "云上衣橱旗舰店"
    assert (row["metric"], row["label"]) == ("question_answer_ratio", label)
    assert (row["value"], row["numerator"], row["denominator"]) == ("1.32", "132", "100")


def test_excel_is_told_the_csv_is_utf_8(tmp_path):
    write_csv(sample.report(), tmp_path / "report.csv")
    assert (tmp_path / "report.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_an_empty_figure_is_an_empty_cell(tmp_path):
    write_csv(sample.report(sample.empty_shop()), tmp_path / "report.csv")
    assert rows_of(tmp_path / "report.csv")[0]["value"] == ""


def test_no_cell_of_the_csv_would_run(tmp_path):
    write_csv(sample.report(sample.shop(sample.HOSTILE_FORMULA)), tmp_path / "report.csv")
    names = {row["shop"] for row in rows_of(tmp_path / "report.csv")}
    assert all(name.startswith("'") for name in names)
    assert {restored(name) for name in names} == {sample.HOSTILE_FORMULA}


def test_the_workbook_has_seven_sheets_with_frozen_heads(tmp_path):
    write_xlsx(sample.report(), tmp_path / "report.xlsx")
    workbook = load_workbook(tmp_path / "report.xlsx")
    sheets = ["总览", "效率指标", "按天", "按小时", "按客服", "按渠道", "漏接"]
    assert workbook.sheetnames == sheets
    assert {sheet.freeze_panes for sheet in workbook} == {"B2"}
    assert workbook["总览"]["C2"].value == 2822 / 4849
    assert workbook["总览"]["C2"].number_format == "0.0%"
    assert workbook["按天"].max_row == sample.DAYS + 1


def test_the_workbook_gives_each_indicator_with_what_it_was_made_of(tmp_path):
    write_xlsx(sample.report(), tmp_path / "report.xlsx")
    heads, row = load_workbook(tmp_path / "report.xlsx")["效率指标"].iter_rows(values_only=True)
    assert heads[:5] == ("店铺", "指标", "数值", "分子", "分母")
    assert row[:5] == ("云上衣橱旗舰店", "答问比", 1.32, 132, 100)


def test_the_workbook_gives_each_hour_of_each_weekday(tmp_path):
    write_xlsx(sample.report(), tmp_path / "report.xlsx")
    heads, *rows = load_workbook(tmp_path / "report.xlsx")["按小时"].iter_rows(values_only=True)
    figure = monday_evening().metrics["reply_3min"]
    assert heads[:4] == ("店铺", "星期", "小时", "3分钟人工回复率")
    assert len(rows) == 7 * 15
    row = next(row for row in rows if row[1:3] == ("周一", 20))
    assert row[3] == pytest.approx(figure.value)
    assert row[4:6] == (figure.numerator, figure.denominator)


def test_no_cell_of_the_workbook_is_a_formula(tmp_path):
    hostile = sample.shop("\x00=1+1")
    write_xlsx(sample.report(sample.shop(sample.HOSTILE_FORMULA), hostile), tmp_path / "r.xlsx")
    with ZipFile(tmp_path / "r.xlsx") as parts:
        sheets = [parts.read(name) for name in parts.namelist() if "worksheets" in name]
    assert not any(b"<f>" in sheet for sheet in sheets)


def test_the_english_workbook_has_english_heads(tmp_path):
    write_xlsx(sample.report(), tmp_path / "report.xlsx", "en")
    workbook = load_workbook(tmp_path / "report.xlsx")
    assert workbook.sheetnames[:4] == ["Overview", "Efficiency", "Days", "Hours"]
    assert [cell.value for cell in workbook["Hours"][2]][1:3] == ["Mon", 8]
    assert workbook["Overview"]["A1"].value == "Shop"
