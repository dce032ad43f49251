"""What buyers do on a page of the house: each thing goes into the log, or is refused with a reason.

Sent again under its own id it is the same thing, and is answered alike.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import assert_never

from msgspec.structs import replace

from miaohui.adapters.channels.visit_port import (
    LeftWord,
    PersonWanted,
    Said,
    Sight,
    Verdict,
    Visit,
    Words,
)
from miaohui.adapters.storage.media_ports import Media, Sketch
from miaohui.domain.desk.floor.chats import Chat, last_contact
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.problems import Problem, ReaderError
from miaohui.pipelines.intake import Intake
from miaohui.pipelines.live import Live
from miaohui.pipelines.webchats import Webchat


class Reception:
    """Takes in what buyers say."""

    def __init__(
        self, live: Live, intake: Intake, media: Media, clock: Callable[[], datetime]
    ) -> None:
        self._live = live
        self._intake = intake
        self._media = media
        self._clock = clock

    def chat_id(self, webchat: Webchat, buyer: str) -> str:
        """The id of a buyer's chat."""
        return self._live.chat_id(webchat.shop, webchat.channel, buyer)

    async def take(self, webchat: Webchat, visit: Visit, said: Said) -> int:
        """Its seq in the log, once it is there.

        Raises ReaderError `webchat.nothing_said`, `webchat.fields_missing`,
        `webchat.nothing_to_rate`, `media.unknown`, and as the intake does.
        """
        chat = await self._live.chat(self.chat_id(webchat, visit.buyer))
        events = await self._events(webchat, visit, said, chat)
        recorded = await self._intake.take(events)
        return recorded[0].seq

    async def _events(
        self, webchat: Webchat, visit: Visit, said: Said, chat: Chat | None
    ) -> Sequence[Event]:
        now = self._clock()
        match said:
            case Words():
                _ask_for_fields(webchat, said, chat)
            case Sight():
                sketch = await self._sketch(webchat, visit, said)
                return [_sketched(each, sketch) for each in webchat.door.events(visit, said, now)]
            case Verdict():
                return webchat.door.events(visit, said, now, _whoever_answered(chat))
            case PersonWanted() | LeftWord():
                pass
            case _:
                assert_never(said)
        return webchat.door.events(visit, said, now)

    async def _sketch(self, webchat: Webchat, visit: Visit, sight: Sight) -> Sketch:
        owner = webchat.owner(visit.buyer)
        found = await asyncio.to_thread(self._media.find, owner, sight.media)
        if found is None:
            raise ReaderError(Problem("media.unknown"))
        return found


def _whoever_answered(chat: Chat | None) -> str | None:
    if chat is None:
        raise ReaderError(Problem("webchat.nothing_to_rate"))
    contact = last_contact(chat.state)
    return contact.account if contact else None


def sketched_extra(sketch: Sketch) -> dict[str, str]:
    """What an event says of its picture, so that pages can make room for it."""
    return {"type": sketch.type, "width": str(sketch.width), "height": str(sketch.height)}


def _sketched(event: Event, sketch: Sketch) -> Event:
    return replace(event, payload=replace(event.payload, extra=sketched_extra(sketch)))


def _ask_for_fields(webchat: Webchat, words: Words, chat: Chat | None) -> None:
    """What the merchant asks of buyers first is there with their first words."""
    if chat is not None:
        return
    missing = [each for each in webchat.settings.required if not words.fields.get(each, "").strip()]
    if missing:
        raise ReaderError(Problem("webchat.fields_missing", {"fields": ", ".join(missing)}))
