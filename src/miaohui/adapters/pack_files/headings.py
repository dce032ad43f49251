"""Which packs there are, told from the first lines of their files."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from miaohui.adapters.pack_files.documents import document_of, read_text
from miaohui.domain.rules.pack import DateRange, Words
from miaohui.domain.vocabulary.problems import Problem, ReaderError

BUILT_IN = Path(__file__).parents[2] / "packs"
_NEXT_SECTION = re.compile(r"^(?!pack:)[^\s#-]", re.MULTILINE)


class KnownPack(msgspec.Struct, frozen=True):
    """A pack file by its heading. An extending pack may leave to its parent what is empty here."""

    id: str
    version: str
    path: Path
    title: Words | None = None
    platform: str = ""
    effective: DateRange | None = None
    extends: str | None = None

    @property
    def name(self) -> str:
        """`id@version`."""
        return f"{self.id}@{self.version}"


class _Heading(msgspec.Struct):
    id: str
    version: str
    title: Words | None = None
    platform: str = ""
    effective: DateRange | None = None
    extends: str | None = None


class KnownPacks(msgspec.Struct, frozen=True):
    """All packs found, and the problems of files whose heading could not be read."""

    packs: tuple[KnownPack, ...]
    problems: tuple[Problem, ...]


def built_in_packs() -> tuple[KnownPack, ...]:
    """The packs that come with Miaohui, by id, newest version first."""
    return known_packs(()).packs


def known_packs(directories: Sequence[Path]) -> KnownPacks:
    """The built-in packs and those of the folders, by id, newest version first."""
    packs: list[KnownPack] = []
    problems: list[Problem] = []
    for path in _pack_files((*reversed(directories), BUILT_IN)):
        try:
            packs.append(_known_pack(path))
        except ReaderError as error:
            problems.extend(error.problems)
    packs.sort(key=lambda pack: version_order(pack.version), reverse=True)
    packs.sort(key=lambda pack: pack.id)
    return KnownPacks(tuple(packs), tuple(problems))


def find_pack(reference: str, directories: Sequence[Path] = ()) -> Path:
    """The file that a reference names; raises ReaderError listing what there is."""
    if is_path(reference):
        return Path(reference)
    known = known_packs(directories)
    for pack in known.packs:
        if reference in (pack.id, pack.name):
            return pack.path
    names = ", ".join(dict.fromkeys(pack.name for pack in known.packs))
    unknown = Problem("pack.unknown", {"value": reference, "allowed": names})
    raise ReaderError(unknown, *known.problems)


def is_path(reference: str) -> bool:
    """Whether a reference names a file and no pack."""
    return reference.endswith((".yaml", ".yml")) or "/" in reference or "\\" in reference


def version_order(version: str) -> tuple[int, ...]:
    """What sorts `2026.10` after `2026.9`; anything that is no version sorts first."""
    parts = version.split(".")
    return tuple(int(part) if part.isdecimal() and len(part) < 16 else -1 for part in parts)


def _pack_files(directories: Iterable[Path]) -> list[Path]:
    """The YAML files of the folders in their order, the merchant's own before the built-in."""
    return [path for directory in directories for path in sorted(directory.glob("*.y*ml"))]


def _known_pack(path: Path) -> KnownPack:
    document = document_of(_first_section(read_text(path)), str(path))
    try:
        heading = msgspec.convert(document.data.get("pack"), _Heading)
    except msgspec.ValidationError:
        line = document.root.line
        raise ReaderError(Problem("pack.heading_unreadable", {}, str(path), line)) from None
    return KnownPack(path=path, **msgspec.structs.asdict(heading))


def _first_section(text: str) -> str:
    """The lines up to the second top-level key, if the first is `pack`; else everything."""
    following = _NEXT_SECTION.search(text)
    heading = text[: following.start()] if following else text
    return heading if re.search(r"^pack:", heading, re.MULTILINE) else text
