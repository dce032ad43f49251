"""Whether a chat export's layout leads to columns and words that exist."""

from collections.abc import Iterator, Mapping

from miaohui.domain.rules.findings import Finding, Path
from miaohui.domain.rules.pack import Pack, TableLayout
from miaohui.domain.vocabulary.interchange import COLUMNS, PAYLOAD_COLUMNS
from miaohui.domain.vocabulary.kinds import FAMILIES, Actor, Origin

TARGETS = (*COLUMNS, *PAYLOAD_COLUMNS)
WORDS: Mapping[str, tuple[str, ...]] = {
    "actor": tuple(Actor),
    "origin": tuple(Origin),
    "kind": tuple(FAMILIES),
}


def layout_findings(pack: Pack) -> Iterator[Finding]:
    """Everything wrong inside the layouts of chats; a report's columns are free."""
    for place, layout in enumerate(pack.layouts):
        if layout.kind == "chats":
            yield from _chat_findings(("layouts", place), layout)


def _chat_findings(path: Path, layout: TableLayout) -> Iterator[Finding]:
    for header, column in layout.columns.items():
        if column not in TARGETS:
            yield _unknown((*path, "columns", header), column, TARGETS)
    for column, word in layout.constants.items():
        if column not in TARGETS:
            yield _unknown((*path, "constants", column), column, TARGETS)
        else:
            yield from _unknown_word((*path, "constants", column), column, word)
    for column, words in layout.values.items():
        if column not in TARGETS:
            yield _unknown((*path, "values", column), column, TARGETS)
        for word, ours in words.items():
            yield from _unknown_word((*path, "values", column, word), column, ours)
    yield from _unreachable(path, layout)


def _unknown_word(path: Path, column: str, word: str) -> Iterator[Finding]:
    known = WORDS.get(column)
    if known is not None and word not in known:
        yield _unknown(path, word, known)


def _unreachable(path: Path, layout: TableLayout) -> Iterator[Finding]:
    """A required name that is a column of ours must have a header or a constant leading to it."""
    reached = {*layout.columns, *layout.columns.values(), *layout.constants}
    for nth, name in enumerate(layout.required):
        if name in TARGETS and name not in reached:
            yield Finding((*path, "required", nth), "pack.column_unreached", {"value": name})


def _unknown(path: Path, value: str, allowed: tuple[str, ...]) -> Finding:
    return Finding(path, "pack.not_allowed", {"value": value, "allowed": ", ".join(allowed)})
