"""One trial: load, kills at random moments, and whatever else happens to a shop."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from benchmarks.ordeal.agents import Agent, all_come
from benchmarks.ordeal.buyers import Stream
from benchmarks.ordeal.house import SHOP, House
from benchmarks.ordeal.platform import Platform, platform
from benchmarks.ordeal.verdict import Verdict, judge, same_figures

Blow = Callable[[], Awaitable[None]]
SETTLE_SECONDS = 60


@dataclass
class Trial:
    """How hard and how long. `rate`: buyers' messages a second; `kills`: at random moments."""

    rate: float = 500
    seconds: float = 60
    kills: int = 20
    streams: int = 8
    conversations: int = 25  # of each stream
    agents: int = 10
    pace_seconds: float = 0.2
    seed: int = 1


def undergo(trial: Trial, folder: Path, log: str, blows: Sequence[Blow] = ()) -> Verdict:
    """Let a house undergo a trial, and judge it. `blows` fall between the kills."""
    with platform() as there:
        house = House(folder, log, there.address)
        tokens = house.furnish(trial.agents)
        house.start()
        try:
            streams, agents, now = asyncio.run(_played(trial, house, tokens, blows, there))
        finally:
            house.close()
        verdict = judge(house, streams, agents, there)
        verdict.wrong += same_figures(house, now)
        return verdict


async def _played(
    trial: Trial,
    house: House,
    tokens: Mapping[str, str],
    blows: Sequence[Blow],
    there: Platform,
) -> tuple[list[Stream], list[Agent], dict[str, Any]]:
    chance = random.Random(trial.seed)
    agents = [Agent(*each, house.port, trial.pace_seconds) for each in tokens.items()]
    streams = [
        Stream(number, house.port, trial.conversations, random.Random(chance.random()))
        for number in range(trial.streams)
    ]
    await all_come(agents)
    stop = asyncio.Event()
    working = [asyncio.create_task(agent.run(stop)) for agent in agents]
    rate = trial.rate / trial.streams
    sending = [asyncio.create_task(each.run(rate, trial.seconds)) for each in streams]
    await _strike(trial, house, blows, chance)
    await asyncio.gather(*sending)
    stop.set()
    await asyncio.gather(*working)
    await _until_delivered(agents, there)
    return streams, agents, await _shop_now(house, next(iter(tokens.values())))


async def _strike(trial: Trial, house: House, blows: Sequence[Blow], chance: random.Random) -> None:
    """Kills and blows at random moments; after each kill the house opens again."""
    acts: list[Blow | None] = [None] * trial.kills + list(blows)
    chance.shuffle(acts)
    moments = sorted(chance.uniform(0.03, 0.97) * trial.seconds for _ in acts)
    loop = asyncio.get_running_loop()
    began = loop.time()
    for moment, act in zip(moments, acts, strict=True):
        await asyncio.sleep(max(0.0, began + moment - loop.time()))
        if act is None:
            await asyncio.to_thread(house.kill)
            await asyncio.to_thread(house.start)
        else:
            await act()


async def _until_delivered(agents: Sequence[Agent], there: Platform) -> None:
    """The outbox empties by itself."""
    for _ in range(SETTLE_SECONDS * 10):
        if len(there.times) >= sum(len(agent.said) for agent in agents):
            return
        await asyncio.sleep(0.1)


async def _shop_now(house: House, token: str) -> dict[str, Any]:
    async with httpx.AsyncClient(timeout=60) as api:
        answer = await api.get(
            f"http://127.0.0.1:{house.port}/v1/shops/{SHOP}/now",
            headers={"authorization": f"Bearer {token}"},
        )
        answer.raise_for_status()
        return answer.json()
