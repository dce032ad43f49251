"""The words that reports are written with, one catalogue per language."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

Language = Literal["zh", "en"]
Words = Mapping[str, str]


@cache
def words_of(language: Language) -> Words:
    """All words and sentence patterns (str.format) of a language, by key; `language` is one."""
    catalogue = files("miaohui.adapters.reports") / "words" / f"{language}.toml"
    return {"language": language, **tomllib.loads(catalogue.read_text("utf-8"))}
