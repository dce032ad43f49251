"""Is the master key there, is it the one of this log, and can nobody else read it?"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from miaohui.adapters.storage.master_key import read_master_key
from miaohui.adapters.storage.sealing import derive_keys
from miaohui.app.doctor.findings import Finding, fine, warning, wrong, wrong_by
from miaohui.app.places import Database, Place
from miaohui.domain.vocabulary.problems import ReaderError

CHECK = "master_key"
OTHERS = stat.S_IRWXG | stat.S_IRWXO


def key_findings(path: Path, log: Place, mark: bytes | None) -> Iterator[Finding]:
    """`mark`: by which the log knows its own key; None: there is no log yet."""
    if mark is None and not path.exists():
        yield fine(CHECK, "key_to_be_made", path=path)
        return
    try:
        key = read_master_key(path)
    except ReaderError as error:
        yield from wrong_by(CHECK, error)
        return
    if mark is not None and derive_keys(key).mark != mark:
        yield wrong(CHECK, "other_key", path=path, log=log)
    else:
        yield fine(CHECK, "key_fits", path=path)
    # Windows gives a new file of a user's to that user.
    if os.name == "posix" and path.stat().st_mode & OTHERS:
        yield wrong(CHECK, "key_open", path=path, mode=f"{stat.S_IMODE(path.stat().st_mode):o}")
    if not isinstance(log, Database) and path.resolve().parent == log.resolve().parent:
        yield warning(CHECK, "key_beside_log", path=path)
