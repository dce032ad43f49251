"""The master key: 32 bytes in a file of their own, outside every database.

Whoever holds the database without this file can read no name and no text.
"""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import platformdirs

from miaohui.adapters.storage.durable import sync_folder
from miaohui.domain.vocabulary.problems import Problem, ReaderError

MASTER_KEY_BYTES = 32
ENVIRONMENT_NAME = "MIAOHUI_MASTER_KEY_FILE"


def default_master_key_file(environment: Mapping[str, str]) -> Path:
    """Where the key lies: what MIAOHUI_MASTER_KEY_FILE says, else the user's data folder."""
    named = environment.get(ENVIRONMENT_NAME)
    if named:
        return Path(named).expanduser()
    return platformdirs.user_data_path("miaohui", appauthor=False) / "master.key"


def read_master_key(path: Path) -> bytes:
    """The key in the file (64 hex digits).

    Raises ReaderError: `master_key.missing`, `master_key.unreadable`, `master_key.damaged`.
    """
    try:
        key = bytes.fromhex(path.read_text("ascii"))
    except FileNotFoundError:
        raise _trouble("master_key.missing", path) from None
    except OSError as error:
        raise _trouble("master_key.unreadable", path, error) from None
    except ValueError:
        raise _trouble("master_key.damaged", path) from None
    if len(key) != MASTER_KEY_BYTES:
        raise _trouble("master_key.damaged", path)
    return key


def make_master_key(path: Path) -> bytes:
    """Read the key, or make the file (mode 0600) if there is none. Two makers get one key.

    Raises ReaderError as `read_master_key`, and `master_key.unwritable`.
    """
    if not path.exists():
        try:
            _write_new(path, secrets.token_bytes(MASTER_KEY_BYTES))
        except OSError as error:
            raise _trouble("master_key.unwritable", path, error) from None
    return read_master_key(path)


def _write_new(path: Path, key: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        _write_durably(draft, f"{key.hex()}\n".encode("ascii"))
        _name_unless_taken(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    sync_folder(path.parent)


def _write_durably(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _name_unless_taken(draft: Path, path: Path) -> None:
    # A link, unlike a rename, never replaces a key that somebody else made meanwhile.
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        return
    except OSError:
        # A disk that knows no links, as a USB stick has.
        with suppress(FileExistsError):
            _write_durably(path, draft.read_bytes())


def _trouble(key: str, path: Path, error: OSError | None = None) -> ReaderError:
    values = {"reason": error.strerror or str(error)} if error else {}
    return ReaderError(Problem(key, {"path": str(path), **values}, file=str(path)))
