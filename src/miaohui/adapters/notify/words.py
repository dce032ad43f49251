"""The words that stand around a notice, one catalogue per language."""

import tomllib
from functools import cache
from importlib.resources import files

import msgspec

from miaohui.adapters.notify.port import Language


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The house's own words."""

    house: str
    look: str
    why: str


@cache
def words_of(language: Language) -> Words:
    """The words of a language."""
    catalogue = files("miaohui.adapters.notify") / "words" / f"{language}.toml"
    return msgspec.convert(tomllib.loads(catalogue.read_text("utf-8")), Words)
