"""One light row as the event it stands for."""

from functools import cache

from miaohui.domain.traffic.deeds import ABOUT, MARK_OF, MEDIA_OF, RATING_OF, Deed
from miaohui.domain.traffic.names import Names
from miaohui.domain.traffic.trace import Row
from miaohui.domain.vocabulary.events import Event, Payload
from miaohui.domain.vocabulary.instants import instant_of


def event_of(row: Row, names: Names) -> Event:
    """The event of a row, valid on the wire."""
    at, number, chat, deed, account, text, order, link = row
    what = _deed(deed)
    return Event(
        shop=names.shop,
        channel=names.channel,
        conversation=names.conversation(chat),
        buyer=names.buyer(chat),
        at=instant_of(at * 1000),
        actor=what.actor,
        origin=what.origin,
        kind=what.kind,
        source_id=names.source_id(number),
        account=names.accounts[account] if account >= 0 else None,
        payload=_payload(what, names, text, order, link),
    )


def _payload(deed: Deed, names: Names, text: int, order: int, link: int) -> Payload:
    return Payload(
        text=names.texts[text] if text >= 0 else None,
        media=MEDIA_OF.get(deed),
        order=names.order(order) if order else None,
        purpose=deed.purpose,
        about=names.source_id(link) if deed in ABOUT else None,
        mark=MARK_OF.get(deed),
        by=names.accounts[link] if deed is Deed.TRANSFERRED else None,
        rating=RATING_OF.get(deed),
    )


@cache
def _deed(number: int) -> Deed:
    return Deed(number)
