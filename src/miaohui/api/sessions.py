"""Sessions: what a log-in gives, in the body for programs and as a cookie for browsers."""

from datetime import UTC, datetime
from typing import Any

import msgspec
from litestar import Response
from litestar.datastructures import Cookie

from miaohui.adapters.storage.directory_ports import Session
from miaohui.api.callers import COOKIE, AnyConnection, address_of
from miaohui.domain.vocabulary.events import Instant
from miaohui.pipelines.logins import LONGEST_SESSION, LoggedIn

AnyResponse = Response[Any]
SECURE_SCHEMES = frozenset({"https", "wss"})


class SessionTold(msgspec.Struct, frozen=True):
    """A device that is logged in; `current`: the one that asks."""

    id: str
    device: str
    address: str
    created_at: Instant
    last_seen_at: Instant
    expires_at: Instant
    current: bool = False


class Welcome(msgspec.Struct, frozen=True):
    """A new session. `token` is shown this once: programs send it as `Authorization: Bearer …`."""

    account: str
    name: str
    token: str
    session: SessionTold

    def __repr__(self) -> str:
        return f"Welcome({self.account!r})"


def session_told(session: Session, current: str | None = None) -> SessionTold:
    """A session as it is told."""
    return SessionTold(
        session.id,
        session.device,
        session.address,
        session.created_at,
        session.last_seen_at,
        session.expires_at,
        session.id == current,
    )


def welcomed(logged_in: LoggedIn, connection: AnyConnection, status: int) -> Response[Welcome]:
    """A new session, also as a cookie that no script reads and no other website gets sent."""
    account, token = logged_in.account, logged_in.token.reveal()
    session = session_told(logged_in.session, logged_in.session.id)
    cookie = Cookie(
        COOKIE,
        value=token,
        path="/",
        max_age=int(LONGEST_SESSION.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=is_secure(connection),
    )
    body = Welcome(account.id, account.display_name or account.name, token, session)
    headers = {"cache-control": "no-store"}
    return Response(body, status_code=status, cookies=[cookie], headers=headers)


def is_secure(connection: AnyConnection) -> bool:
    """Whether a request came by https, if only to a proxy that is trusted."""
    return connection.scope["scheme"] in SECURE_SCHEMES


def device_of(connection: AnyConnection) -> str:
    """What a browser or program calls itself."""
    return connection.headers.get("user-agent", "")


def place_of_knock(connection: AnyConnection) -> tuple[str, str]:
    """The device and the address that a log-in comes from."""
    return device_of(connection), address_of(connection)


NOON = datetime(2026, 11, 11, 4, tzinfo=UTC)
EXAMPLE_SESSION = SessionTold(
    "01930f2e-7c00-7000-8000-00000000000a", "Firefox", "192.0.2.7", NOON, NOON, NOON, current=True
)
EXAMPLE_WELCOME = Welcome("01930f2e-7c00-7000-8000-000000000001", "小王", "qG1…", EXAMPLE_SESSION)
