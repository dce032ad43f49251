"""Pages on which time stands still, so that pictures of them are always the same.

The house lives in the present. What it tells a page is carried to one noon, each instant rounded
to whole minutes from when the story began; the page's own clock stands at that noon.
"""

import re
from datetime import UTC, datetime, timedelta

from playwright.async_api import BrowserContext, Route, WebSocketRoute
from tests.journeys.test_shop_hours import AHEAD

NOON = datetime(2026, 3, 2, 12, 30, tzinfo=UTC) - timedelta(hours=AHEAD)  # where the shop is
NOW = re.compile(r'("now":")[^"]+')
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")


async def stop_the_clock(context: BrowserContext, began: datetime) -> None:
    """For all pages of this browser, whose story began at some instant."""

    async def answer(route: Route) -> None:
        told = await route.fetch()
        await route.fulfill(response=told, body=carried(await told.text(), began))

    async def speak(page: WebSocketRoute) -> None:
        house = page.connect_to_server()
        house.on_message(lambda told: page.send(carried(str(told), began)))

    await context.clock.set_fixed_time(NOON)
    await context.route("**/v1/**", answer)
    await context.route_web_socket("**/v1/**", speak)


def carried(text: str, began: datetime) -> str:
    """Every instant in a text, carried from the present to noon."""

    def minute(found: re.Match[str]) -> str:
        since = datetime.fromisoformat(found[0]) - began
        return (NOON + timedelta(minutes=round(since / timedelta(minutes=1)))).isoformat()

    return NOW.sub(rf"\g<1>{NOON.isoformat()}", INSTANT.sub(minute, text))
