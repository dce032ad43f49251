"""`miaohui backup`: a copy of a house, open or not, that is proved before it counts."""

import os
import sys
from pathlib import Path

from miaohui.adapters.storage.master_key import default_master_key_file
from miaohui.app.backups.folders import let_go
from miaohui.app.backups.making import Made, make_backup
from miaohui.app.commands.progress import watched
from miaohui.app.config import read_settings
from miaohui.app.language import say
from miaohui.app.places import Place, place_of
from miaohui.app.wiring import now


def back_up(target: Path, config: Path | None, log: Place | None, keep: int | None) -> None:
    """Back up what the settings, or `log`, name; then keep only the newest `keep` in `target`."""
    place = log or place_of(read_settings(config, os.environ).log)
    with watched(say("backup.copying")) as tell:
        made = make_backup(place, config, target, now, tell)
    _tell(made)
    if keep is not None:
        for each in let_go(target, keep):
            _print("backup.let_go", path=each)


def _tell(made: Made) -> None:
    contents = made.manifest.contents
    _print(
        "backup.done",
        path=made.folder,
        events=f"{contents.rows.get('event', 0):,}",
        megabytes=f"{sum(each.size_bytes for each in made.manifest.files) / 1e6:,.1f}",
    )
    if made.manifest.settings is None:
        _print("backup.without_settings")
    _print("backup.without_key", path=default_master_key_file(os.environ))


def _print(key: str, **values: object) -> None:
    sys.stdout.write(say(key, values) + "\n")
