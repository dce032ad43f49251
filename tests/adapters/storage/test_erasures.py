"""Erasures that were asked for, on both engines."""

from tests.adapters.storage.erasures_contract import ErasuresContract
from tests.adapters.storage.table_places import OnPostgres, OnSqlite


class TestSqliteErasures(OnSqlite, ErasuresContract):
    pass


class TestPostgresErasures(OnPostgres, ErasuresContract):
    pass
