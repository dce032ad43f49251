"""Letters to a real mail server over real sockets."""

import asyncio
import ssl
from contextlib import asynccontextmanager

import pytest
from tests.adapters.notify.certificates import served, trusting
from tests.adapters.notify.email.post_offices import PostOffice, post_office
from tests.adapters.notify.notices import NOW, notice
from tests.adapters.notify.notifier_contract import NotifierContract, Place
from tests.adapters.outbound.receivers import emptied

from miaohui.adapters.notify.email.mail_server import MailServer, Privacy
from miaohui.adapters.notify.email.notifier import EmailNotifier
from miaohui.adapters.notify.port import TAKEN, Outcome, Told
from miaohui.domain.directory.secret import Secret
from miaohui.domain.vocabulary.problems import ReaderError

SENDER, OWNER = "desk@shop.example", "owner@shop.example"
ANSWERS = {
    "gone": {"RCPT": "550 5.1.1 no such mailbox owner@shop.example"},
    "busy": {"RCPT": "450 4.7.1 greylisted, come back in 300 seconds"},
    "refuses": {"DATA": "554 5.7.1 this looks like spam"},
}


def notifier(port: int, privacy: Privacy = Privacy.TLS, password: str = "right", **more):
    server = MailServer("127.0.0.1", port, SENDER, privacy, "desk", Secret(password))
    return EmailNotifier(server, lambda: NOW, **({"trusted": trusting()} | more))


@asynccontextmanager
async def stranger(said: bytes | None):
    """Whoever holds the port and is no mail server: says something, or nothing at all."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if said is None:
            await reader.read()
        else:
            writer.write(said)
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]
    await emptied(server)


class TestEmailNotifier(NotifierContract):
    bad_addresses = (
        "owner@shop.example\r\nRCPT TO:<thief@example.com>",
        "owner@shop.example, thief@example.com",
        "Owner <owner@shop.example>",
        "老板@shop.example",
        "owner@商店.example",
        "owner@shop.example\x7f",
        '"a b"@shop.example',
        "owner@",
        "@shop.example",
    )

    @asynccontextmanager
    async def place(self, mood: str):
        office = PostOffice(ANSWERS.get(mood))

        def arrived() -> list[str]:
            return [
                f"{each['subject']}\n{each.get_body(('plain',)).get_content()}"
                for each in office.letters
            ]

        def place(port: int, **more) -> Place:
            return Place(notifier(port, **more), Secret(OWNER), arrived, ("right", OWNER))

        if mood in ("hangs", "babbles"):
            said = None if mood == "hangs" else b"HTTP/1.1 400 Bad Request\r\n\r\n"
            async with stranger(said) as port:
                yield place(port, privacy=Privacy.PLAIN, whole_seconds=0.3)
            return
        async with post_office(office, Privacy.TLS, served()) as port:
            if mood != "absent":
                trusted = {"trusted": ssl.create_default_context()} if mood == "unsafe" else {}
                yield place(port, **trusted)
        if mood == "absent":
            yield place(port)


def told_by(office: PostOffice, privacy: Privacy, served_privacy: Privacy | None = None, **more):
    async def story() -> Told:
        async with post_office(office, served_privacy or privacy, served()) as port:
            return await notifier(port, privacy, **more).tell(Secret(OWNER), notice())

    return asyncio.run(story())


@pytest.mark.parametrize("privacy", [Privacy.TLS, Privacy.STARTTLS])
def test_the_password_goes_through_a_private_way_only(privacy):
    office = PostOffice()
    assert told_by(office, privacy) == TAKEN
    assert office.logins == [(b"desk", b"right")]
    assert office.envelopes == [(SENDER, [OWNER])]


def test_a_server_in_the_same_room_needs_no_log_in():
    async def story() -> Told:
        async with post_office(office, Privacy.PLAIN) as port:
            server = MailServer("127.0.0.1", port, SENDER, Privacy.PLAIN)
            return await EmailNotifier(server, lambda: NOW).tell(Secret(OWNER), notice())

    office = PostOffice()
    assert asyncio.run(story()) == TAKEN
    assert office.logins == []


def test_where_a_private_way_is_wanted_nothing_is_said_without_it():
    office = PostOffice()
    told = told_by(office, Privacy.STARTTLS, served_privacy=Privacy.PLAIN)
    assert told == Told(Outcome.REFUSED, "not_supported")
    assert (office.logins, office.letters) == ([], [])


@pytest.mark.parametrize("privacy", [Privacy.TLS, Privacy.STARTTLS])
def test_nothing_is_said_to_a_server_whose_certificate_nobody_vouches_for(privacy):
    office = PostOffice()
    told = told_by(office, privacy, trusted=ssl.create_default_context())
    assert told == Told(Outcome.REFUSED, "not_trusted")
    assert (office.logins, office.letters) == ([], [])


def test_a_wrong_password_is_the_settings_fault_and_not_the_address():
    assert told_by(PostOffice(), Privacy.TLS, password="wrong") == Told(
        Outcome.REFUSED, "login_535"
    )


@pytest.mark.parametrize(
    ("command", "answer", "told"),
    [
        ("RCPT", "550 no such user here", Told(Outcome.GONE, "smtp_550")),
        ("RCPT", "551 user not local", Told(Outcome.GONE, "smtp_551")),
        ("RCPT", "553 mailbox name not allowed", Told(Outcome.GONE, "smtp_553")),
        ("RCPT", "550 5.2.1 mailbox disabled", Told(Outcome.GONE, "smtp_550")),
        ("RCPT", "550 5.1.10 recipient not found", Told(Outcome.GONE, "smtp_550")),
        ("RCPT", "550 5.7.1 not from you", Told(Outcome.REFUSED, "smtp_550")),
        ("RCPT", "554 relay access denied", Told(Outcome.REFUSED, "smtp_554")),
        ("RCPT", "552 5.2.2 mailbox full", Told(Outcome.LATER, "smtp_552")),
        ("RCPT", "451 4.7.1 greylisted", Told(Outcome.LATER, "smtp_451")),
        ("RCPT", "421 closing", Told(Outcome.LATER, "smtp_421")),
        ("MAIL", "550 sender unknown", Told(Outcome.REFUSED, "smtp_550")),
        ("MAIL", "452 no room", Told(Outcome.LATER, "smtp_452")),
        ("DATA", "554 5.6.0 refused", Told(Outcome.REFUSED, "smtp_554")),
        ("DATA", "451 try again", Told(Outcome.LATER, "smtp_451")),
    ],
)
def test_only_a_mailbox_that_is_no_more_is_forgotten(command, answer, told):
    assert told_by(PostOffice({command: answer}), Privacy.TLS) == told


@pytest.mark.parametrize("sender", ["", "desk", "desk@shop.example\nBcc: x@y", "秒回@shop.example"])
def test_a_sender_that_is_no_mailbox_is_told_at_once(sender):
    with pytest.raises(ReaderError) as told:
        EmailNotifier(MailServer("127.0.0.1", 25, sender), lambda: NOW)
    assert told.value.problems[0].key == "email.sender"
