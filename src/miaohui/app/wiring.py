"""Who is who: the concrete adapters behind the ports."""

import os
import secrets
from datetime import UTC, datetime
from pathlib import Path

from miaohui.adapters.storage.master_key import default_master_key_file
from miaohui.adapters.storage.sqlite.log import SqliteLog, open_log


def open_embedded_log(path: Path, create: bool) -> SqliteLog:
    """The embedded log at `path`, under the master key of this user."""
    key_file = default_master_key_file(os.environ)
    return open_log(path, key_file, now, secrets.randbits, create=create)


def now() -> datetime:
    """The clock."""
    return datetime.now(UTC)
