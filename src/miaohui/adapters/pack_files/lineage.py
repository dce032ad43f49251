"""A pack's own file and the files it extends, laid over one another."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from miaohui.adapters.pack_files.documents import Document, Field, Node, read_document
from miaohui.adapters.pack_files.headings import find_pack, is_path
from miaohui.domain.rules.extension import REMOVE, extended, id_of, removals
from miaohui.domain.vocabulary.problems import Problem, ReaderError


def lineage_of(path: Path, directories: Sequence[Path]) -> list[Document]:
    """The file, the one it extends, and so on up; raises ReaderError where one is not found."""
    documents = [read_document(path)]
    seen = {path.resolve()}
    while (field := _extends(documents[-1])) is not None:
        path = _parent_path(documents[-1], field, directories)
        if path.resolve() in seen:
            raise _error(documents[-1], field.line, "pack.extends_itself")
        seen.add(path.resolve())
        documents.append(read_document(path))
    return documents


def merged(documents: Sequence[Document]) -> dict[str, object]:
    """The oldest parent with each child laid over it in turn.

    Raises ReaderError if a file is no mapping or an extension contradicts its parent.
    """
    *children, oldest = documents
    data = _mapping(oldest)
    for child in reversed(children):
        problems = [*_removal_problems(data, child), *_name_problems(data, child)]
        if problems:
            raise ReaderError(*problems)
        data = extended(data, child.data)
    return data


def _extends(document: Document) -> Field | None:
    heading = _field(document.root, "pack")
    field = _field(heading.node, "extends") if heading else None
    return field if field is not None and field.node.content is not None else None


def _field(node: Node, name: str) -> Field | None:
    return node.content.get(name) if isinstance(node.content, dict) else None


def _parent_path(document: Document, field: Field, directories: Sequence[Path]) -> Path:
    reference = field.node.content
    if not isinstance(reference, str):
        raise _error(document, field.line, "pack.not_text_value", value=str(reference))
    if is_path(reference):
        return Path(document.file).parent / reference
    try:
        return find_pack(reference, directories)
    except ReaderError as error:
        raise _error(document, field.line, "pack.unknown", **error.problems[0].values) from None


def _error(document: Document, line: int, key: str, **values: object) -> ReaderError:
    return ReaderError(_problem(document, line, key, {"path": "pack.extends", **values}))


def _problem(document: Document, line: int, key: str, values: Mapping[str, object]) -> Problem:
    return Problem(key, values, document.file, line)


def _mapping(document: Document) -> dict[str, object]:
    if not isinstance(document.root.content, dict):
        line = document.root.line
        raise ReaderError(_problem(document, line, "pack.not_an_entry", {"path": "", "value": ""}))
    return document.data


def _name_problems(parent: Mapping[str, object], child: Document) -> Iterator[Problem]:
    """Without a name of its own a report could not tell the extension from its parent."""
    theirs, ours = parent.get("pack"), child.data.get("pack")
    if not isinstance(theirs, dict) or not isinstance(ours, dict):
        return
    names = [name for name in ("id", "version") if name not in ours]
    line = child.root.line
    for name in names:
        yield _problem(child, line, "pack.missing", {"path": "pack", "field": name})
    if not names and all(ours[name] == theirs.get(name) for name in ("id", "version")):
        yield _problem(child, line, "pack.same_name", {"path": "pack.id"})


def _removal_problems(parent: Mapping[str, object], child: Document) -> Iterator[Problem]:
    field = _field(child.root, REMOVE)
    if field is None:
        return
    if not _is_removal(child.data[REMOVE]):
        yield _problem(child, field.line, "pack.remove_unreadable", {"path": REMOVE})
        return
    for section, position, entry_id in removals(child.data):
        known = _ids(parent.get(section))
        if entry_id not in known:
            values = {"path": f"{REMOVE}.{section}[{position}]", "value": str(entry_id)}
            line = _line_of_removal(field, section, position)
            allowed = ", ".join(known)
            yield _problem(child, line, "pack.unknown_name", {**values, "allowed": allowed})


def _is_removal(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(ids, list) for ids in value.values())


def _ids(section: object) -> list[str]:
    entries = section if isinstance(section, list) else []
    return [entry_id for entry in entries if (entry_id := id_of(entry)) is not None]


def _line_of_removal(field: Field, section: str, position: int) -> int:
    ids = _field(field.node, section)
    items = ids.node.content if ids is not None else None
    return items[position].line if isinstance(items, list) else field.line
