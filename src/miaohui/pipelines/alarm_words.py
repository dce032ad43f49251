"""Sentences of alarms, with what they name in the reader's language."""

from collections.abc import Callable, Mapping
from typing import Final, Literal

from miaohui.domain.rules.pack import Words

Language = Literal["zh", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")
SayAlarm = Callable[[str, Mapping[str, object], Language], str]  # key and values → sentence


def told_in(say: SayAlarm, key: str, values: Mapping[str, object], language: Language) -> str:
    """The sentence of a key; values may be said differently in each language."""
    return say(key, {name: _in(value, language) for name, value in values.items()}, language)


def plain_values(values: Mapping[str, object]) -> Mapping[str, object]:
    """The values as JSON has them."""
    return {
        name: {"zh": value.zh, "en": value.en} if isinstance(value, Words) else value
        for name, value in values.items()
    }


def _in(value: object, language: Language) -> object:
    if isinstance(value, Words):
        return value.zh if language == "zh" else value.en
    return value.get(language, "") if isinstance(value, Mapping) else value
