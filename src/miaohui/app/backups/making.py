"""A backup of a house, which may be open: copied at one moment, then opened and checked."""

import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from miaohui import __version__
from miaohui.adapters.storage.contents import Contents
from miaohui.adapters.storage.durable import sync_file
from miaohui.adapters.storage.sqlite.copying import contents_of, copy_log
from miaohui.app.backups.folders import new_backup
from miaohui.app.backups.manifest import Manifest, files_in, write_manifest
from miaohui.app.places import Database, Place
from miaohui.app.wiring import open_embedded_log
from miaohui.domain.vocabulary.problems import Problem, ReaderError

LOG_FILE, DUMP_FILE, SETTINGS_FILE, MEDIA = "log.db", "log.dump", "settings.toml", "media"
Tell = Callable[[int, int], None]


class Made(NamedTuple):
    """A backup that is whole."""

    folder: Path
    manifest: Manifest


def make_backup(
    log: Place, settings: Path | None, target: Path, clock: Callable[[], datetime], tell: Tell
) -> Made:
    """Back a house up into a new folder in `target`. Whatever was acknowledged before is in it.

    The master key is not. Raises ReaderError for what cannot be read, written or proved; nothing
    is left behind then that looks like a backup.
    """
    begun_at = clock()
    with new_backup(target, begun_at) as (making, named):
        contents = _log_copied(log, making, tell)
        # After the log: every picture that it names is there, unless its buyer was erased since.
        _copy_media(media_of(log), making / MEDIA)
        if settings is not None:
            shutil.copyfile(settings, making / SETTINGS_FILE)
        manifest = Manifest(
            made_by=__version__,
            begun_at=begun_at,
            origin=str(log),
            log=DUMP_FILE if isinstance(log, Database) else LOG_FILE,
            settings=None if settings is None else SETTINGS_FILE,
            contents=contents,
            files=files_in(making),
        )
        write_manifest(making, manifest)
    return Made(named, manifest)


def media_of(log: Place) -> Path | None:
    """The folder of media beside a log in a file; a database keeps them itself."""
    return None if isinstance(log, Database) else log.with_name(f"{log.name}.media")


def _log_copied(log: Place, making: Path, tell: Tell) -> Contents:
    return _dumped(log, making) if isinstance(log, Database) else _copied(log, making, tell)


def _copied(log: Path, making: Path, tell: Tell) -> Contents:
    copy = making / LOG_FILE
    copy_log(log, copy, tell)
    with open_embedded_log(copy, create=False) as opened:
        problems = opened.check()
    if problems:
        raise ReaderError(Problem("backup.unsound", {"path": str(log)}), *problems)
    contents = contents_of(copy)
    sync_file(copy)
    return contents


def _dumped(log: Database, making: Path) -> Contents:
    # Only those who have such a database wait for its driver.
    from miaohui.adapters.storage.postgres.dumping import dump_log, rows_in_dump

    dump = making / DUMP_FILE
    contents = dump_log(log.url, dump)
    if rows_in_dump(log.url, dump) != contents.rows:
        raise ReaderError(Problem("backup.unsound", {"path": str(log)}))
    return contents


def _copy_media(source: Path | None, target: Path) -> None:
    if source is None or not source.is_dir():
        return
    for path in sorted(source.rglob("*")):
        copy = target / path.relative_to(source)
        if path.is_dir():
            copy.mkdir(parents=True, exist_ok=True)
        else:
            copy.parent.mkdir(parents=True, exist_ok=True)
            # One that has gone meanwhile was its buyer's, who was erased.
            with suppress(FileNotFoundError):
                shutil.copyfile(path, copy)
