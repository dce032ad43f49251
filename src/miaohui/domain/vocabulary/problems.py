"""What is wrong and how the reader can mend it; the words live in the language catalogues."""

from collections.abc import Mapping

import msgspec


class Problem(msgspec.Struct, frozen=True):
    """One thing wrong in something the reader gave us.

    `key` names the sentence in the catalogues (zh, en), `values` fill it.
    """

    key: str
    values: Mapping[str, object] = {}
    file: str | None = None
    line: int | None = None
    column: str | None = None


class ReaderError(Exception):
    """The reader can fix it: carries one or more problems and never a stack trace to the screen."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(problem.key for problem in problems))
        self.problems = problems
