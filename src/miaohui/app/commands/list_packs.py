"""`miaohui packs list`, `check` and `schema`: which packs there are, and are they sound."""

import sys
from collections.abc import Sequence

import msgspec
from rich.cells import cell_len, set_cell_size

from miaohui.adapters.pack_files.headings import known_packs
from miaohui.app.language import language, say, say_problem
from miaohui.app.packs import pack_folders
from miaohui.domain.rules.pack import DateRange
from miaohui.domain.vocabulary.problems import Problem, ReaderError


def list_packs() -> None:
    """One line for each pack; files that cannot be read are told after them."""
    known = known_packs(pack_folders())
    rows = [[say(f"packs.{column}") for column in ("name", "title", "platform", "effective")]]
    for each in known.packs:
        title = getattr(each.title, language())
        rows.append([each.name, title, each.platform, range_shown(each.effective)])
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = zip(row, widths, strict=True)
        sys.stdout.write("  ".join(set_cell_size(*cell) for cell in cells).rstrip() + "\n")
    for problem in known.problems:
        sys.stderr.write(say_problem(problem) + "\n")


def check_packs(references: Sequence[str]) -> None:
    """Load packs, or all there are; every problem of every pack is told."""
    known = known_packs(pack_folders())
    from miaohui.adapters.pack_files.library import load_pack

    problems: list[Problem] = [] if references else list(known.problems)
    for reference in references or [each.name for each in known.packs]:
        try:
            pack = load_pack(reference, pack_folders())
            sys.stdout.write(say("packs.sound", {"pack": pack.name}) + "\n")
        except ReaderError as error:
            problems += error.problems
    if problems:
        raise ReaderError(*problems)


def show_schema() -> None:
    """The JSON schema of packs."""
    from miaohui.adapters.pack_files.schema import json_schema

    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(json_schema())) + b"\n")


def range_shown(dates: DateRange | None) -> str:
    """Two days, or an open end."""
    if dates is None or (dates.from_ is None and dates.until is None):
        return ""
    return f"{dates.from_ or '…'} – {dates.until or '…'}"
