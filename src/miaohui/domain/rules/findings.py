"""One thing wrong at one place of a pack, before anybody knows its file and line."""

from collections.abc import Iterator, Mapping

import msgspec

Path = tuple[str | int, ...]


class Finding(msgspec.Struct, frozen=True):
    """`path` leads into the pack: field names, keys and positions. `key` names the sentence."""

    path: Path
    key: str
    values: Mapping[str, object] = {}


def path_text(path: Path) -> str:
    """`metrics[3].calendar`; empty for the pack itself."""
    return "".join(_parts(path)).removeprefix(".")


def _parts(path: Path) -> Iterator[str]:
    for step in path:
        yield f"[{step}]" if isinstance(step, int) else f".{step}"
