"""Folders of backups: one has its name only when it is whole, and loses it before it goes."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from miaohui.adapters.storage.durable import sync_file, sync_folder
from miaohui.app.backups.manifest import heading_of

PREFIX = "miaohui-"
MAKING, GOING = ".making-", ".going-"
# Whoever began so long ago was killed.
GIVEN_UP_AFTER = timedelta(days=1)


@contextmanager
def new_backup(target: Path, now: datetime) -> Iterator[tuple[Path, Path]]:
    """A folder to fill, and the name that it has once all of it is on the disk."""
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    _clear_up(target, now)
    named = _free_name(target, now)
    making = target / f"{MAKING}{named.name}-{os.getpid()}"
    making.mkdir(mode=0o700)
    try:
        yield making, named
        for path in making.rglob("*"):
            sync_folder(path) if path.is_dir() else sync_file(path)
        sync_folder(making)
        making.rename(named)
        sync_folder(target)
    finally:
        shutil.rmtree(making, ignore_errors=True)


def backups_in(target: Path) -> list[Path]:
    """The whole backups in a folder, newest first."""
    named = [each for each in target.glob(f"{PREFIX}*") if heading_of(each) is not None]
    return sorted(named, key=_age, reverse=True)


def let_go(target: Path, keep: int) -> list[Path]:
    """Remove all but the newest backups; which ones went."""
    old = backups_in(target)[keep:]
    for each in old:
        going = each.with_name(f"{GOING}{each.name}")
        each.rename(going)
        shutil.rmtree(going)
    return old


def _free_name(target: Path, now: datetime) -> Path:
    """Of one second the second has the number 2, and so on: no name is given again, or the newest
    would pass for the oldest."""
    wanted = target / f"{PREFIX}{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    numbers = [_age(each)[1] for each in target.glob(f"{wanted.name}*")]
    return wanted.with_name(f"{wanted.name}-{max(numbers) + 1}") if numbers else wanted


def _age(backup: Path) -> tuple[str, int]:
    second, _, number = backup.name.removeprefix(PREFIX).partition("-")
    return second, int(number) if number.isdigit() else 1


def _clear_up(target: Path, now: datetime) -> None:
    """What was left behind by others that were killed."""
    for each in target.glob(f"{GOING}*"):
        shutil.rmtree(each, ignore_errors=True)
    for each in target.glob(f"{MAKING}*"):
        if now - datetime.fromtimestamp(each.stat().st_mtime, UTC) > GIVEN_UP_AFTER:
            shutil.rmtree(each, ignore_errors=True)
