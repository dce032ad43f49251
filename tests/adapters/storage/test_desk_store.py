"""The store of the desk on both engines."""

from pathlib import Path

from tests.adapters.storage.desk_contract import NOON, DeskContract, Draft, Reachable, Secret
from tests.adapters.storage.table_places import OnPostgres, OnSqlite, contents


class TestSqliteDesk(OnSqlite, DeskContract):
    def test_nothing_that_was_written_or_where_people_are_stands_in_the_files(self, desk, place):
        desk.keep_draft("lin", Draft("chat-one", "hunter2", NOON))
        desk.keep_address(Reachable("lin", "email", Secret("lin@example.com")), NOON)
        written = b"".join(contents(Path(place.address).parent))
        assert b"chat-one" in written
        assert b"hunter2" not in written
        assert b"lin@example.com" not in written


class TestPostgresDesk(OnPostgres, DeskContract):
    pass
