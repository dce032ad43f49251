"""The packs of this installation: the built-in ones and the merchant's own folder."""

import os
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from miaohui.adapters.pack_files.headings import built_in_packs, is_path, known_packs
from miaohui.adapters.pack_files.library import load_pack
from miaohui.domain.rules.pack import Pack, TableLayout
from miaohui.domain.vocabulary.problems import Problem, ReaderError

ENVIRONMENT_NAME = "MIAOHUI_PACKS"


def pack_folders() -> list[Path]:
    """Folders of the merchant's own packs, as MIAOHUI_PACKS lists them."""
    listed = os.environ.get(ENVIRONMENT_NAME, "")
    return [Path(folder).expanduser() for folder in listed.split(os.pathsep) if folder]


def chosen_pack(reference: str) -> Pack:
    """The pack of a name, `name@version` or file; raises ReaderError."""
    return load_pack(reference, pack_folders())


def wrong_pack(load: Callable[[str], Pack], name: str) -> Collection[Problem]:
    """What is wrong with the pack that somebody names for a shop: it is no file, and is sound."""
    if is_path(name):
        return (Problem("shop.pack_is_file", {"value": name}),)
    try:
        load(name)
    except ReaderError as error:
        return error.problems
    return ()


def sound_packs(load: Callable[[str], Pack]) -> Sequence[Pack]:
    """The newest version of every pack that a shop may go by; a damaged one is left out."""
    names = dict.fromkeys(each.id for each in known_packs(pack_folders()).packs)
    return [load(name) for name in names if not wrong_pack(load, name)]


def known_layouts(first: Pack) -> Sequence[TableLayout]:
    """Every layout we know, those of the chosen pack first."""
    others = [load_pack(each.name) for each in built_in_packs() if each.name != first.name]
    layouts = {layout.id: layout for pack in (first, *others) for layout in pack.layouts}
    return tuple(layouts.values())
