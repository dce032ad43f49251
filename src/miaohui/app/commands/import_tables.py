"""`miaohui import`: tables into a log, or into columns."""

import sys
from collections.abc import Sequence
from functools import partial
from hashlib import blake2b
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table as Grid

from miaohui.adapters.channels.table_import.looking import Look, look
from miaohui.adapters.channels.table_import.reading import read_events
from miaohui.adapters.channels.table_import.tables import open_table
from miaohui.adapters.storage.parquet.parts import write_parts
from miaohui.app.commands.answers import mapping_of, timezone_of
from miaohui.app.commands.progress import watched, watched_import
from miaohui.app.commands.rejects import Rejects, rejects_into
from miaohui.app.language import say, say_problem
from miaohui.app.packs import chosen_pack, known_layouts
from miaohui.app.places import Place
from miaohui.app.sources import Reading, file_of, frames_of, is_embedded_log
from miaohui.app.wiring import now, open_log_at
from miaohui.domain.vocabulary.problems import Problem, ReaderError
from miaohui.pipelines.facts import pour

FINGERPRINT_BYTES = 1 << 20


def import_tables(
    files: Sequence[Place],
    into: Place,
    columns: Path | None,
    pack: str,
    shop: str | None,
    timezone: str | None,
    mapping: Sequence[str],
    dry_run: bool,
    rejects: Path | None,
) -> None:
    """Take every file in that can be read; raises ReaderError for those that cannot, at the end."""
    rules = chosen_pack(pack)
    reading = Reading(
        known_layouts(rules),
        timezone_of(timezone, rules.pack.timezone),
        mapping_of(mapping),
        shop,
    )
    tables = [file_of(file) for file in files]
    for table in tables:
        if not table.is_file():
            key = "file.is_folder" if table.is_dir() else "file.missing"
            raise ReaderError(Problem(key, {"path": str(table)}))
    if dry_run:
        for file in tables:
            _show(look(file, reading.layouts, reading.mapping, shop, reading.timezone))
        return
    with rejects_into(rejects) as refused:
        if columns is not None:
            _into_columns(tables, columns, reading, refused)
        else:
            _into_log(tables, into, reading, refused)
        _tell_rejects(refused)


def _into_columns(files: Sequence[Path], columns: Path, reading: Reading, refused: Rejects) -> None:
    with watched(say("import.reading"), in_bytes=True) as tell:
        rows = write_parts(frames_of(files, reading, tell, refused.take), columns)
    _print(say("import.columns", {"rows": f"{rows:,}", "folder": columns}))


def _into_log(files: Sequence[Path], into: Place, reading: Reading, refused: Rejects) -> None:
    problems: list[Problem] = []
    with open_log_at(into, create=True) as log:
        for file in files:
            try:
                if is_embedded_log(file):
                    raise ReaderError(Problem("file.is_log", {"path": str(file)}))
                fingerprint = identity_of(file, reading)
                mark = log.bookmark(fingerprint)
                start = mark.position if mark and not mark.done else 0
                if start:
                    _print(say("import.resumed", {"file": file, "rows": f"{start:,}"}))
                table = open_table(
                    file, reading.layouts, reading.mapping, reading.shop, reading.timezone
                )
                with watched_import(file.name, say("import.taking")) as (tell, tell_taken):
                    events = read_events(
                        table,
                        partial(refused.take, file, table.headers),
                        progress=tell,
                        taken=tell_taken,
                        start_row=start,
                    )
                    taken = pour(events, log, fingerprint, start, now)
            except ReaderError as error:
                problems += error.problems
                continue
            values = {"file": file, "added": f"{taken.added:,}", "repeated": f"{taken.repeated:,}"}
            _print(say("import.done", {**values, "log": into}))
    if problems:
        _tell_rejects(refused)
        raise ReaderError(*problems)


def identity_of(file: Path, reading: Reading) -> str:
    """A file and the way it is read, known again by size, both ends and the options."""
    size = file.stat().st_size
    digest = blake2b(digest_size=16)
    digest.update(repr((size, reading.timezone, sorted(reading.mapping.items()))).encode())
    digest.update(repr(reading.shop).encode())
    digest.update(repr([layout.id for layout in reading.layouts]).encode())
    with file.open("rb") as content:
        digest.update(content.read(FINGERPRINT_BYTES))
        content.seek(max(0, size - FINGERPRINT_BYTES))
        digest.update(content.read(FINGERPRINT_BYTES))
    return digest.hexdigest()


def _show(seen: Look) -> None:
    grid = Grid(title=str(seen.path), show_header=False, title_justify="left")
    for name in ("format", "encoding", "separator", "sheet", "layout", "timezone"):
        value = getattr(seen, name)
        if value is not None:
            grid.add_row(say(f"look.{name}"), repr(value) if name == "separator" else str(value))
    grid.add_row(say("look.columns"), "\n".join(f"{a} ← {b}" for a, b in seen.columns.items()))
    grid.add_row(say("look.kept_beside"), ", ".join(seen.kept_beside))
    grid.add_row(say("look.order"), say("look.reversed" if seen.is_reversed else "look.forward"))
    rows = say("look.rows_value", {"rows": f"{seen.rows:,}", "rejects": len(seen.rejects)})
    grid.add_row(say("look.rows"), rows if seen.is_whole else rows + say("look.more"))
    zone = ZoneInfo(seen.timezone)
    for event in seen.events:
        who = f"{event.shop}/{event.conversation} {event.actor}/{event.origin}"
        said = f"{event.account or ''} {event.kind} {(event.payload.text or '')[:40]}"
        at = f"{event.at.astimezone(zone):%Y-%m-%d %H:%M:%S}"
        grid.add_row(say("look.event"), f"{at} {who} {said}")
    for reject in seen.rejects[:10]:
        problem = Problem(reject.key, reject.values, line=reject.line, column=reject.column)
        grid.add_row(say("look.reject"), say_problem(problem))
    Console().print(grid, markup=False)


def _tell_rejects(refused: Rejects) -> None:
    if refused.count:
        files = ", ".join(str(path) for path in refused.files())
        _print(say("import.rejected", {"rows": f"{refused.count:,}", "files": files}))


def _print(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
