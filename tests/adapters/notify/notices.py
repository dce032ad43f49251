"""Notices as the house tells them."""

from datetime import UTC, datetime

from miaohui.adapters.notify.port import Notice, Urgency

NOW = datetime(2026, 11, 11, 20, 15, tzinfo=UTC)
LINK = "https://desk.example.com/chats/7?from=alarm"


def notice(
    key: str = "wait:c7",
    title: str = "还有 30 秒就超时",
    text: str = '买家「小李」在等：\n在吗？<b>急</b> & "急"',
    link: str | None = LINK,
    **more,
) -> Notice:
    return Notice(key=key, title=title, text=text, link=link, **more)


def urgent(**more) -> Notice:
    return notice(urgency=Urgency.HIGH, **more)
