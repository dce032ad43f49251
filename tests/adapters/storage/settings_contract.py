"""What settings must do on every engine. A place gives `place` (table_places.py)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import msgspec
import pytest
from msgspec.structs import replace

from miaohui.adapters.storage.directory_ports import Author, Deed, Obstacle
from miaohui.adapters.storage.settings_ports import SettingVersion, StoredSetting
from miaohui.adapters.storage.tables.recording import audit
from miaohui.adapters.storage.tables.settings import TableSettings
from miaohui.domain.vocabulary.problems import ReaderError

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
LATER = NOON + timedelta(minutes=5)
BOSS = Author("a-boss", NOON, "10.0.0.9")
LI = Author("a-li", LATER)
QUIET = b'{"quiet": [23, 7], "ways": ["sound"]}'
LOUD = b'{"quiet": [23, 7], "ways": ["sound", "email"]}'
MAIL = b'{"host": "smtp.example.com", "password": "hunter2-hunter2"}'


def edit_until(settings: TableSettings, author: Author, times: int) -> int:
    """Add one to a document as often, looking again whenever somebody was faster."""
    won = 0
    while won < times:
        found = settings.read("tea", "count")
        count = msgspec.json.decode(found.value) if found else 0
        version = found.version if found else None
        kept = settings.keep("tea", "count", str(count + 1).encode(), version, author)
        won += isinstance(kept, StoredSetting)
    return won


class SettingsContract:
    """Inherit, and say where."""

    @pytest.fixture
    def tables(self, place):
        with place.opened() as tables:
            yield tables

    @pytest.fixture
    def settings(self, tables):
        return TableSettings(tables)

    @pytest.fixture
    def told(self, tables):
        """What was done, oldest first."""
        return lambda: [entry.deed for entry in reversed(audit(tables, None, 100, None))]

    def test_a_document_stands_as_it_was_kept_until_it_is_changed(self, settings, place):
        assert settings.read("tea", "alarms") is None
        first = settings.keep("tea", "alarms", QUIET, None, BOSS)
        assert first == StoredSetting(QUIET, 1, NOON, "a-boss")
        assert settings.read("tea", "alarms") == first
        second = settings.keep("tea", "alarms", LOUD, 1, LI)
        assert second == StoredSetting(LOUD, 2, LATER, "a-li")
        with place.opened() as other:
            assert TableSettings(other).read("tea", "alarms") == second

    def test_scopes_and_names_stand_apart(self, settings):
        settings.keep("tea", "alarms", b"1", None, BOSS)
        settings.keep("", "alarms", b"2", None, BOSS)
        settings.keep("silk", "alarms", b"3", None, BOSS)
        settings.keep("silk", "alarms", b"4", 1, BOSS)
        settings.keep("tea", "routing", b"5", None, BOSS)
        found = settings.all("alarms")
        assert {scope: each.value for scope, each in found.items()} == {
            "tea": b"1",
            "": b"2",
            "silk": b"4",
        }
        assert found["silk"] == settings.read("silk", "alarms")
        assert settings.all("nothing") == {}
        assert settings.read("", "routing") is None

    def test_who_has_seen_another_version_changes_nothing(self, settings, told):
        assert settings.keep("tea", "alarms", QUIET, 1, BOSS) is Obstacle.CHANGED_MEANWHILE
        assert settings.read("tea", "alarms") is None
        settings.keep("tea", "alarms", QUIET, None, BOSS)
        settings.keep("tea", "alarms", LOUD, 1, BOSS)
        for seen in (None, 1, 3):
            kept = settings.keep("tea", "alarms", b"{}", seen, LI)
            assert kept is Obstacle.CHANGED_MEANWHILE
        assert settings.read("tea", "alarms").value == LOUD
        assert len(told()) == 2

    def test_a_change_that_is_repeated_or_changes_nothing_is_no_deed(self, settings, told):
        settings.keep("tea", "alarms", LOUD, None, BOSS)
        kept = settings.keep("tea", "alarms", QUIET, 1, BOSS)
        assert settings.keep("tea", "alarms", QUIET, 1, replace(BOSS, at=LATER)) == kept
        assert settings.keep("tea", "alarms", QUIET, 2, LI) == kept
        assert len(told()) == len(settings.history("tea", "alarms")) == 2

    def test_who_makes_the_same_change_as_somebody_faster_is_told(self, settings):
        kept = settings.keep("tea", "alarms", QUIET, None, BOSS)
        for author, seen in ((LI, None), (BOSS, 7), (LI, 7)):
            found = settings.keep("tea", "alarms", QUIET, seen, author)
            assert found is Obstacle.CHANGED_MEANWHILE
        assert settings.read("tea", "alarms") == kept

    def test_a_change_is_told_by_the_fields_that_changed(self, settings, told):
        settings.keep("tea", "alarms", QUIET, None, BOSS)
        settings.keep("tea", "alarms", LOUD, 1, LI)
        settings.keep("", "days", b"30", None, BOSS)
        settings.keep("", "days", b"60", 1, BOSS)
        settings.keep("", "days", b"{}", 2, BOSS)
        what = "setting.changed"
        assert told() == [
            Deed(what, "tea/alarms", None, {"quiet": [23, 7], "ways": ["sound"]}),
            Deed(what, "tea/alarms", {"ways": ["sound"]}, {"ways": ["sound", "email"]}),
            Deed(what, "days", None, {"value": 30}),
            Deed(what, "days", {"value": 30}, {"value": 60}),
            Deed(what, "days", {"value": 60}, {}),
        ]

    def test_a_deed_has_its_author(self, settings, tables):
        settings.keep("tea", "alarms", QUIET, None, BOSS)
        settings.keep("tea", "alarms", LOUD, 1, LI)
        assert [entry.author for entry in audit(tables, None, 9, "tea/alarms")] == [LI, BOSS]

    def test_the_history_is_told_newest_first(self, settings):
        for version in range(5):
            settings.keep("tea", "count", str(version).encode(), version or None, BOSS)
        settings.keep("silk", "count", b"9", None, BOSS)
        told = settings.history("tea", "count", limit=3)
        assert told == [
            SettingVersion(str(version - 1).encode(), version, NOON, "a-boss")
            for version in (5, 4, 3)
        ]
        assert len(settings.history("tea", "count")) == 5
        assert settings.history("tea", "other") == settings.history("tea", "count", limit=0) == []

    def test_what_is_no_json_is_refused(self, settings):
        with pytest.raises(msgspec.DecodeError):
            settings.keep("tea", "alarms", b"{quiet}", None, BOSS)
        assert settings.read("tea", "alarms") is None

    def test_a_write_that_fails_in_the_middle_leaves_nothing(self, settings, place):
        with place.broken_in_the_middle():
            settings.keep("tea", "alarms", QUIET, None, BOSS)
        assert settings.read("tea", "alarms") is None
        assert isinstance(settings.keep("tea", "alarms", QUIET, None, BOSS), StoredSetting)

    # Sealed

    def test_a_sealed_document_is_read_and_told_nowhere_else(self, settings, told):
        kept = settings.keep("", "mail", MAIL, None, BOSS, sealed=True)
        assert kept == StoredSetting(MAIL, 1, NOON, "a-boss", True)
        assert settings.read("", "mail") == settings.all("mail")[""] == kept
        assert told() == [Deed("setting.changed", "mail")]
        assert settings.history("", "mail") == [SettingVersion(None, 1, NOON, "a-boss", True)]
        assert "hunter2" not in repr((kept, settings.history("", "mail")))

    def test_a_sealed_document_is_destroyed_by_the_next_change(self, settings, place):
        settings.keep("tea", "mail", MAIL, None, BOSS, sealed=True)
        settings.keep("tea", "mail", b'{"password": "other"}', 1, BOSS, sealed=True)
        settings.keep("silk", "mail", MAIL, None, BOSS, sealed=True)
        with place.opened() as tables, tables.reading() as turn:
            left = turn.rows("SELECT scope, version FROM setting WHERE value IS NOT NULL")
        assert sorted(left) == [("silk", 1), ("tea", 2)]

    def test_sealing_and_opening_a_document_tells_no_more_than_what_is_open(self, settings, told):
        settings.keep("", "mail", b'{"host": "a"}', None, BOSS)
        settings.keep("", "mail", MAIL, 1, BOSS, sealed=True)
        assert settings.keep("", "mail", MAIL, 2, BOSS, sealed=True).version == 2
        settings.keep("", "mail", b'{"host": "b"}', 2, BOSS)
        assert [(deed.before, deed.after) for deed in told()] == [
            (None, {"host": "a"}),
            ({"host": "a"}, None),
            (None, {"host": "b"}),
        ]
        values = [each.value for each in settings.history("", "mail")]
        assert values == [b'{"host": "b"}', None, b'{"host": "a"}']

    def test_a_sealed_document_opens_only_in_its_row_and_can_be_entered_anew(self, settings, place):
        for scope in ("tea", "silk"):
            settings.keep(scope, "mail", MAIL, None, BOSS, sealed=True)
        place.edit(
            "UPDATE setting SET value = (SELECT value FROM setting WHERE scope = 'tea')"
            " WHERE scope = 'silk'"
        )
        assert settings.read("tea", "mail").value == MAIL
        with pytest.raises(ReaderError) as told:
            settings.read("silk", "mail")
        (problem,) = told.value.problems
        assert (problem.key, problem.values["setting"]) == ("setting.damaged", "silk/mail")
        (version,) = settings.history("silk", "mail")
        anew = settings.keep("silk", "mail", MAIL, version.version, BOSS, sealed=True)
        assert settings.read("silk", "mail") == anew

    # At once

    def test_of_many_who_change_one_version_at_once_one_does(self, settings, place):
        settings.keep("tea", "alarms", QUIET, None, BOSS)
        start = Barrier(6)

        def attempt(number: int) -> StoredSetting | Obstacle:
            with place.opened() as tables:
                start.wait()
                value = f'{{"by": {number}}}'.encode()
                return TableSettings(tables).keep("tea", "alarms", value, 1, BOSS)

        with ThreadPoolExecutor(6) as pool:
            answers = list(pool.map(attempt, range(6)))
        (kept,) = (each for each in answers if isinstance(each, StoredSetting))
        assert answers.count(Obstacle.CHANGED_MEANWHILE) == 5
        assert settings.read("tea", "alarms") == kept

    def test_processes_that_edit_at_once_overwrite_no_edit(self, settings, place):
        assert place.raced("edits") == [15, 15]
        found = settings.read("tea", "count")
        assert (found.value, found.version) == (b"30", 30)

    def test_any_name_is_taken(self, settings):
        odd = "a\0b\x1a0 '亲'"
        kept = settings.keep(odd, odd, MAIL, None, BOSS, sealed=True)
        assert settings.read(odd, odd) == settings.all(odd)[odd] == kept
