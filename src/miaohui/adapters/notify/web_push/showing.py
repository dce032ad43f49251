"""What the page's service worker shows: `registration.showNotification(title, options)`."""

from bisect import bisect_right

import msgspec

from miaohui.adapters.notify.port import Notice
from miaohui.adapters.notify.texts import one_line, shortened, web_link

MOST_BYTES = 3_993  # what fits into a push message of 4,096 (RFC 8291, section 4)
MOST_TITLE_BYTES = 200
MOST_LINK_BYTES = 1_500


class Behind(msgspec.Struct, frozen=True):
    """What the service worker opens at a click."""

    link: str | None


class Options(msgspec.Struct, frozen=True, rename="camel"):
    """NotificationOptions of the Notifications API, as they are handed over."""

    body: str
    tag: str
    lang: str
    silent: bool
    # A repeat takes the place of the one before it; without this it would do so unheard.
    renotify: bool
    require_interaction: bool
    data: Behind


class Shown(msgspec.Struct, frozen=True):
    """The whole message."""

    title: str
    options: Options


def shown(notice: Notice, topic: str) -> bytes:
    """A message as JSON of at most MOST_BYTES; what does not fit is missing from the text."""

    def message(room: int) -> bytes:
        return _message(notice, topic, room)

    # JSON writes some letters as two or six bytes, so that only trying tells how many fit.
    rooms = range(MOST_BYTES + 1)
    fitting = bisect_right(rooms, MOST_BYTES, key=lambda room: len(message(room)))
    return message(fitting - 1)


def _message(notice: Notice, topic: str, room: int) -> bytes:
    link = web_link(notice.link)
    options = Options(
        body=shortened(notice.text, room),
        tag=topic,
        lang=notice.language,
        silent=notice.silent,
        renotify=not notice.silent,
        require_interaction=notice.rings,
        data=Behind(link if link and len(link.encode()) <= MOST_LINK_BYTES else None),
    )
    return msgspec.json.encode(Shown(shortened(one_line(notice.title), MOST_TITLE_BYTES), options))
