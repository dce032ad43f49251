"""The sentences people read, in Chinese and English, looked up by key."""

import os
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, cast

from miaohui.domain.vocabulary.problems import Problem

Language = Literal["zh", "en"]
ENVIRONMENT_NAME = "MIAOHUI_LANGUAGE"


def language() -> Language:
    """The reader's language: what MIAOHUI_LANGUAGE says, English in an English locale, else
    Chinese."""
    said = os.environ.get(ENVIRONMENT_NAME, "")
    if said in ("zh", "en"):
        return cast(Language, said)
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    return "en" if (locale or "").startswith("en") else "zh"


def say(
    key: str, values: Mapping[str, object] | None = None, chosen: Language | None = None
) -> str:
    """The sentence of a key in the reader's language, filled with values."""
    sentence = _catalogue(chosen or language()).get(key, key)
    return sentence.format_map(_Filled(values or {}))


def say_problem(problem: Problem) -> str:
    """A problem with its place: `file:line: column: sentence`."""
    place = ":".join(str(part) for part in (problem.file, problem.line) if part is not None)
    parts = [part for part in (place, problem.column) if part]
    return ": ".join([*parts, say(problem.key, problem.values)])


class _Filled(dict[str, object]):
    """A value that a sentence asks for and nobody gave shows as its name."""

    def __missing__(self, name: str) -> str:
        return "{" + name + "}"


@cache
def _catalogue(chosen: Language) -> Mapping[str, str]:
    with (Path(__file__).parent / f"{chosen}.toml").open("rb") as file:
        return dict(_flattened("", tomllib.load(file)))


def _flattened(prefix: str, table: Mapping[str, object]) -> list[tuple[str, str]]:
    sentences: list[tuple[str, str]] = []
    for key, value in table.items():
        if isinstance(value, dict):
            sentences += _flattened(f"{prefix}{key}.", value)
        else:
            sentences.append((prefix + key, str(value)))
    return sentences
