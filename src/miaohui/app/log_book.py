"""What the house writes about itself: one line a happening, without anybody's data.

Errors are told by their kind and their place in the code, never by their words: those may repeat
what a buyer wrote. Other libraries are heard from warnings up, by the words in their own code.
"""

import asyncio
import logging
import sys
from types import TracebackType
from typing import Any, Literal

import structlog
from structlog.typing import EventDict, Processor

from miaohui.domain.vocabulary.problems import ReaderError

LogLevel = Literal["debug", "info", "warning", "error"]
LogFormat = Literal["json", "console"]
MOST_FRAMES = 12
PLAIN_SPEAKERS = ("uvicorn",)  # libraries whose messages without values are constants
log_book = structlog.get_logger(room="house")


def keep_log_book(level: LogLevel, form: LogFormat) -> None:
    """From now on everything from this level up goes to the standard error."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_words,
    ]
    shown = _renderer(form)
    structlog.configure(
        processors=[*shared, shown],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    _hear_libraries(shared, shown)


def tell_loose_ends(loop: asyncio.AbstractEventLoop) -> None:
    """What a loop would say of tasks that nobody waited for, it says here without their words."""

    def told(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        log_book.error("loose end", exc_info=context.get("exception"))

    loop.set_exception_handler(told)


def _renderer(form: LogFormat) -> Processor:
    if form == "console":
        return structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    return structlog.processors.JSONRenderer(ensure_ascii=False)


def _hear_libraries(shared: list[Processor], shown: Processor) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(_without_values)
    remove = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[remove, shown], foreign_pre_chain=[_where_said, *shared]
        )
    )
    # At lower levels they tell bodies and headers.
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.captureWarnings(True)


def _without_values(record: logging.LogRecord) -> bool:
    """A message as its code has it; one whose values are filled in already is left out."""
    constant = bool(record.args) or record.name.partition(".")[0] in PLAIN_SPEAKERS
    record.msg, record.args = str(record.msg).strip() if constant else "said by a library", None
    return True


def _where_said(_: Any, __: str, event: EventDict) -> EventDict:
    record: logging.LogRecord = event["_record"]
    where = f"{record.pathname}:{record.lineno}"
    return {**event, "room": record.name, "where": where, "exc_info": record.exc_info}


def _without_words(_: Any, __: str, event: EventDict) -> EventDict:
    """An error as its kind and where it happened, and so for each that led to it."""
    found = event.pop("exc_info", None)
    error = _error_of(found)
    if error is not None:
        event["errors"] = [_told(each) for each in _chain(error)]
    return event


def _error_of(found: object) -> BaseException | None:
    match found:
        case BaseException():
            return found
        case (_, BaseException() as error, _):
            return error
        case True:
            return sys.exc_info()[1]
        case _:
            return None


def _chain(error: BaseException | None) -> list[BaseException]:
    chain: list[BaseException] = []
    while error is not None and error not in chain:
        chain.append(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return chain


def _told(error: BaseException) -> dict[str, object]:
    told: dict[str, object] = {"kind": type(error).__name__, "where": _places(error.__traceback__)}
    match error:
        case ReaderError(problems=problems):
            told["problems"] = [problem.key for problem in problems]
        case BaseExceptionGroup(exceptions=several):
            told["several"] = [_told(each) for each in several]
        case OSError(strerror=str(reason)):
            told["reason"] = reason
        case _:
            pass
    return told


def _places(trace: TracebackType | None) -> list[str]:
    places: list[str] = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return places[-MOST_FRAMES:]
