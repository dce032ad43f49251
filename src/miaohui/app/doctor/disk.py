"""Is there room beside the log, may we write there, and how long until something is on the disk?"""

import os
import secrets
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from miaohui.app.doctor.findings import Finding, fine, warning, wrong

CHECK = "disk"
FULL_BYTES, LOW_BYTES = 200 << 20, 2 << 30
SLOW_MS, TRIED = 50.0, 5
PAGE = b"\0" * 4096


def disk_findings(folder: Path) -> Iterator[Finding]:
    """Of the folder in which a log lies."""
    if not folder.is_dir():
        yield wrong(CHECK, "no_folder", path=folder)
        return
    yield _room(folder)
    try:
        took = sorted(_synced(folder) for _ in range(TRIED))[TRIED // 2]
    except OSError as error:
        yield wrong(CHECK, "cannot_write", path=folder, reason=error.strerror or str(error))
        return
    kind = fine if took < SLOW_MS else warning
    yield kind(CHECK, "sync" if took < SLOW_MS else "slow_sync", milliseconds=f"{took:.1f}")


def _room(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    values = {"path": folder, "gigabytes": f"{free / (1 << 30):.1f}"}
    if free < FULL_BYTES:
        return wrong(CHECK, "disk_full", **values)
    return (fine if free >= LOW_BYTES else warning)(
        CHECK, "room" if free >= LOW_BYTES else "disk_low", **values
    )


def _synced(folder: Path) -> float:
    """How long one small write takes to be on the disk, in ms."""
    path = folder / f".miaohui-doctor-{secrets.token_hex(8)}"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb", buffering=0) as file:
            started = time.perf_counter()
            file.write(PAGE)
            os.fsync(file.fileno())
            return (time.perf_counter() - started) * 1e3
    finally:
        path.unlink(missing_ok=True)
