"""Remembered answers on both engines."""

from tests.adapters.storage.answers_contract import AnswersContract
from tests.adapters.storage.table_places import OnPostgres, OnSqlite


class TestSqliteAnswers(OnSqlite, AnswersContract):
    pass


class TestPostgresAnswers(OnPostgres, AnswersContract):
    pass
