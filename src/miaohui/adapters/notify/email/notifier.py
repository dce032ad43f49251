"""Notices as letters, each over a connection of its own."""

import asyncio
import ssl
from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage

import aiosmtplib

from miaohui.adapters.notify.email.letter import letter
from miaohui.adapters.notify.email.mail_server import MailServer, Privacy
from miaohui.adapters.notify.email.mailboxes import mailbox
from miaohui.adapters.notify.email.outcomes import failed
from miaohui.adapters.notify.port import TAKEN, Notice, Outcome, Told
from miaohui.domain.directory.secret import Secret

STEP_SECONDS = 10.0
WHOLE_SECONDS = 30.0


class EmailNotifier:
    """port.Notifier; an address is a mailbox.

    `trusted` replaces the public authorities that certificates are held against. Raises
    ReaderError `email.sender`.
    """

    def __init__(
        self,
        server: MailServer,
        clock: Callable[[], datetime],
        *,
        trusted: ssl.SSLContext | None = None,
        whole_seconds: float = WHOLE_SECONDS,
    ) -> None:
        self._server = server
        self._sender = server.from_whom()
        self._clock = clock
        self._trusted = trusted or ssl.create_default_context()
        self._whole_seconds = whole_seconds

    async def tell(self, address: Secret, notice: Notice) -> Told:
        """See port.Notifier."""
        to = mailbox(address.reveal())
        if to is None:
            return Told(Outcome.REFUSED, "bad_address")
        message = letter(self._sender, to, notice, self._clock())
        try:
            async with asyncio.timeout(self._whole_seconds):
                await self._send(message, to.addr_spec)
        except (aiosmtplib.SMTPException, OSError, ValueError, RuntimeError) as error:
            return failed(error)
        return TAKEN

    async def _send(self, message: EmailMessage, to: str) -> None:
        server = self._server
        await aiosmtplib.send(
            message,
            sender=self._sender.addr_spec,
            recipients=[to],
            hostname=server.host,
            port=server.port,
            username=server.name,
            password=None if server.password is None else server.password.reveal(),
            use_tls=server.privacy is Privacy.TLS,
            start_tls=server.privacy is Privacy.STARTTLS,
            tls_context=None if server.privacy is Privacy.PLAIN else self._trusted,
            # Else it asks the network for this machine's name, and waits.
            local_hostname=self._sender.domain,
            timeout=min(STEP_SECONDS, self._whole_seconds),
        )
