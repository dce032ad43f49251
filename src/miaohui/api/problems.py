"""Problems as HTTP tells them: the one table of status codes."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException

from miaohui.domain.vocabulary.problems import Problem, ReaderError

AnyRequest = Request[Any, Any, Any]
Language = Literal["zh", "en"]
Say = Callable[[str, Mapping[str, object], Language], str]  # key and values → sentence
Clock = Callable[[], datetime]

TRY_AGAIN = 503
STATUSES = {
    "intake.busy": TRY_AGAIN,
    "intake.closing": TRY_AGAIN,
    "log.disk_full": 507,
    "log.busy": TRY_AGAIN,
    "log.disk_failed": TRY_AGAIN,
    "log.read_only": TRY_AGAIN,
    "log.database_lost": TRY_AGAIN,
    "log.database_unreachable": TRY_AGAIN,
    "webhook.unknown": 404,
    "webhook.unsigned": 401,
    "webhook.not_genuine": 401,
    "webhook.too_old": 401,
    "webhook.repeated": 409,
    "webhook.unreadable": 400,
    "webhook.too_many": 413,
    "login.needed": 401,
    "login.wrong": 401,
    "login.second_factor_wanted": 401,
    "login.locked": 429,
    "login.deactivated": 403,
    "login.password_must_change": 403,
    "login.foreign_page": 403,
    "right.missing": 403,
    "http.400": 400,
    "http.404": 404,
    "webchat.unknown": 404,
    "webchat.token": 401,
    "webchat.foreign_site": 403,
    "webchat.too_fast": 429,
    "webchat.too_many_pages": 429,
    "reachable.too_fast": 429,
    "webchat.pairing_gone": 410,
    "webchat.not_built": TRY_AGAIN,
    "erasure.nobody": 404,
    "media.unknown": 404,
    "media.cannot_write": TRY_AGAIN,
    "picture.too_large": 413,
    "invitation.gone": 410,
    "directory.unknown": 404,
    "directory.name_taken": 409,
    "directory.in_use": 409,
    "directory.last_owner": 409,
    "directory.already_open": 409,
    "directory.used_up": 410,
    "directory.changed_meanwhile": 409,
    "house.not_yours": 403,
    "channel.in_settings_file": 409,
    "cursor.unreadable": 400,
    "http.bad_cursor": 400,
    "answer.different": 422,
    "answer.under_way": 409,
}
# Kinds of problems whose values say where in the body they are.
FIELDED = frozenset(
    {
        "alarm_settings",
        "email",
        "lines",
        "opening_hours",
        "retention",
        "robot",
        "routing",
        "webchat_settings",
        "webhook",
    }
)
RETRY_SECONDS = "1"
log_book = structlog.get_logger(room="api")


class Told(msgspec.Struct, frozen=True, omit_defaults=True):
    """One problem: a key for programs, a sentence for people, and the field of what was sent that
    it is about, where there is one: `policy.windows[0].per`."""

    key: str
    sentence: str
    field: str | None = None


class Trouble(msgspec.Struct, frozen=True):
    """The body of every answer that is not a success."""

    problems: Sequence[Told]


def told(problem: Problem, say: Say, language: Language) -> Told:
    """A problem in words."""
    return Told(problem.key, say(problem.key, problem.values, language), _field_of(problem))


def _field_of(problem: Problem) -> str | None:
    """Where it is; what is wrong with a file of ours is nobody's field."""
    if problem.column is not None:
        return problem.column
    if problem.key.partition(".")[0] not in FIELDED:
        return None
    field = problem.values.get("field") or problem.values.get("path")
    return field if isinstance(field, str) else None


def trouble_body(problems: Sequence[Problem], say: Say, language: Language) -> bytes:
    """The body of an answer that is not a success."""
    return msgspec.json.encode(Trouble([told(problem, say, language) for problem in problems]))


def status_of(error: ReaderError) -> int:
    """The status of what a reader can mend; 422 where the table says nothing."""
    return STATUSES.get(error.problems[0].key, 422)


def language_of(accepted: str | None) -> Language:
    """`en` for a reader who asks for English before Chinese, else `zh`."""
    for part in (accepted or "").lower().split(","):
        name = part.strip()
        if name.startswith(("zh", "en")):
            return "en" if name.startswith("en") else "zh"
    return "zh"


def handlers(
    say: Say,
) -> dict[int | type[Exception], Callable[[AnyRequest, Exception], Response[Trouble]]]:
    """What the house answers when a request fails; never a stack trace."""

    def reader_error(request: AnyRequest, error: Exception) -> Response[Trouble]:
        assert isinstance(error, ReaderError)
        language = language_of(request.headers.get("accept-language"))
        status = status_of(error)
        body = Trouble([told(problem, say, language) for problem in error.problems])
        return Response(body, status_code=status, headers=_pause(status, error.problems[0]))

    def http_error(request: AnyRequest, error: Exception) -> Response[Trouble]:
        if not isinstance(error, HTTPException):
            log_book.error("request failed", exc_info=error)
        language = language_of(request.headers.get("accept-language"))
        status = error.status_code if isinstance(error, HTTPException) else 500
        key = f"http.{status}" if status in (400, 401, 403, 404, 405, 413) else "http.failed"
        values = {"reason": _reason(error)} if isinstance(error, HTTPException) else {}
        return Response(Trouble([Told(key, say(key, values, language))]), status_code=status)

    return {ReaderError: reader_error, HTTPException: http_error, 500: http_error}


def _pause(status: int, problem: Problem) -> dict[str, str]:
    """When to ask again."""
    match status:
        case 503 | 507:
            return {"retry-after": RETRY_SECONDS}
        case 429:
            return {"retry-after": str(problem.values.get("seconds", RETRY_SECONDS))}
        case _:
            return {}


def _reason(error: HTTPException) -> str:
    """What is wrong with a request, field by field; Litestar's own words repeat its address."""
    if not isinstance(error, ValidationException) or not isinstance(error.extra, list):
        return error.detail
    parts = [each for each in error.extra if isinstance(each, dict)]
    return "; ".join(f"{each.get('key', '')} {each.get('message', '')}".strip() for each in parts)
