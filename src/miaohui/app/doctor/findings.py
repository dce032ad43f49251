"""What the doctor finds."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

import msgspec

from miaohui.app.language import say, say_problem
from miaohui.domain.vocabulary.problems import Problem, ReaderError


class Level(StrEnum):
    """How bad it is: FINE; WORTH_A_LOOK, though the house runs; WRONG, it does not, or loses
    something."""

    FINE = "fine"
    WORTH_A_LOOK = "warning"
    WRONG = "wrong"


class Finding(msgspec.Struct, frozen=True):
    """One thing found: `check` is what was looked at, `key` and `values` make the sentence, and
    `mend` is the key of the sentence that says what to do (none for what is fine)."""

    check: str
    level: Level
    key: str
    values: Mapping[str, object] = {}
    mend: str | None = None
    file: str | None = None
    line: int | None = None

    def sentence(self) -> str:
        """For people."""
        return say_problem(Problem(self.key, self.values, self.file, self.line))

    def mending(self) -> str | None:
        """What to do, for people."""
        return None if self.mend is None else say(self.mend, self.values)


def fine(check: str, key: str, **values: object) -> Finding:
    """All is well; sentences of the doctor's own stand under `doctor`."""
    return Finding(check, Level.FINE, f"doctor.{key}", values)


def warning(check: str, key: str, **values: object) -> Finding:
    """Something is to be looked at; how it is mended stands under `doctor.mend`."""
    return Finding(check, Level.WORTH_A_LOOK, f"doctor.{key}", values, f"doctor.mend.{key}")


def wrong(check: str, key: str, **values: object) -> Finding:
    """Something is to be mended."""
    return Finding(check, Level.WRONG, f"doctor.{key}", values, f"doctor.mend.{key}")


def wrongs_of(check: str, problems: Iterable[Problem]) -> Iterator[Finding]:
    """Problems as anybody tells them; what to do is told by what was looked at."""
    for each in problems:
        mend = f"doctor.mend.any_{check}"
        yield Finding(check, Level.WRONG, each.key, each.values, mend, each.file, each.line)


def wrong_by(check: str, error: ReaderError) -> list[Finding]:
    """What somebody could not do."""
    return list(wrongs_of(check, error.problems))
