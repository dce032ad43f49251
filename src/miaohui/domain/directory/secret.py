"""A wrapper that keeps passwords, tokens and their hashes out of logs, errors and screens."""

from typing import NoReturn


class Secret:
    """Something that is read only by asking for it.

    `repr`, `str`, format and JSON show nothing of it; two are never equal, so that nobody
    compares them in a time that tells how alike they are.
    """

    __slots__ = ("__plain",)

    def __init__(self, plain: str) -> None:
        self.__plain = plain

    def reveal(self) -> str:
        """What is inside, for the one who needs it."""
        return self.__plain

    def __repr__(self) -> str:
        return "Secret(…)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not written down")
