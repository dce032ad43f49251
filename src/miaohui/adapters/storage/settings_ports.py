"""What the house asks of storage about its settings: documents of JSON, each version kept.

A `scope` is the id of a shop, or empty for the house; a `name` says what is set. Every change is
a deed in the audit log, in the same transaction. Every implementation runs
tests/adapters/storage/settings_contract.py. All calls block, and raise ReaderError as the log does.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from miaohui.adapters.storage.directory_ports import Author, Obstacle


class StoredSetting(msgspec.Struct, frozen=True):
    """A document as it stands. `version` is 1 at first and one more with each change.

    `changed_by` is an account's id, None for the house itself.
    """

    value: bytes
    version: int
    changed_at: datetime
    changed_by: str | None = None
    is_sealed: bool = False

    def __repr__(self) -> str:
        return f"StoredSetting(version={self.version})"


class SettingVersion(msgspec.Struct, frozen=True):
    """A document as it stood once. `value` is None where it was sealed."""

    value: bytes | None
    version: int
    changed_at: datetime
    changed_by: str | None = None
    is_sealed: bool = False

    def __repr__(self) -> str:
        return f"SettingVersion(version={self.version})"


class Settings(Protocol):
    """Documents of settings."""

    def read(self, scope: str, name: str) -> StoredSetting | None:
        """The document as it stands; None if nothing was ever set.

        Raises ReaderError `setting.damaged` for a sealed one that does not open.
        """
        ...

    def all(self, name: str) -> Mapping[str, StoredSetting]:
        """The documents of one name by their scopes."""
        ...

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
        """Change a document from the version that its author has seen, None for none.

        CHANGED_MEANWHILE if another stands there. What changes nothing, and the repeat of a change
        by the same author, writes nothing. `sealed` is for secrets: the document lies under the
        master key, its value stands neither in the audit log nor in the history, and is destroyed
        by the next change.
        Raises msgspec.DecodeError for what is no JSON.
        """
        ...

    def history(self, scope: str, name: str, limit: int = 100) -> Sequence[SettingVersion]:
        """The newest versions of a document, newest first."""
        ...
