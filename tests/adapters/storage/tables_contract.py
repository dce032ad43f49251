"""What the tables of every engine must do. A place gives `place` (table_places.py).

Told on two tables that stand on no other: failures of log-ins, which have texts, bytes and
numbers, and the audit log, which has empty cells and numbers its rows.
"""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from miaohui.domain.vocabulary.problems import ReaderError

ADD = "INSERT INTO login_failure (scope, subject, failures, last_at) VALUES (?, ?, ?, ?)"
ALL = "SELECT scope, subject, failures, last_at FROM login_failure ORDER BY scope, subject"
COUNT = "SELECT failures FROM login_failure WHERE scope = ? AND subject = ?"
SET = "UPDATE login_failure SET failures = ? WHERE scope = ? AND subject = ?"
ODD = (
    "",
    "a\0b",
    "\0",
    "\x1a0",
    "\x1as\0",
    "亲😀",
    'it\'s "so"?',
    "%_\\",
    "ａ",
    "e\u0301",
    "\u00e9",
)


def count_up(tables, times: int) -> None:
    """Read a number and write the next one, again and again."""
    for _ in range(times):
        with tables.writing() as turn:
            (count,) = turn.row(COUNT, "count", b"")
            turn.run(SET, count + 1, "count", b"")


def fail_in_the_middle(tables) -> None:
    with tables.writing() as turn:
        turn.run(ADD, "lost", b"", 1, 0)
        turn.run(SET, 7, "kept", b"")
        assert turn.row(COUNT, "lost", b"") == (1,)
        raise LookupError("in the middle")


class TablesContract:
    """Inherit, and say where."""

    @pytest.fixture
    def tables(self, place):
        with place.opened() as tables:
            yield tables

    @pytest.fixture
    def other(self, place):
        """The same tables once more, as another process has them."""
        with place.opened() as tables:
            yield tables

    def test_what_is_written_comes_back_as_it_was(self, tables, other):
        highest = (1 << 63) - 1
        written = [(text, bytes([0, at, 255]), -at, highest) for at, text in enumerate(ODD)]
        with tables.writing() as turn:
            for row in written:
                assert turn.run(ADD, *row) == 1
        for each in (tables, other):
            with each.reading() as turn:
                assert turn.rows(ALL) == sorted(written, key=lambda row: row[0].encode())
                for row in written:
                    assert turn.row(COUNT, row[0], row[1]) == (row[2],)
                assert turn.row(COUNT, "none", b"") is None
                assert turn.rows(COUNT, "none", b"") == []

    def test_empty_cells_come_back_empty_and_rows_are_numbered_upwards(self, tables):
        add = "INSERT INTO audit (at, account, what, subject) VALUES (?, ?, ?, ?) RETURNING number"
        with tables.writing() as turn:
            numbers = [turn.row(add, at, None, "export.made", "e") for at in range(3)]
            assert numbers == sorted(set(numbers))
            found = turn.rows("SELECT at, account, before FROM audit WHERE account IS NULL")
        assert found == [(0, None, None), (1, None, None), (2, None, None)]

    def test_a_change_tells_how_many_rows_it_changed(self, tables):
        keep = f"{ADD} ON CONFLICT (scope, subject) DO UPDATE SET failures = excluded.failures"
        with tables.writing() as turn:
            turn.run_many(ADD, [("many", bytes([at]), at, 0) for at in range(5)])
            turn.run_many(ADD, [])
            assert turn.run("UPDATE login_failure SET failures = 9 WHERE failures > ?", 2) == 2
            assert turn.run("UPDATE login_failure SET failures = 9 WHERE failures > ?", 99) == 0
            assert turn.run(f"{ADD} ON CONFLICT DO NOTHING", "many", b"\0", 1, 0) == 0
            assert turn.run(keep, "many", b"\0", 8, 0) == 1
            assert turn.row(COUNT, "many", b"\0") == (8,)
            gone = turn.rows("DELETE FROM login_failure WHERE failures = ? RETURNING subject", 9)
            assert sorted(gone) == [(b"\3",), (b"\4",)]
            total = "SELECT count(*), CAST(sum(failures) AS BIGINT) FROM login_failure"
            assert turn.row(total) == (3, 8 + 1 + 2)
            assert turn.run("DELETE FROM login_failure WHERE scope = ?", "many") == 3

    def test_a_turn_that_fails_has_changed_nothing(self, tables):
        with tables.writing() as turn:
            turn.run(ADD, "kept", b"", 1, 0)
        with pytest.raises(LookupError, match="in the middle"):
            fail_in_the_middle(tables)
        with tables.reading() as turn:
            assert turn.rows(ALL) == [("kept", b"", 1, 0)]
        with tables.writing() as turn:
            assert turn.run(SET, 2, "kept", b"") == 1

    def test_a_reader_sees_one_moment_and_waits_for_no_writer(self, tables, other):
        with tables.writing() as turn:
            turn.run(ADD, "count", b"", 1, 0)
        for reader, writer in ((tables, other), (tables, tables)):
            with reader.reading() as seen, writer.writing() as turn:
                before = seen.row(COUNT, "count", b"")
                turn.run(SET, before[0] + 1, "count", b"")
                assert seen.row(COUNT, "count", b"") == before
            with reader.reading() as seen:
                with writer.writing() as turn:
                    before = seen.row(COUNT, "count", b"")
                    turn.run(SET, before[0] + 1, "count", b"")
                assert seen.row(COUNT, "count", b"") == before
            with reader.reading() as seen:
                assert seen.row(COUNT, "count", b"") == (before[0] + 1,)

    def test_a_reader_changes_nothing(self, tables):
        with pytest.raises(ReaderError) as told, tables.reading() as turn:
            turn.run(ADD, "lost", b"", 1, 0)
        assert told.value.problems[0].key == "log.read_only"
        with tables.reading() as turn:
            assert turn.rows(ALL) == []

    def test_threads_that_read_and_then_write_lose_no_change(self, tables, other):
        with tables.writing() as turn:
            turn.run(ADD, "count", b"", 0, 0)
        start = Barrier(8)

        def run(number: int) -> None:
            start.wait()
            count_up((tables, other)[number % 2], 10)

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(run, range(8)))
        with tables.reading() as turn:
            assert turn.row(COUNT, "count", b"") == (80,)

    def test_processes_that_read_and_then_write_lose_no_change(self, place, tables):
        with tables.writing() as turn:
            turn.run(ADD, "count", b"", 0, 0)
        assert sum(place.raced("count")) == 60
        with tables.reading() as turn:
            assert turn.row(COUNT, "count", b"") == (60,)

    def test_a_writer_waits_for_another_and_is_then_told(self, place, tables):
        with place.opened(patience_seconds=0.05) as hasty:
            with tables.writing() as turn:
                turn.run(ADD, "kept", b"", 1, 0)
                with pytest.raises(ReaderError) as told, hasty.writing():
                    pass
                assert told.value.problems[0].key == "log.busy"
            with hasty.writing() as turn:
                assert turn.run(SET, 2, "kept", b"") == 1

    def test_half_a_character_is_told_and_not_written(self, tables):
        with pytest.raises(ReaderError) as told, tables.writing() as turn:
            turn.run(ADD, "half \ud83d", b"", 1, 0)
        assert told.value.problems[0].key == "log.unwritable_text"
        with tables.reading() as turn:
            assert turn.rows(ALL) == []
