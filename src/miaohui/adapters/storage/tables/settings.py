"""Documents of settings, each version a row that stays (settings_ports.Settings)."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from miaohui.adapters.storage.directory_ports import Author, Deed, Obstacle
from miaohui.adapters.storage.sealing import seal, unseal
from miaohui.adapters.storage.settings_ports import SettingVersion, StoredSetting
from miaohui.adapters.storage.table_ports import Row, Tables, Turn
from miaohui.adapters.storage.tables.cards import Plain, differences
from miaohui.adapters.storage.tables.failures import trouble
from miaohui.adapters.storage.tables.recording import write_deed
from miaohui.domain.vocabulary.instants import instant_of, micros_of

FIND = """
SELECT scope, name, version, value, is_sealed, changed_at, changed_by FROM setting
WHERE scope = ? AND name = ? ORDER BY version DESC LIMIT ?
"""
FIND_ALL = """
SELECT scope, name, version, value, is_sealed, changed_at, changed_by FROM setting
WHERE name = ? AND version = (
    SELECT max(version) FROM setting AS newer
    WHERE newer.scope = setting.scope AND newer.name = setting.name
)
"""
ADD = """
INSERT INTO setting (scope, name, version, value, is_sealed, changed_at, changed_by)
VALUES (?, ?, ?, ?, ?, ?, ?)
"""
DESTROY_SEALED = """
UPDATE setting SET value = NULL
WHERE scope = ? AND name = ? AND version < ? AND is_sealed = 1 AND value IS NOT NULL
"""


class TableSettings:
    """settings_ports.Settings on the tables of either engine."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def read(self, scope: str, name: str) -> StoredSetting | None:
        """See settings_ports.Settings."""
        with self._tables.reading() as turn:
            row = turn.row(FIND, scope, name, 1)
        return self._standing(row) if row else None

    def all(self, name: str) -> Mapping[str, StoredSetting]:
        """See settings_ports.Settings."""
        with self._tables.reading() as turn:
            rows = turn.rows(FIND_ALL, name)
        return {row[0]: self._standing(row) for row in rows}

    def keep(
        self,
        scope: str,
        name: str,
        value: bytes,
        expected_version: int | None,
        author: Author,
        *,
        sealed: bool = False,
    ) -> StoredSetting | Obstacle:
        """See settings_ports.Settings."""
        msgspec.json.decode(value)
        version = (expected_version or 0) + 1
        after = StoredSetting(value, version, author.at, author.account, sealed)
        with self._tables.writing() as turn:
            row = turn.row(FIND, scope, name, 1)
            before = self._version(*row) if row else None
            if row and before and _is_repeat(before, after):
                return self._standing(row)
            if expected_version != (before.version if before else None):
                return Obstacle.CHANGED_MEANWHILE
            self._write(turn, scope, name, after)
            deed = Deed("setting.changed", _subject(scope, name), *_changes(before, after))
            write_deed(turn, author, deed)
        return after

    def history(self, scope: str, name: str, limit: int = 100) -> Sequence[SettingVersion]:
        """See settings_ports.Settings."""
        with self._tables.reading() as turn:
            rows = turn.rows(FIND, scope, name, max(0, limit))
        versions = [self._version(*row) for row in rows]
        return [replace(each, value=None) if each.is_sealed else each for each in versions]

    def _standing(self, row: Row) -> StoredSetting:
        found = self._version(*row)
        if found.value is None:
            raise trouble("setting.damaged", self._tables, setting=_subject(*row[:2]))
        return StoredSetting(
            found.value, found.version, found.changed_at, found.changed_by, found.is_sealed
        )

    def _version(self, scope: str, name: str, version: int, *rest: Any) -> SettingVersion:
        """A row read; a sealed value that was destroyed or does not open is None."""
        value, is_sealed, at, by = rest
        if is_sealed and value is not None:
            value = unseal(self._tables.keys.wrapping, value, _bound(scope, name, version))
        return SettingVersion(value, version, instant_of(at), by, bool(is_sealed))

    def _write(self, turn: Turn, scope: str, name: str, setting: StoredSetting) -> None:
        value, version = setting.value, setting.version
        if setting.is_sealed:
            value = seal(self._tables.keys.wrapping, value, _bound(scope, name, version))
        at, by = micros_of(setting.changed_at), setting.changed_by
        turn.run(ADD, scope, name, version, value, int(setting.is_sealed), at, by)
        turn.run(DESTROY_SEALED, scope, name, version)


def _subject(scope: str, name: str) -> str:
    return f"{scope}/{name}" if scope else name


def _bound(scope: str, name: str, version: int) -> bytes:
    # The length keeps ("ab", "c") and ("a", "bc") apart.
    return f"setting {version} {len(scope)}:{scope}{name}".encode()


def _is_repeat(before: SettingVersion, after: StoredSetting) -> bool:
    """Whether a change changes nothing, or was made already by the same author."""
    if (before.value, before.is_sealed) != (after.value, after.is_sealed):
        return False
    if before.version == after.version:
        return before.changed_by == after.changed_by
    return before.version == after.version - 1


def _changes(
    before: SettingVersion | None, after: StoredSetting
) -> tuple[Plain | None, Plain | None]:
    """Of two documents, the fields that differ; all of one alone, and nothing of a sealed one."""
    old, new = _open_part(before), _open_part(after)
    if old is None or new is None:
        return old, new
    return differences(old, new)


def _open_part(setting: SettingVersion | StoredSetting | None) -> Plain | None:
    if setting is None or setting.value is None or setting.is_sealed:
        return None
    document = msgspec.json.decode(setting.value)
    return document if isinstance(document, dict) else {"value": document}
