"""Very short texts, made comparable: `好的！` and `好 的` are the same perfunctory reply."""

import unicodedata

LONGEST = 6

# Normalising joins at most three characters into one (Korean syllables), so a text with more
# letters and digits than this is never brief: readers may skip it without looking closer.
NEVER_BRIEF_FROM = 3 * LONGEST + 1

_SILENT = frozenset("ZPSC")  # separators, punctuation, symbols and emoji, controls
_OF_EMOJI = frozenset("\ufe0e\ufe0f\u20e3")  # marks that only say how a symbol is drawn


def brief_of(text: str) -> str | None:
    """The text without case, width, space, punctuation and symbols; None if nothing is left or
    more than six characters are."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    words = "".join(character for character in folded if not is_silent(character))
    return words if 0 < len(words) <= LONGEST else None


def agents_brief(text: str | None) -> str | None:
    """What is kept open of an agent's text: rules read it, and erasing must not change them."""
    if not text:
        return None
    letters = sum(character.isalnum() for character in text)
    return brief_of(text) if len(text) < NEVER_BRIEF_FROM or letters < NEVER_BRIEF_FROM else None


def is_silent(character: str) -> bool:
    """Whether a character says nothing."""
    return unicodedata.category(character)[0] in _SILENT or character in _OF_EMOJI
