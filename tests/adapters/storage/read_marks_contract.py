"""What every storage of read marks must do. `place` is as in the contract of tables."""

import pytest

from miaohui.adapters.storage.read_ports import ReadUpTo
from miaohui.adapters.storage.tables.read_marks import TableReadMarks

ONE, TWO = "0" * 32, "1" * 32


class ReadMarksContract:
    """Inherit, and say where."""

    @pytest.fixture
    def marks(self, place):
        with place.opened() as tables:
            yield TableReadMarks(tables)

    def test_a_chat_that_nobody_has_read_has_no_mark(self, marks):
        assert marks.read([ONE]) == {}
        assert marks.read([]) == {}
        marks.keep({})

    def test_marks_are_read_again_by_whoever_opens_the_place(self, marks, place):
        marks.keep({ONE: ReadUpTo(buyer=3), TWO: ReadUpTo(agent=1 << 39)})
        with place.opened() as again:
            assert TableReadMarks(again).read([ONE, TWO, "2" * 32]) == {
                ONE: ReadUpTo(3, 0),
                TWO: ReadUpTo(0, 1 << 39),
            }

    def test_each_side_moves_on_by_itself_and_none_moves_back(self, marks):
        for mark in (ReadUpTo(5, 2), ReadUpTo(3, 7), ReadUpTo(0, 0)):
            marks.keep({ONE: mark})
        assert marks.read([ONE]) == {ONE: ReadUpTo(5, 7)}

    def test_many_chats_are_read_at_once(self, marks):
        many = {f"{number:032x}": ReadUpTo(number, 2 * number) for number in range(1_300)}
        marks.keep(many)
        assert marks.read(list(many)) == many

    def test_what_is_forgotten_was_never_read_and_the_rest_stays(self, marks):
        marks.keep({ONE: ReadUpTo(3, 4), TWO: ReadUpTo(5, 6)})
        marks.forget([ONE, "2" * 32])
        assert marks.read([ONE, TWO]) == {TWO: ReadUpTo(5, 6)}
        marks.keep({ONE: ReadUpTo(1, 0)})
        assert marks.read([ONE]) == {ONE: ReadUpTo(1, 0)}
