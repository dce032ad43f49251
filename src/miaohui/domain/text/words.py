"""Texts as a search reads them: without case and width, in pieces, and the grams they hold.

A piece is a run of letters that know upper and lower case (Latin, Greek, Cyrillic), a run of
digits, or any other character alone (Chinese, emoji); BREAK stands for spaces and punctuation.
A word is found where its pieces follow one another: Chinese anywhere in a text, a run of letters
or digits as a whole or, at the end of the word, by its first PREFIX characters or more.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from enum import Enum

BREAK = ""
PREFIX = 4
LONGEST = 24  # of longer runs nothing more is noted

Pieces = Sequence[str]


class _Sort(Enum):
    LETTER = 1
    DIGIT = 2
    SINGLE = 3
    SILENT = 4


def pieces_of(text: str) -> list[str]:
    """The pieces of a text in their order."""
    pieces: list[str] = []
    before = _Sort.SILENT
    for character in folded(text):
        sort = _sorts[character]
        if sort is not before or sort is _Sort.SINGLE:
            pieces.append(BREAK if sort is _Sort.SILENT else character)
        elif sort is not _Sort.SILENT:
            pieces[-1] += character
        before = sort
    return pieces


def words_of(query: str) -> list[Pieces]:
    """The words that somebody looks for, each as its pieces."""
    words: list[list[str]] = [[]]
    for piece in pieces_of(query):
        if piece == BREAK:
            words.append([])
        else:
            words[-1].append(piece)
    return [word for word in words if word]


def folded(text: str) -> str:
    """A text without case and width."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def stands_in(word: Pieces, pieces: Pieces) -> bool:
    """Whether a word is found among the pieces of a text."""
    *whole, last = word
    length = len(whole)
    return any(
        _ends(last, pieces[start + length]) and list(pieces[start : start + length]) == whole
        for start in range(len(pieces) - length)
    )


def grams_of(pieces: Pieces) -> set[str]:
    """What a text may be found by: its pieces, and each with the one beside it."""
    grams: set[str] = set()
    before = BREAK
    for piece in pieces:
        if piece != BREAK:
            grams.update(_alone(piece))
            if before != BREAK:
                grams.add(_beside(before, piece))
        before = piece
    return grams


def grams_to_ask(word: Pieces) -> list[str]:
    """A few grams of every text in which the word stands; together they hold all its pieces."""
    if len(word) == 1:
        return [word[0][:LONGEST]]
    ends = sorted({*range(1, len(word), 2), len(word) - 1})
    runs = [piece[:LONGEST] for piece in word if len(piece) >= PREFIX]
    return [_beside(word[end - 1], word[end]) for end in ends] + runs


def _ends(last: str, piece: str) -> bool:
    return piece == last or (len(last) >= PREFIX and piece.startswith(last))


def _alone(piece: str) -> Iterator[str]:
    if len(piece) < PREFIX:
        yield piece
    for length in range(PREFIX, min(len(piece), LONGEST) + 1):
        yield piece[:length]


def _beside(before: str, piece: str) -> str:
    return before[:LONGEST] + piece[:PREFIX]


class _Sorts(dict[str, _Sort]):
    def __missing__(self, character: str) -> _Sort:
        self[character] = sort = _sort_of(character)
        return sort


def _sort_of(character: str) -> _Sort:
    match unicodedata.category(character):
        case "Ll" | "Lu" | "Lt":
            return _Sort.LETTER
        case "Nd":
            return _Sort.DIGIT
        case "Sm" | "Sc" | "Sk":
            return _Sort.SILENT
        case category if category[0] in "ZPC":
            return _Sort.SILENT
        case _:
            return _Sort.SINGLE


_sorts = _Sorts()
