"""A notice as a letter: plain text, and the same as a small page without anything remote."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from functools import cache
from hashlib import sha256

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from miaohui.adapters.notify.port import Notice
from miaohui.adapters.notify.texts import one_line, shortened, web_link
from miaohui.adapters.notify.words import words_of

MOST_SUBJECT_BYTES = 200
MOST_TEXT_BYTES = 20_000


def letter(sender: Address, to: Address, notice: Notice, now: datetime) -> EmailMessage:
    """The letter; however a notice is worded, it adds no header and no recipient."""
    message = EmailMessage()
    house = words_of(notice.language).house
    message["From"] = Address(house, sender.username, sender.domain)
    message["To"] = to
    message["Subject"] = shortened(one_line(notice.title), MOST_SUBJECT_BYTES)
    message["Date"] = now
    message["Message-ID"] = message_id(sender, notice.key)
    # Nobody's holiday reply comes back (RFC 3834, section 5).
    message["Auto-Submitted"] = "auto-generated"
    if notice.rings:
        message["Importance"] = "high"
    message.set_content(_plain(notice), cte="base64")
    message.add_alternative(_page(notice), subtype="html", cte="base64")
    return message


def message_id(sender: Address, key: str) -> str:
    """The same for every letter of a key, so that a mail program shows a repeat once."""
    told = sha256(f"{sender.addr_spec}\n{key}".encode("utf-8", "replace")).hexdigest()
    return f"<{told[:32]}@{sender.domain}>"


def _plain(notice: Notice) -> str:
    words, link = words_of(notice.language), web_link(notice.link)
    parts = [_text(notice), *([f"{words.look}: {link}"] if link else []), f"-- \n{words.why}"]
    return "\n\n".join(parts) + "\n"


def _page(notice: Notice) -> str:
    return _template().render(
        title=one_line(notice.title),
        lines=_text(notice).splitlines(),
        link=web_link(notice.link),
        language=notice.language,
        words=words_of(notice.language),
    )


def _text(notice: Notice) -> str:
    return shortened(notice.text, MOST_TEXT_BYTES)


@cache
def _template() -> Template:
    loader = PackageLoader("miaohui.adapters.notify.email", ".")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    return environment.get_template("letter.html.jinja")
