"""`miaohui simulate`: the traffic of the demo log, played into a running house by the channel's own
door as any real channel would."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from miaohui.adapters.channels.webhook.handing_in import HandIn
from miaohui.adapters.channels.webhook.signature import key_of
from miaohui.app.config import Settings, read_settings
from miaohui.app.language import say
from miaohui.app.wiring import now
from miaohui.domain.traffic.play import play_shop
from miaohui.domain.traffic.settings import TrafficSettings
from miaohui.domain.traffic.shops import ShopTraffic, shop_random
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.problems import Problem, ReaderError

TELL_EVERY = timedelta(seconds=5)


def simulate(
    config: Path | None,
    to: str | None,
    channel: str | None,
    visits: float,
    agents: int,
    hours_back: float,
    speed: float,
    until_now: bool,
    seed: int,
) -> None:
    """Play a shop from `hours_back` ago, `speed` times as fast as time until the present is
    reached, and then as time goes; until somebody stops it, or until the present is reached."""
    settings = read_settings(config, os.environ)
    name, key = _door(settings, channel)
    shop = ShopTraffic(name=settings.webhooks[name].shop, visits_a_day=visits, agents=agents)
    start = now() - timedelta(hours=hours_back)
    events = _played(shop, start, seed)
    address = to or f"http://{settings.host}:{settings.port}"
    asyncio.run(_hand_in(address, name, key, _in_time(events, start, speed, until_now)))


def _door(settings: Settings, channel: str | None) -> tuple[str, bytes]:
    name = channel or next(iter(settings.webhooks), None)
    if name is None or name not in settings.webhooks:
        raise ReaderError(Problem("webhook.unknown", {"id": name or "-"}))
    return name, key_of(settings.webhooks[name].secrets[0]) or b""


def _played(shop: ShopTraffic, start: datetime, seed: int) -> Iterator[Event]:
    """Events from `start` on, for ever, of conversations that begin after it."""
    settings = TrafficSettings()
    zone = timedelta(minutes=settings.arrivals.utc_offset_minutes)
    today = (start + zone).date()
    days = (today + timedelta(days=day) for day in count())
    before: set[str] = set()
    for event in play_shop(settings, shop, days, shop_random(seed, shop)):
        if event.at < start:
            before.add(event.conversation)
        elif event.conversation not in before:
            yield event


async def _in_time(
    events: Iterator[Event], start: datetime, speed: float, until_now: bool
) -> AsyncIterator[Event]:
    """Each event when its instant comes on the simulator's clock, which ends at the present."""
    opened = now()
    for event in events:
        if until_now and event.at > now():
            return
        while True:
            present = now()
            clock = min(start + (present - opened) * speed, present)
            if event.at <= clock:
                break
            wait = (event.at - clock) / (speed if clock < present else 1)
            await asyncio.sleep(max(min(wait, timedelta(minutes=1)).total_seconds(), 0))
        yield event


async def _hand_in(address: str, name: str, key: bytes, events: AsyncIterator[Event]) -> None:
    rejected: list[str] = []

    def note(event: Event, sentence: str) -> None:
        rejected.append(event.source_id)
        sys.stderr.write(f"{event.source_id}: {sentence}\n")

    tell = _teller()
    async with HandIn(address, name, key, now, note) as door:
        async for event in events:
            await door.give(event)
            tell(door.acknowledged, event.at)
    values = {"count": f"{door.acknowledged:,}", "rejected": f"{len(rejected):,}"}
    sys.stdout.write(say("simulate.done", values) + "\n")


def _teller() -> Callable[[int, datetime], None]:
    """Say now and then how far it has come."""
    told_at = now()

    def tell(acknowledged: int, at: datetime) -> None:
        nonlocal told_at
        if now() - told_at >= TELL_EVERY:
            told_at = now()
            values = {
                "count": f"{acknowledged:,}",
                "at": at.astimezone().strftime("%m-%d %H:%M:%S"),
            }
            sys.stdout.write(say("simulate.playing", values) + "\n")
            sys.stdout.flush()

    return tell
