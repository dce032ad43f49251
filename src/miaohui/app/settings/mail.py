"""The owner's mail server: its password is kept sealed and never shown."""

import re
from collections.abc import Sequence
from typing import Annotated

import msgspec

from miaohui.adapters.notify.email.mail_server import MailServer, Privacy
from miaohui.adapters.notify.email.mailboxes import mailbox
from miaohui.domain.directory.rights import Right
from miaohui.domain.directory.secret import Secret
from miaohui.domain.vocabulary.problems import Problem
from miaohui.pipelines.known_settings import Known

HOST = re.compile(r"[A-Za-z0-9._:-]{1,255}")


class Mail(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A mail server as somebody enters it; without `password` the one kept stays."""

    host: str
    port: Annotated[int, msgspec.Meta(ge=1, le=65535)]
    sender: str
    privacy: Privacy = Privacy.TLS
    name: str | None = None
    password: Annotated[str, msgspec.Meta(max_length=1_000)] | None = None

    def __repr__(self) -> str:
        return f"Mail({self.host!r})"


class MailShown(msgspec.Struct, frozen=True):
    """A mail server as it may be shown."""

    host: str
    port: int
    sender: str
    privacy: Privacy
    name: str | None
    has_password: bool


MAIL: Known[Mail, Mail, MailShown] = Known(
    name="mail",
    of_shops=False,
    right=Right.HOUSE_MANAGE,
    asked=Mail,
    kept=Mail,
    shown=MailShown,
    usual=lambda _: None,
    problems=lambda _, asked: _problems(asked),
    keep=lambda asked, before: _kept(asked, before),
    show=lambda kept: _shown(kept),
    sealed=True,
    example=Mail("smtp.example.com", 465, "service@example.com", Privacy.TLS, "service", "…"),
)


def mail_server(mail: Mail) -> MailServer:
    """What the notifier needs."""
    password = None if mail.password is None else Secret(mail.password)
    return MailServer(mail.host, mail.port, mail.sender, mail.privacy, mail.name, password)


def _problems(mail: Mail) -> Sequence[Problem]:
    problems: list[Problem] = []
    if not HOST.fullmatch(mail.host):
        problems.append(Problem("email.host", {"path": "host", "value": mail.host}))
    if mailbox(mail.sender) is None:
        problems.append(Problem("email.sender", {"path": "sender", "value": mail.sender}))
    return problems


def _kept(asked: Mail, before: Mail | None) -> Mail:
    """A password goes to no other server than the one it was entered for."""
    same = before is not None and (before.host, before.name) == (asked.host, asked.name)
    if asked.password is None and same and before is not None:
        return msgspec.structs.replace(asked, password=before.password)
    return asked


def _shown(kept: Mail) -> MailShown:
    has_password = kept.password is not None
    return MailShown(kept.host, kept.port, kept.sender, kept.privacy, kept.name, has_password)
