import pytest
from hypothesis import given
from hypothesis import strategies as st

from miaohui.domain.vocabulary.spreadsheets import neutralised, restored

CELLS = st.text() | st.text("'=+-@\t\r\n＝＋－＠a1 ", max_size=8)


@given(CELLS)
def test_restoring_a_neutralised_cell_gives_the_cell(cell):
    assert restored(neutralised(cell)) == cell


@given(CELLS)
def test_a_neutralised_cell_never_starts_with_what_a_spreadsheet_runs(cell):
    assert not neutralised(cell).startswith(tuple("=+-@\t\r\n＝＋－＠"))


@pytest.mark.parametrize("cell", ["", "亲，在吗", "1-2", "a=b", "'好'", "明天 10:00"])
def test_an_ordinary_cell_stays_as_it_is(cell):
    assert neutralised(cell) == restored(cell) == cell
