"""Cells that a spreadsheet would run as a formula, made harmless and read back exactly."""

import re

# What starts a formula or a command in a spreadsheet, half- and full-width (OWASP, CSV injection).
# Leading apostrophes count as part of the start, so that marking can be undone exactly.
_RUNS = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_MARKED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")


def neutralised(cell: str) -> str:
    """The cell with a leading apostrophe if a spreadsheet could run it, else unchanged."""
    return "'" + cell if _RUNS.match(cell) else cell


def restored(cell: str) -> str:
    """The inverse of `neutralised`: `restored(neutralised(cell)) == cell` for every cell."""
    return cell[1:] if _MARKED.match(cell) else cell
