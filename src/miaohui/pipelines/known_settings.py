"""What can be set, and how it stands: each setting a struct with a check of its own.

A setting has up to three shapes: as it is asked for, as it is kept, and as it is shown, which has
no secret in it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar

import msgspec

from miaohui.adapters.storage.directory_ports import Author, Obstacle
from miaohui.adapters.storage.settings_ports import Settings, StoredSetting
from miaohui.domain.directory.rights import Right
from miaohui.domain.vocabulary.events import Instant
from miaohui.domain.vocabulary.problems import Problem
from miaohui.pipelines.refusals import Unfit

Asked = TypeVar("Asked")
Kept = TypeVar("Kept")
Shown = TypeVar("Shown")
HOUSE = ""


class Known(msgspec.Struct, Generic[Asked, Kept, Shown], frozen=True, kw_only=True):
    """One setting, of each shop or (`of_shops` false) of the house.

    `usual`: what holds in a shop while nothing is set, None for nothing. `problems`: what is wrong
    with what somebody asks for. `keep`: what to keep of it, given what was kept before; raises
    ReaderError. `right`: who may change it; `for_all`: everybody who is logged in may read it.
    """

    name: str
    of_shops: bool
    right: Right
    asked: type[Asked]
    kept: type[Kept]
    shown: type[Shown]
    usual: Callable[[str], Kept | None]
    problems: Callable[[str, Asked], Sequence[Problem]]
    keep: Callable[[Asked, Kept | None], Kept]
    show: Callable[[Kept], Shown]
    sealed: bool = False
    for_all: bool = False
    example: Any = None


def plain(
    name: str,
    kind: type[Kept],
    right: Right,
    usual: Callable[[str], Kept | None],
    problems: Callable[[str, Kept], Sequence[Problem]],
    example: Kept,
) -> Known[Kept, Kept, Kept]:
    """A setting of each shop that has one shape and no secret."""
    return Known(
        name=name,
        of_shops=True,
        right=right,
        asked=kind,
        kept=kind,
        shown=kind,
        usual=usual,
        problems=problems,
        keep=lambda asked, _: asked,
        show=lambda kept: kept,
        example=example,
    )


class Version(msgspec.Struct, frozen=True):
    """A setting as it stood once; `value` None where it is kept sealed."""

    version: int
    changed_at: Instant
    changed_by: str | None = None
    value: Any = None


class Standing:
    """The settings as they stand: read once, and kept true by whoever changes them here."""

    def __init__(self, store: Settings, known: Iterable[Known[Any, Any, Any]]) -> None:
        self._store = store
        self._stored: dict[tuple[str, str], StoredSetting] = {}
        self._values: dict[tuple[str, str], Any] = {}
        for each in known:
            for scope, stored in store.all(each.name).items():
                self._note(each, scope, stored)

    def value(self, known: Known[Asked, Kept, Shown], scope: str = HOUSE) -> Kept | None:
        """What holds, as it is kept."""
        found = self._values.get((known.name, scope))
        return known.usual(scope) if found is None else found

    def stored(self, known: Known[Any, Any, Any], scope: str = HOUSE) -> StoredSetting | None:
        """Its version, and who changed it last; None if nothing was ever set."""
        return self._stored.get((known.name, scope))

    def keep(
        self,
        known: Known[Asked, Kept, Shown],
        scope: str,
        asked: Asked,
        expected_version: int | None,
        author: Author,
    ) -> Obstacle | Unfit | None:
        """Change a setting from the version that its author has seen. Blocks.

        Raises ReaderError for what cannot be kept.
        """
        problems = known.problems(scope, asked)
        if problems:
            return Unfit(tuple(problems))
        kept = known.keep(asked, self._values.get((known.name, scope)))
        value = msgspec.json.encode(kept, order="deterministic")
        stored = self._store.keep(
            scope, known.name, value, expected_version, author, sealed=known.sealed
        )
        if isinstance(stored, Obstacle):
            return stored
        self._note(known, scope, stored)
        return None

    def history(self, known: Known[Any, Any, Any], scope: str, limit: int) -> list[Version]:
        """The newest versions, newest first. Blocks."""
        return [
            Version(
                each.version,
                each.changed_at,
                each.changed_by,
                None if each.value is None else known.show(_decoded(known, each.value)),
            )
            for each in self._store.history(scope, known.name, limit)
        ]

    def all(self, known: Known[Asked, Kept, Shown]) -> Mapping[str, Kept]:
        """What was set, by its scope."""
        return {scope: value for (name, scope), value in self._values.items() if name == known.name}

    def _note(self, known: Known[Any, Any, Any], scope: str, stored: StoredSetting) -> None:
        self._stored[known.name, scope] = stored
        self._values[known.name, scope] = _decoded(known, stored.value)


def _decoded(known: Known[Any, Kept, Any], value: bytes) -> Kept:
    return msgspec.json.decode(value, type=known.kept)
