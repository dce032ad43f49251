import csv
from zipfile import ZipFile

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
    assert len(rows) == (1 + sample.DAYS + 6 + 2) * len(sample.METRICS)
    assert rows[0]["shop"] == "云上衣橱旗舰店"
    assert rows[0]["label"] == "3分钟人工回复率"
    assert float(rows[0]["value"]) == 2822 / 4849
    assert rows[0]["excluded_bot_only"] == "38"


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


def test_the_workbook_has_five_sheets_with_frozen_heads(tmp_path):
    write_xlsx(sample.report(), tmp_path / "report.xlsx")
    workbook = load_workbook(tmp_path / "report.xlsx")
    assert workbook.sheetnames == ["总览", "按天", "按客服", "按渠道", "漏接"]
    assert {sheet.freeze_panes for sheet in workbook} == {"B2"}
    assert workbook["总览"]["C2"].value == 2822 / 4849
    assert workbook["总览"]["C2"].number_format == "0.0%"
    assert workbook["按天"].max_row == sample.DAYS + 1


def test_no_cell_of_the_workbook_is_a_formula(tmp_path):
    hostile = sample.shop("\x00=1+1")
    write_xlsx(sample.report(sample.shop(sample.HOSTILE_FORMULA), hostile), tmp_path / "r.xlsx")
    with ZipFile(tmp_path / "r.xlsx") as parts:
        sheets = [parts.read(name) for name in parts.namelist() if "worksheets" in name]
    assert not any(b"<f>" in sheet for sheet in sheets)


def test_the_english_workbook_has_english_heads(tmp_path):
    write_xlsx(sample.report(), tmp_path / "report.xlsx", "en")
    workbook = load_workbook(tmp_path / "report.xlsx")
    assert workbook.sheetnames[0] == "Overview"
    assert workbook["Overview"]["A1"].value == "Shop"
