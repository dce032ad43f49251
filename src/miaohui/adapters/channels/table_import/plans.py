"""How the columns of one file become ours."""

import unicodedata
from collections.abc import Mapping, Sequence

import msgspec

from miaohui.domain.vocabulary.interchange import COLUMNS, PAYLOAD_COLUMNS

INTERCHANGE = "interchange"
REPLY_LINKED = "twitter_support"  # its rows say who talks with whom only by their links
EXTRA = "extra"
OURS = (*COLUMNS, *PAYLOAD_COLUMNS, EXTRA)
PACKED = "payload"  # a column of JSON objects
UNPACKED = (*PAYLOAD_COLUMNS, "text", "order")  # what such an object may hold
NEEDED = ("at", "actor")
PERSONS = ("conversation", "buyer")
INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060"))


class Plan(msgspec.Struct, frozen=True):
    """How the columns of a file become ours.

    `line`: where the headers stand. `columns`: ours → index in the file. `extras`: names and
    indexes of the columns kept beside. `values`: ours → word in the file → our word. A row
    whose first filled cell is one of `skip_rows` is no row. `layout`: `interchange`, `mapping`
    or the id of the pack's layout.
    """

    layout: str
    line: int
    headers: tuple[str, ...]
    columns: dict[str, int]
    extras: tuple[tuple[str, int], ...]
    constants: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}
    skip_rows: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether every row could become an event."""
        if self.layout == REPLY_LINKED:
            return True
        known = self.columns.keys() | self.constants.keys()
        return all(name in known for name in NEEDED) and any(name in known for name in PERSONS)


def named(cells: Sequence[str]) -> tuple[str, ...]:
    """Headers without trailing blanks, each with a name of its own."""
    filled = [index for index, cell in enumerate(cells) if plain(cell)]
    names: dict[str, None] = {}
    for index, cell in enumerate(cells[: filled[-1] + 1] if filled else ()):
        name = cell if plain(cell) else f"column_{index + 1}"
        names[name if name not in names else free_name(name, names)] = None
    return tuple(names)


def free_name(name: str, names: Mapping[str, None]) -> str:
    """A name that is not among the names."""
    number = 2
    while f"{name}_{number}" in names:
        number += 1
    return f"{name}_{number}"


def plain(header: str) -> str:
    """A header as it is compared: without case, width, invisible characters and outer blanks."""
    visible = header.translate(INVISIBLE)
    return unicodedata.normalize("NFKC", visible).strip().casefold()


def unprefixed(header: str) -> str | None:
    """Our column of a header such as `payload.purpose` or `payload_purpose`."""
    name = plain(header)
    bare = name[len(PACKED) + 1 :]
    return bare if name.startswith((f"{PACKED}.", f"{PACKED}_")) and bare in UNPACKED else None


def explained(plan: Plan) -> int:
    """How many columns of the file a plan knows."""
    return len(plan.columns)
