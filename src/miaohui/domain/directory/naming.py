"""Names of people and things, made comparable: `ＡLice ` and `alice` are one log-in name."""

import unicodedata

from miaohui.domain.vocabulary.problems import Problem

LONGEST_NAME = 64


def name_key(name: str) -> str:
    """What makes a name unique: without case, width and outer blanks (NFKC, casefolded)."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return unicodedata.normalize("NFKC", folded).strip()


def name_problems(name: str) -> tuple[Problem, ...]:
    """What is wrong with a name: `name.empty`, `name.long`, `name.signs` for controls and other
    characters that cannot be seen."""
    key = name_key(name)
    if not key:
        return (Problem("name.empty"),)
    if len(name) > LONGEST_NAME or len(key) > LONGEST_NAME:
        return (Problem("name.long", {"most": LONGEST_NAME}),)
    if any(unicodedata.category(character)[0] == "C" for character in name):
        return (Problem("name.signs"),)
    return ()
