"""A real mail server in this process, that does with letters what a test wants."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from tests.adapters.outbound.receivers import emptied

from miaohui.adapters.notify.email.mail_server import Privacy


class PostOffice:
    """Keeps letters; `answers` to MAIL, RCPT, DATA take the place of yes."""

    def __init__(self, answers: Mapping[str, str] | None = None) -> None:
        self._answers = answers or {}
        self.letters: list[EmailMessage] = []
        self.envelopes: list[tuple[str, list[str]]] = []
        self.logins: list[tuple[bytes, bytes]] = []

    async def handle_MAIL(self, _server, _session, envelope, address, _options):  # noqa: N802
        envelope.mail_from = address
        return self._answers.get("MAIL", "250 OK")

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        envelope.rcpt_tos.append(address)
        return self._answers.get("RCPT", "250 OK")

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        read = message_from_bytes(envelope.content, policy=policy.SMTP)
        self.letters.append(cast(EmailMessage, read))
        self.envelopes.append((envelope.mail_from, envelope.rcpt_tos))
        return self._answers.get("DATA", "250 OK")

    def authenticate(self, _server, _session, _envelope, _mechanism, data) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.logins.append((data.login, data.password))
        return AuthResult(success=data.password == b"right", handled=False)


@asynccontextmanager
async def post_office(
    office: PostOffice, privacy: Privacy, tls: ssl.SSLContext | None = None
) -> AsyncIterator[int]:
    """Its port."""
    loop = asyncio.get_running_loop()

    def serve() -> SMTP:
        return SMTP(
            office,
            hostname="localhost",
            tls_context=tls if privacy is Privacy.STARTTLS else None,
            auth_require_tls=privacy is Privacy.STARTTLS,
            authenticator=office.authenticate,
            loop=loop,
        )

    around = tls if privacy is Privacy.TLS else None
    server = await loop.create_server(serve, "127.0.0.1", 0, ssl=around)
    async with server:
        yield server.sockets[0].getsockname()[1]
    await emptied(server)
