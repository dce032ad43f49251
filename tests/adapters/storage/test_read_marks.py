"""Read marks on both engines."""

from tests.adapters.storage.read_marks_contract import ReadMarksContract
from tests.adapters.storage.table_places import OnPostgres, OnSqlite


class TestSqliteReadMarks(OnSqlite, ReadMarksContract):
    pass


class TestPostgresReadMarks(OnPostgres, ReadMarksContract):
    pass
