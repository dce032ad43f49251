"""One agent who is played: logs in, is there, reads, thinks, types, answers, hands on and closes,
over the public API and a page's socket, at a person's pace. Only in the chats that are its own."""

import asyncio
import sys
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import timedelta
from secrets import token_hex

import websockets

from miaohui.app.demo.api import Api, RefusedError
from miaohui.app.demo.logins import Login
from miaohui.app.demo.page import Page, connected
from miaohui.app.demo.traffic import SETTINGS
from miaohui.app.demo.work import Work, is_own
from miaohui.app.wiring import now
from miaohui.domain.traffic.agents import Craft
from miaohui.domain.traffic.chance import Dice
from miaohui.domain.traffic.understanding import answer_to, is_spam
from miaohui.domain.vocabulary.problems import Problem, ReaderError

BEAT_SECONDS = 20.0
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 10.0  # before another try to reach the house
LATE = timedelta(minutes=3)
MESSAGES_READ = 50
PLAYED = {"played": "demo"}  # what every answer says of itself
LOST = (OSError, TimeoutError, websockets.WebSocketException, RefusedError)


class Agent:
    """An agent at work. `colleagues` are the accounts of all who are played, each of whom adds
    its own."""

    def __init__(
        self, address: str, login: Login, colleagues: set[str], pace: float, dice: Dice
    ) -> None:
        self._address = address
        self._login = login
        self._colleagues = colleagues
        self._pace = pace
        self._dice = dice
        self._craft = Craft(SETTINGS.agents)
        self._account = ""

    async def run(self) -> None:
        """Until cancelled; a house that is not there is waited for. Goes home in the end.

        Raises ReaderError `demo.real_shop` where it sees a shop that is no demo: there a machine
        never passes for a person.
        """
        async with Api(self._address) as api:
            try:
                await self._come_again_and_again(api)
            finally:
                if api.token is not None:
                    with suppress(*LOST):
                        await _be(api, "off_shift")
                        await api.log_out()

    async def _come_again_and_again(self, api: Api) -> None:
        pause = FIRST_PAUSE
        while True:
            began = now()
            try:
                await self._work_one_line(api)
            except LOST as error:
                sys.stderr.write(f"{self._login.name}: {type(error).__name__} {error}\n")
                if isinstance(error, RefusedError) and error.status == 401:
                    api.token = None
            pause = FIRST_PAUSE if now() - began > LATE else min(2 * pause, LONGEST_PAUSE)
            await asyncio.sleep(pause)

    async def _work_one_line(self, api: Api) -> None:
        if api.token is None:
            welcome = await api.log_in(self._login.name, self._login.password)
            self._account = welcome["account"]
            self._colleagues.add(self._account)
            await _refuse_real_shops(api)
        await _be(api, "online")
        async with connected(self._address, api.token or "") as socket:
            page = Page(socket)
            await page.tell(start={"device": "demo", "since": None})
            await _until_one_ends(page.run(), _beat(page), self._serve(api, page))

    async def _serve(self, api: Api, page: Page) -> None:
        """One thing after the other, as a person does."""
        work, clock = Work(self._account, self._craft, self._dice, self._pace), _clock()
        while True:
            page.changed.clear()
            if work.wants_a_break(clock()):
                await self._take_a_break(api)
            elif chat := work.next_to_answer(page.cards):
                await self._attend(api, page, work, chat)
            elif chat := work.next_to_close(page.cards, clock()):
                await _try(api, f"/v1/chats/{chat}/closure")
                work.closed(chat, clock())
            else:
                with suppress(TimeoutError):
                    async with asyncio.timeout(work.idle_seconds(clock())):
                        await page.changed.wait()

    async def _attend(self, api: Api, page: Page, work: Work, chat: str) -> None:
        """Read, think, type and answer, or hand on."""
        await page.tell(reading=chat)
        texts, earlier = await _read(api, chat)
        thinking = self._dice.draw(self._craft.thinking) * work.slowness(page.cards)
        await self._pause(thinking)
        if await self._hands_on(api, page, chat):
            return
        if is_spam(texts):
            await _try(api, f"/v1/chats/{chat}/spam-report")
        await page.tell(typing=chat)
        await self._pause(self._dice.draw(self._craft.writing))
        card = page.cards.get(chat)
        if card is None or card.waiting_since is None or not is_own(card, self._account):
            return  # by now it is somebody else's
        answer = answer_to(texts, earlier, now() - card.waiting_since > LATE, self._dice)
        answered = await page.say(chat, token_hex(8), {"text": answer.text, "extra": PLAYED})
        work.answered(chat, answer.farewell, _clock()())
        if answered.problems:
            sys.stderr.write(f"{self._login.name}: {answered.problems}\n")

    async def _hands_on(self, api: Api, page: Page, chat: str) -> bool:
        """Now and then, to a colleague who is played and there: never to whoever looks on."""
        if not self._dice.happens(self._craft.settings.transfers):
            return False
        there = [
            account
            for account in sorted(self._colleagues - {self._account})
            if page.presences.get(account) == "online"
        ]
        if not there or not is_own(page.cards.get(chat), self._account):
            return False
        to = {"account": self._dice.pick(there), "reason": PLAYED["played"]}
        return await _try(api, f"/v1/chats/{chat}/assignment", to)

    async def _take_a_break(self, api: Api) -> None:
        await _be(api, "away")
        await self._pause(self._dice.draw(self._craft.absence))
        await _be(api, "online")

    async def _pause(self, milliseconds: float) -> None:
        await asyncio.sleep(milliseconds / 1000 / self._pace)


async def _refuse_real_shops(api: Api) -> None:
    for shop in await api.ask("GET", "/v1/shops"):
        if not shop["demo"]:
            raise ReaderError(Problem("demo.real_shop", {"shop": shop["name"]}))


async def _read(api: Api, chat: str) -> tuple[list[str], list[str]]:
    """What the buyer wrote since somebody answered, and before that."""
    texts: list[str] = []
    earlier: list[str] = []
    for each in await api.ask("GET", f"/v1/chats/{chat}/messages?limit={MESSAGES_READ}"):
        text = each["payload"].get("text")
        if each.get("answers"):
            earlier += texts
            texts.clear()
        elif each["actor"] == "buyer" and each["kind"] == "text" and text:
            texts.append(text)
    return texts, earlier


async def _be(api: Api, presence: str) -> None:
    await api.ask("PUT", "/v1/me/presence", {"presence": presence})


async def _try(api: Api, path: str, body: object = None) -> bool:
    """Whether it was done: somebody else, or the buyer, may have been quicker."""
    try:
        await api.ask("PUT", path, body)
    except RefusedError as refused:
        if refused.status == 401:
            raise
        return False
    return True


async def _beat(page: Page) -> None:
    while True:
        await page.tell(beat={"may_notify": True, "muted": False})
        await asyncio.sleep(BEAT_SECONDS)


async def _until_one_ends(*stories: Coroutine[None, None, None]) -> None:
    tasks = [asyncio.create_task(each) for each in stories]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for each in done:
            each.result()
    finally:
        for each in tasks:
            each.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _clock() -> Callable[[], float]:
    return asyncio.get_running_loop().time
