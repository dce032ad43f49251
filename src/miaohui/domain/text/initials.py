"""The first letters by which Chinese words are found quickly: `发货` by `fh`."""


def initials_of(text: str) -> str:
    """The pinyin initials of a text, other letters and digits as they are, all in lower case.

    A character that is read in several ways is told by its usual reading.
    """
    # Loaded where it is needed: its dictionaries are large.
    from pypinyin import Style, lazy_pinyin

    told = "".join(lazy_pinyin(text, style=Style.FIRST_LETTER, errors="default"))
    return "".join(sign for sign in told.casefold() if sign.isalnum())
