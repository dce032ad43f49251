"""What PostgreSQL complains about, told as problems the reader can mend."""

from collections.abc import Iterator
from contextlib import contextmanager

from asyncpg import InterfaceError, InternalClientError, PostgresError

from miaohui.domain.vocabulary.problems import Problem, ReaderError

# https://www.postgresql.org/docs/current/errcodes-appendix.html, the whole code or its class.
MENDABLE = {
    "08": "log.database_lost",
    "22021": "log.not_utf8",
    "22P05": "log.not_utf8",
    "25006": "log.read_only",
    "25P03": "log.database_lost",
    "28": "log.database_refused",
    "3D000": "log.database_missing",
    "3F000": "log.damaged",
    "40001": "log.busy",
    "40P01": "log.busy",
    "42501": "log.not_allowed",
    "42704": "log.bad_address",
    "42P01": "log.damaged",
    "53": "log.database_failed",
    "53100": "log.disk_full",
    "53300": "log.database_crowded",
    "54": "log.too_long",
    "55P03": "log.busy",
    "57": "log.database_lost",
    "57014": "log.busy",
    "58": "log.database_failed",
    "58030": "log.disk_failed",
    "XX": "log.damaged",
}


@contextmanager
def told_to_the_reader(place: str) -> Iterator[None]:
    """Turn what fails between us and the database into a ReaderError about the log at `place`.

    Raises what it does not know as it came: that is ours to mend.
    """
    try:
        yield
    except UnicodeEncodeError as error:
        raise trouble("log.unwritable_text", place, reason=error.reason) from None
    except (PostgresError, InterfaceError, InternalClientError, OSError, TimeoutError) as error:
        told = _trouble_of(error, place)
        if told is None:
            raise
        raise told from None


def trouble(key: str, place: str, **values: object) -> ReaderError:
    """A ReaderError about the log at `place`."""
    return ReaderError(Problem(key, {"path": place, **values}, file=place))


def _trouble_of(error: Exception, place: str) -> ReaderError | None:
    reason = str(error) or type(error).__name__
    match error:
        case PostgresError(__cause__=UnicodeEncodeError() as cause):
            return trouble("log.unwritable_text", place, reason=cause.reason)
        case PostgresError():
            code = str(getattr(error, "sqlstate", ""))
            key = MENDABLE.get(code) or MENDABLE.get(code[:2])
            return trouble(key, place, reason=reason) if key else None
        case InternalClientError():
            # What asyncpg says of a connection whose server took leave between two questions.
            return trouble("log.database_lost", place, reason=reason)
        case InterfaceError():
            # The rest of its kind are misuses of the library, and ours.
            return trouble("log.database_lost", place, reason=reason) if "clos" in reason else None
        case ConnectionResetError() | BrokenPipeError():
            return trouble("log.database_lost", place, reason=reason)
        case _:
            return trouble("log.database_unreachable", place, reason=reason)
