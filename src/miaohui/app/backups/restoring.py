"""A backup put back into a new place, and proved there."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from miaohui.adapters.storage.durable import sync_file, sync_folder
from miaohui.adapters.storage.master_key import read_master_key
from miaohui.adapters.storage.sealing import derive_keys
from miaohui.app.backups.making import MEDIA, media_of
from miaohui.app.backups.manifest import Manifest
from miaohui.app.places import Database, Place
from miaohui.app.wiring import open_log_at
from miaohui.domain.vocabulary.problems import Problem, ReaderError


def fits(manifest: Manifest, key_file: Path) -> bool:
    """Whether the master key in a file is the one that the backup was made under.

    Raises ReaderError as `read_master_key` does.
    """
    return derive_keys(read_master_key(key_file)).mark.hex() == manifest.contents.key_mark


def restore(folder: Path, manifest: Manifest, place: Place, key_file: Path) -> None:
    """Put a sound backup back; `place` must be new. A file has its name only once it was checked,
    a database is filled all at once and checked then.

    Raises ReaderError `restore.taken`, `restore.into_file`, `restore.into_database`,
    `restore.differs`, and whatever is wrong with the log.
    """
    match place, manifest.contents.engine:
        case Database(), "postgres":
            _into_database(folder / manifest.log, manifest, place, key_file)
        case Path(), "sqlite":
            _into_file(folder, manifest, place, key_file)
        case _, "postgres":
            raise ReaderError(Problem("restore.into_database", {"path": str(folder)}))
        case _:
            raise ReaderError(Problem("restore.into_file", {"path": str(folder)}))


def restore_settings(folder: Path, manifest: Manifest, target: Path) -> None:
    """Put the settings file back. Raises ReaderError `restore.taken`, `restore.no_settings`."""
    if manifest.settings is None:
        raise ReaderError(Problem("restore.no_settings", {"path": str(folder)}))
    try:
        with target.open("xb") as file:
            file.write((folder / manifest.settings).read_bytes())
    except FileExistsError:
        raise ReaderError(Problem("restore.taken", {"path": str(target)})) from None
    sync_file(target)


def _into_file(folder: Path, manifest: Manifest, place: Path, key_file: Path) -> None:
    media = media_of(place)
    assert media is not None
    # Also what an older log of that name left behind: SQLite would take it for the new one's.
    beside = (place.with_name(f"{place.name}{end}") for end in ("-wal", "-shm", "-journal"))
    for each in (place, media, *beside):
        if each.exists():
            raise ReaderError(Problem("restore.taken", {"path": str(each)}))
    place.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=f".{place.name}-", dir=place.parent) as drafts:
        draft, media_draft = Path(drafts) / manifest.log, Path(drafts) / MEDIA
        shutil.copyfile(folder / manifest.log, draft)
        _prove(draft, manifest, key_file)
        sync_file(draft)
        if (folder / MEDIA).is_dir():
            shutil.copytree(folder / MEDIA, media_draft)
            media_draft.rename(media)
        draft.rename(place)
    sync_folder(place.parent)


def _into_database(dump: Path, manifest: Manifest, place: Database, key_file: Path) -> None:
    from miaohui.adapters.storage.postgres.dumping import restore_log
    from miaohui.adapters.storage.postgres.migration import migrations

    if manifest.contents.step > migrations()[-1].number:
        values = {"path": str(dump.parent), "version": manifest.made_by}
        raise ReaderError(Problem("backup.newer", values))
    restore_log(place.url, dump)
    _prove(place, manifest, key_file)


def _prove(place: Place, manifest: Manifest, key_file: Path) -> None:
    """Raises ReaderError with everything that is wrong with a log that was put back."""
    with open_log_at(place, create=False, key_file=key_file) as log:
        problems = log.check()
        seqs = log.chats().newest_seqs()
    if problems:
        raise ReaderError(*problems)
    if dict(seqs) != dict(manifest.contents.newest_seqs):
        raise ReaderError(Problem("restore.differs", {"path": str(place)}))
