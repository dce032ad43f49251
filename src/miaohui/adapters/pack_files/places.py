"""From a place in a pack to the file and line that the reader must look at."""

from collections.abc import Sequence

import msgspec

from miaohui.adapters.pack_files.documents import Document, Node
from miaohui.domain.rules.extension import id_of
from miaohui.domain.rules.findings import Finding, Path, path_text
from miaohui.domain.vocabulary.problems import Problem


class Step(msgspec.Struct, frozen=True):
    """One step into a pack: a key or position, and for an entry with an id which one it is."""

    name: str | int
    entry_id: str | None = None
    nth: int = 0


def problem_of(finding: Finding, data: object, documents: Sequence[Document]) -> Problem:
    """Put file and line to a finding.

    `data` is the pack as merged; `documents` its files, the extending one first. The file that
    leads furthest along the path is where the value stands; of equals, the extending one.
    """
    steps = _steps(finding.path, data)
    found = [(document.file, *_followed(document.root, steps)) for document in documents]
    file, _, line = max(found, key=lambda each: each[1])
    values = {"path": path_text(finding.path), **finding.values}
    return Problem(finding.key, values, file, line)


def _steps(path: Path, data: object) -> list[Step]:
    steps: list[Step] = []
    for name in path:
        inner = _inner(data, name)
        steps.append(_entry_step(name, data, inner))
        data = inner
    return steps


def _inner(data: object, name: str | int) -> object:
    if isinstance(data, dict) and name in data:
        return data[name]
    if isinstance(data, list) and isinstance(name, int) and name < len(data):
        return data[name]
    return None


def _entry_step(name: str | int, siblings: object, entry: object) -> Step:
    entry_id = id_of(entry)
    if not isinstance(siblings, list) or not isinstance(name, int) or entry_id is None:
        return Step(name)
    nth = sum(id_of(sibling) == entry_id for sibling in siblings[:name])
    return Step(name, entry_id, nth)


def _followed(node: Node, steps: Sequence[Step]) -> tuple[int, int]:
    """How many steps a file knows, and the line of the last one it does."""
    line = node.line
    for depth, step in enumerate(steps):
        found = _next(node, step)
        if found is None:
            return depth, line
        line, node = found
    return len(steps), line


def _next(node: Node, step: Step) -> tuple[int, Node] | None:
    content = node.content
    if isinstance(content, dict) and step.name in content:
        field = content[str(step.name)]
        return field.line, field.node
    if isinstance(content, list):
        item = _item(content, step)
        return None if item is None else (item.line, item)
    return None


def _item(items: list[Node], step: Step) -> Node | None:
    if step.entry_id is not None:
        same = [item for item in items if _id_of_node(item) == step.entry_id]
        return same[step.nth] if step.nth < len(same) else None
    in_reach = isinstance(step.name, int) and step.name < len(items)
    return items[int(step.name)] if in_reach else None


def _id_of_node(node: Node) -> object:
    field = node.content.get("id") if isinstance(node.content, dict) else None
    return field.node.content if field is not None else None
