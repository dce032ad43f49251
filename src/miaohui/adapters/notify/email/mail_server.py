"""The mail server that an owner set up."""

from email.headerregistry import Address
from enum import StrEnum

import msgspec

from miaohui.adapters.notify.email.mailboxes import mailbox
from miaohui.domain.directory.secret import Secret
from miaohui.domain.vocabulary.problems import Problem, ReaderError


class Privacy(StrEnum):
    """How the way to the server is kept from others."""

    TLS = "tls"  # from the first byte, usually port 465
    STARTTLS = "starttls"  # required after the greeting, usually port 587
    PLAIN = "plain"  # not at all: for a server on the same machine or in the same room


class MailServer(msgspec.Struct, frozen=True):
    """Where letters go out, and from whom; without `name` nobody logs in."""

    host: str
    port: int
    sender: str
    privacy: Privacy = Privacy.TLS
    name: str | None = None
    password: Secret | None = None

    def from_whom(self) -> Address:
        """The sender's mailbox. Raises ReaderError `email.sender`."""
        sender = mailbox(self.sender)
        if sender is None:
            raise ReaderError(Problem("email.sender", {"value": self.sender}))
        return sender
