"""The tables on a server: the contract, and what only a server can suffer."""

import random
from datetime import UTC, datetime

import pytest
from tests.adapters.storage.table_places import OnPostgres, Place
from tests.adapters.storage.tables_contract import ADD, ALL, TablesContract

from miaohui.adapters.storage.postgres.log import open_postgres_log
from miaohui.adapters.storage.postgres.placeholders import numbered
from miaohui.domain.vocabulary.problems import ReaderError


class TestPostgresTables(OnPostgres, TablesContract):
    pass


def test_the_tables_lie_in_the_database_of_the_log(server, spoiled):
    place = Place(server.url(spoiled), server.key_of(spoiled))
    with place.opened() as tables, tables.writing() as turn:
        turn.run(ADD, "scope", b"subject", 1, 0)
    chance = random.Random(1).getrandbits
    with open_postgres_log(place.address, place.key, lambda: datetime.now(UTC), chance) as log:
        assert list(log.check()) == []
    assert server.value(spoiled, "SELECT count(*) FROM miaohui.login_failure") == 1


def test_a_database_without_tables_is_told_and_left_alone(server, spoiled):
    place = Place(server.url(spoiled), server.key_of(spoiled))
    with pytest.raises(ReaderError) as told:
        place.open(create=False)
    assert told.value.problems[0].key == "log.missing"
    assert not place.key.exists()


def test_a_restart_of_the_server_is_told_once_and_then_forgotten(server, database):
    place = Place(server.url(database, password="s3cret"), server.key_of(database))
    with place.opened() as tables:
        with tables.writing() as turn:
            turn.run(ADD, "kept", b"", 1, 0)
        with pytest.raises(ReaderError) as told:
            write_over_a_restart(server, tables)
        assert told.value.problems[0].key == "log.database_lost"
        assert "s3cret" not in repr(told.value.problems)
        with tables.reading() as turn:
            assert turn.rows(ALL) == [("kept", b"", 1, 0)]


def write_over_a_restart(server, tables) -> None:
    with tables.writing() as turn:
        turn.run(ADD, "lost", b"", 1, 0)
        server.stop()
        server.start()
        turn.run(ADD, "lost", b"\1", 1, 0)


def test_every_turn_is_synced_whatever_the_server_says(server, database):
    assert server.value(database, "SHOW synchronous_commit") == "off"
    place = Place(server.url(database), server.key_of(database))
    with place.opened() as tables, tables.writing() as turn:
        assert turn.row("SHOW synchronous_commit") == ("on",)


def test_places_are_numbered():
    assert numbered("SELECT 1") == "SELECT 1"
    assert numbered("a = ? AND b = 'it''s' OR c IN (?, ?)") == (
        "a = $1 AND b = 'it''s' OR c IN ($2, $3)"
    )


@pytest.mark.parametrize("statement", ["x = '?'", "x = ? AND y = 'so?'", 'SELECT "?"'])
def test_a_question_mark_inside_quotes_is_refused(statement):
    with pytest.raises(ValueError, match="inside quotes"):
        numbered(statement)
