"""A notice as plain text for a chat: title, text, link."""

from miaohui.adapters.notify.port import Notice
from miaohui.adapters.notify.texts import one_line, shortened, web_link

MOST_TITLE_BYTES = 200
MOST_LINK_BYTES = 1_000


def paragraphs(notice: Notice, most_bytes: int) -> str:
    """Of at most so many bytes; what does not fit is missing from the text, not the link."""
    title = shortened(one_line(notice.title), MOST_TITLE_BYTES)
    link = web_link(notice.link)
    end = f"\n{link}" if link and len(link.encode()) <= MOST_LINK_BYTES else ""
    room = most_bytes - len(f"{title}\n{end}".encode())
    return f"{title}\n{shortened(notice.text, room)}{end}"
