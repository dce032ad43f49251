"""Loading one pack: found by reference, laid over its parents, checked."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from miaohui.adapters.pack_files.documents import Document
from miaohui.adapters.pack_files.headings import find_pack
from miaohui.adapters.pack_files.lineage import lineage_of, merged
from miaohui.adapters.pack_files.places import problem_of
from miaohui.domain.rules.findings import Finding
from miaohui.domain.rules.pack import Pack
from miaohui.domain.rules.validation import findings
from miaohui.domain.vocabulary.problems import ReaderError

_CONVERTED_PATH = re.compile(r"\.(\w+)|\[(\d+)\]")


def load_pack(reference: str, directories: Sequence[Path] = ()) -> Pack:
    """The pack that a reference names, checked.

    `pdd` is the newest version of that id, `pdd@2018.1` that version; what ends in `.yaml` or
    `.yml` or holds a slash is a file. `directories` are looked in beside the built-in packs; of
    equal names the later folder wins, and any folder wins over the built-in packs.
    Raises ReaderError with every problem, each with its file and line.
    """
    documents = lineage_of(find_pack(reference, directories), directories)
    data = merged(documents)
    pack = _converted(data, documents)
    _raise_if_any(findings(pack), data, documents)
    return pack


def _converted(data: object, documents: Sequence[Document]) -> Pack:
    try:
        return msgspec.convert(data, Pack)
    except msgspec.ValidationError as error:
        first = _first_finding(str(error))
    # Imported only here: the schema library is slow to load, and sound packs never need it.
    from miaohui.adapters.pack_files.structure import shape_findings

    raise _error(shape_findings(data) or [first], data, documents)


def _first_finding(message: str) -> Finding:
    reason, _, place = message.partition(" - at `$")
    steps = _CONVERTED_PATH.findall(place)
    path = tuple(name or int(position) for name, position in steps)
    return Finding(path, "pack.other", {"reason": reason})


def _raise_if_any(found: Iterable[Finding], data: object, documents: Sequence[Document]) -> None:
    if found := list(found):
        raise _error(found, data, documents)


def _error(found: Iterable[Finding], data: object, documents: Sequence[Document]) -> ReaderError:
    problems = [problem_of(finding, data, documents) for finding in found]
    return ReaderError(*sorted(problems, key=lambda problem: (problem.file, problem.line)))
