"""Settings on both engines."""

from pathlib import Path

from tests.adapters.storage.settings_contract import BOSS, MAIL, SettingsContract
from tests.adapters.storage.table_places import OnPostgres, OnSqlite, contents


class TestSqliteSettings(OnSqlite, SettingsContract):
    def test_no_sealed_document_stands_in_the_files(self, settings, place):
        settings.keep("", "mail-of-the-house", MAIL, None, BOSS, sealed=True)
        written = b"".join(contents(Path(place.address).parent))
        assert b"mail-of-the-house" in written
        assert b"hunter2" not in written


class TestPostgresSettings(OnPostgres, SettingsContract):
    def test_no_sealed_document_stands_in_the_files(self, settings, server, database):
        settings.keep("", "mail-of-the-house", MAIL, None, BOSS, sealed=True)
        server.execute(database, "CHECKPOINT")
        written = b"".join(contents(server.data))
        assert b"mail-of-the-house" in written
        assert b"hunter2" not in written
