"""`miaohui restore`: a backup put back into a new place."""

import os
import sys
from pathlib import Path

import click

from miaohui.adapters.storage.master_key import default_master_key_file
from miaohui.app.backups.manifest import Manifest, read_manifest
from miaohui.app.backups.restoring import fits, restore_settings
from miaohui.app.backups.restoring import restore as put_back
from miaohui.app.language import say, say_problem
from miaohui.app.places import Place
from miaohui.domain.vocabulary.problems import Problem, ReaderError


def restore(source: Path, target: Place, key: Path | None, settings_to: Path | None) -> None:
    """Put a backup back, under the master key in `key`, in the usual place, or wherever whoever
    sits at the terminal says."""
    manifest = read_manifest(source)
    key_file = _key_file(manifest, key)
    put_back(source, manifest, target, key_file)
    _tell(manifest, target, key_file)
    if settings_to is not None:
        restore_settings(source, manifest, settings_to)
        _print("restore.settings", path=settings_to, log=target)


def _key_file(manifest: Manifest, given: Path | None) -> Path:
    """Raises ReaderError `restore.other_key`, `master_key.*`."""
    usual = default_master_key_file(os.environ)
    if given is not None or usual.exists() or not sys.stdin.isatty():
        return _fitting(manifest, given or usual)
    while True:
        typed = click.prompt(say("restore.which_key"), type=click.Path(path_type=Path))
        try:
            return _fitting(manifest, typed)
        except ReaderError as error:
            click.echo(say_problem(error.problems[0]), err=True)


def _fitting(manifest: Manifest, key_file: Path) -> Path:
    if not fits(manifest, key_file):
        raise ReaderError(Problem("restore.other_key", {"path": str(key_file)}))
    return key_file


def _tell(manifest: Manifest, target: Place, key_file: Path) -> None:
    contents = manifest.contents
    newest = contents.newest_received_at
    _print(
        "restore.done",
        log=target,
        events=f"{contents.rows.get('event', 0):,}",
        newest="-" if newest is None else f"{newest.astimezone():%Y-%m-%d %H:%M:%S %z}",
    )
    for shop, seq in sorted(contents.newest_seqs.items()):
        _print("restore.shop", shop=shop, seq=f"{seq:,}")
    if key_file != default_master_key_file(os.environ):
        _print("restore.key", path=key_file)


def _print(key: str, **values: object) -> None:
    sys.stdout.write(say(key, values) + "\n")
