"""What came of something as HTTP tells it: a refusal is a problem with its status."""

from typing import TypeVar

from miaohui.domain.vocabulary.problems import ReaderError
from miaohui.pipelines.refusals import Refusal, problems_of

Result = TypeVar("Result")


def done(result: Result | Refusal) -> Result:
    """What came of something. Raises ReaderError where it was refused."""
    if isinstance(result, Refusal):
        raise ReaderError(*problems_of(result))
    return result
