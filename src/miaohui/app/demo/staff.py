"""The agents' process: everybody of a demo who is played, at work in its shop and in no other."""

import asyncio
from collections.abc import Sequence
from random import Random

from miaohui.app.demo.agent import Agent
from miaohui.app.demo.logins import Login
from miaohui.app.signals import stopped_by_signal
from miaohui.domain.traffic.chance import Dice


async def play_staff(address: str, logins: Sequence[Login], pace: float, seed: int) -> None:
    """Be the agents of a demo until somebody stops it. Raises ReaderError as agent.Agent.run."""
    played = [each for each in logins if each.played]
    colleagues: set[str] = set()
    with stopped_by_signal() as stop:
        working = [
            asyncio.create_task(Agent(address, each, colleagues, pace, _dice(seed, each)).run())
            for each in played
        ]
        stopping = asyncio.create_task(stop.wait())
        done, _ = await asyncio.wait((*working, stopping), return_when=asyncio.FIRST_COMPLETED)
        for each in (*working, stopping):
            each.cancel()
        await asyncio.gather(*working, stopping, return_exceptions=True)
        for each in done:
            each.result()


def _dice(seed: int, login: Login) -> Dice:
    return Dice(Random(f"demo:{seed}:{login.name}"))  # noqa: S311  believable, not secret
