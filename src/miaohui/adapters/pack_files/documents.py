"""One YAML file as plain values that still know their lines.

Built from YAML's own events, one after the other: no tag is obeyed, no alias followed and no
depth left to recursion, so a hostile file can only be refused.
"""

import re
from collections.abc import Callable
from math import isfinite
from pathlib import Path

import msgspec
import yaml

from miaohui.domain.vocabulary.problems import Problem, ReaderError

MOST_BYTES = 1_000_000
DEEPEST = 16

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WHOLE = re.compile(r"[-+]?[0-9]{1,15}")
_NUMBER = re.compile(r"[-+]?[0-9]{1,15}(\.[0-9]{0,15})?([eE][-+]?[0-9]{1,3})?")
_WORDS: dict[str, bool | None] = {
    "": None,
    "~": None,
    "null": None,
    "true": True,
    "false": False,
}
_TEXT_TAG = "tag:yaml.org,2002:str"


class Field(msgspec.Struct):
    """A key of a mapping: its own line and what stands under it."""

    line: int
    node: "Node"


class Node(msgspec.Struct):
    """A value and the line (from 1) on which it begins."""

    line: int
    content: "dict[str, Field] | list[Node] | str | int | float | bool | None"


class Document(msgspec.Struct):
    """One file, read."""

    file: str
    root: Node

    @property
    def data(self) -> dict[str, object]:
        """The plain values of the file's top mapping; empty when there is none."""
        value = plain(self.root)
        return value if isinstance(value, dict) else {}


def read_document(path: Path) -> Document:
    """Read a pack file; raises ReaderError with the file and line of everything wrong."""
    return document_of(read_text(path), str(path))


def read_text(path: Path) -> str:
    """The text of a pack file of bearable size, in UTF-8 with or without a BOM."""
    file = str(path)
    try:
        with path.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except OSError as error:
        values = {"reason": error.strerror or type(error).__name__}
        raise ReaderError(Problem("pack.unreadable", values, file)) from None
    if len(content) > MOST_BYTES:
        raise ReaderError(Problem("pack.too_large", {"allowed": MOST_BYTES}, file))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ReaderError(Problem("pack.not_utf8", {}, file, line)) from None


def document_of(text: str, file: str) -> Document:
    """Read YAML text; `file` names it in problems."""
    composer = _Composer(text, file)
    try:
        root = composer.compose()
    except yaml.MarkedYAMLError as error:
        raise ReaderError(*composer.problems, _syntax_problem(error, file)) from None
    except yaml.YAMLError as error:
        raise ReaderError(*composer.problems, _character_problem(error, text, file)) from None
    if composer.problems:
        raise ReaderError(*composer.problems)
    return Document(file, root)


def plain(node: Node) -> object:
    """The value without its lines."""
    content = node.content
    if isinstance(content, dict):
        return {key: plain(field.node) for key, field in content.items()}
    if isinstance(content, list):
        return [plain(item) for item in content]
    return content


def _syntax_problem(error: yaml.MarkedYAMLError, file: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    values = {"reason": error.problem or error.context or ""}
    return Problem("pack.not_yaml", values, file, mark.line + 1 if mark else None)


def _character_problem(error: yaml.YAMLError, text: str, file: str) -> Problem:
    position = getattr(error, "position", 0)
    # libyaml counts the bytes up to the character that it refuses.
    line = text.encode()[:position].count(b"\n") + 1
    return Problem("pack.not_text", {}, file, line)


class _Composer:
    """Turns the events of one file into nodes and gathers what is not allowed on the way."""

    def __init__(self, text: str, file: str) -> None:
        self.problems: list[Problem] = []
        self._file = file
        self._next: Callable[[], yaml.Event | None] = _LOADER(text).get_event

    def compose(self) -> Node:
        self._next()  # the stream's beginning
        event = self._next()
        if event is None or isinstance(event, yaml.StreamEndEvent):
            return self._refused("pack.empty", 1)
        root = self._node(self._event(), 0)
        self._event()  # the document's end
        following = self._event()
        if not isinstance(following, yaml.StreamEndEvent):
            self._refused("pack.several_documents", _line(following))
        return root

    def _event(self) -> yaml.Event:
        event = self._next()
        return event if event is not None else yaml.StreamEndEvent()

    def _node(self, event: yaml.Event, depth: int) -> Node:
        if depth > DEEPEST:
            # Nothing after this can be told reliably: stop here with what is known.
            self._refused("pack.too_deep", _line(event), allowed=DEEPEST)
            raise ReaderError(*self.problems)
        if getattr(event, "tag", None) not in (None, _TEXT_TAG):
            self._refused("pack.tag", _line(event), value=str(getattr(event, "tag", "")))
        match event:
            case yaml.ScalarEvent():
                return Node(_line(event), _scalar(event))
            case yaml.SequenceStartEvent():
                return Node(_line(event), self._items(depth))
            case yaml.MappingStartEvent():
                return Node(_line(event), self._fields(depth))
            case _:
                return self._refused("pack.alias", _line(event))

    def _items(self, depth: int) -> list[Node]:
        items: list[Node] = []
        while not isinstance(event := self._event(), yaml.SequenceEndEvent | yaml.StreamEndEvent):
            items.append(self._node(event, depth + 1))
        return items

    def _fields(self, depth: int) -> dict[str, Field]:
        fields: dict[str, Field] = {}
        while not isinstance(event := self._event(), yaml.MappingEndEvent | yaml.StreamEndEvent):
            line = _line(event)
            key = self._key(event, depth)
            node = self._node(self._event(), depth + 1)
            if key in fields:
                self._refused("pack.duplicate_key", line, value=key, first=fields[key].line)
            fields.setdefault(key, Field(line, node))
        return fields

    def _key(self, event: yaml.Event, depth: int) -> str:
        if isinstance(event, yaml.ScalarEvent):
            return event.value
        self._refused("pack.key_not_text", _line(event))
        self._node(event, depth + 1)
        return ""

    def _refused(self, key: str, line: int, **values: object) -> Node:
        self.problems.append(Problem(key, values, self._file, line))
        return Node(line, None)


def _line(event: yaml.Event) -> int:
    mark = getattr(event, "start_mark", None)
    return mark.line + 1 if mark is not None else 1


def _scalar(event: yaml.ScalarEvent) -> str | int | float | bool | None:
    """Only JSON's words and numbers are more than text: `08:00`, `2026-01-01` and `no` are not."""
    text: str = event.value
    if not event.implicit[0] or event.tag == _TEXT_TAG:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    if _NUMBER.fullmatch(text) and isfinite(float(text)):
        return float(text)
    return text
