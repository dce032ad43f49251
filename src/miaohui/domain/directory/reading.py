"""A text as a machine looks at it: one plain character for each, so that places stay the same."""

import unicodedata

_DASHES = frozenset("−‐‑‒–—―﹣－ー~～_·•・∙⋅")
# A tabulator, and the marks that make a keycap of a digit.
_UNSEEN = frozenset("\t\ufe0e\ufe0f\u20e3")


def plain_reading(text: str) -> str:
    """The text with every digit of any script and width as 0–9, dashes as `-`, blanks and what
    cannot be seen as a space, wide Latin letters and signs as narrow ones; of the same length."""
    if text.isascii():
        return text.replace("_", "-").replace("~", "-").replace("\t", " ")
    return "".join(map(_plain, text))


def _plain(character: str) -> str:
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    if character in _DASHES:
        return "-"
    if character in _UNSEEN or unicodedata.category(character) in ("Zs", "Cf"):
        return " "
    narrow = unicodedata.normalize("NFKC", character)
    return narrow if len(narrow) == 1 else character
