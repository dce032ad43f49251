"""What the log holds, beside what everybody was told."""

import json
import subprocess
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks.ordeal.agents import Agent
from benchmarks.ordeal.buyers import Stream
from benchmarks.ordeal.house import CHANNEL, SHOP, House
from benchmarks.ordeal.platform import Platform
from miaohui.domain.vocabulary.events import Event


@dataclass
class Verdict:
    """Counts, and everything that is wrong; nothing may be."""

    counts: dict[str, int]
    wrong: list[str] = field(default_factory=list)


def judge(
    house: House, streams: Sequence[Stream], agents: Sequence[Agent], there: Platform
) -> Verdict:
    """Read the whole log and compare."""
    with house.opened_log() as log:
        events = [event for event in log.read(SHOP) if event.channel == CHANNEL]
        unsound = [problem.key for problem in log.check()]
    verdict = Verdict(_counts(events, streams, agents, there, house))
    verdict.wrong += unsound
    verdict.wrong += _buyers(events, streams)
    verdict.wrong += _agents(events, agents)
    verdict.wrong += _sent(events, there)
    verdict.wrong += _assigned(events)
    return verdict


def same_figures(house: House, now: Mapping[str, Any]) -> list[str]:
    """Where the live figures of the day and the report on the log differ."""
    done = subprocess.run(house.report(now["at"]), capture_output=True, text=True, check=True)
    (shop,) = json.loads(done.stdout)["shops"]
    day = shop["days"][-1]
    (pack,) = now["figures"].values()
    return [
        f"{metric}: live {pack.get(metric)}, report {figure}"
        for metric, figure in day["metrics"].items()
        if pack.get(metric) != figure
    ]


def _counts(
    events: Sequence[Event],
    streams: Iterable[Stream],
    agents: Iterable[Agent],
    there: Platform,
    house: House,
) -> dict[str, int]:
    streams, agents = list(streams), list(agents)
    return {
        "events": len(events),
        "sent": sum(len(stream.sent) for stream in streams),
        "acknowledged": sum(len(stream.acknowledged) for stream in streams),
        "sent_again": sum(stream.again for stream in streams),
        "refused": sum(stream.refused for stream in streams),
        "said": sum(len(agent.said) for agent in agents),
        "resumed": sum(agent.resumed for agent in agents),
        "delivered": len(there.times),
        "delivered_again": sum(times - 1 for times in there.times.values()),
        "kills": house.kills,
    }


def _buyers(events: Iterable[Event], streams: Iterable[Stream]) -> Iterable[str]:
    """Every acknowledged message is there once, under the seq that was told, in its order."""
    seqs: defaultdict[str, list[int]] = defaultdict(list)
    last: dict[str, int] = {}
    for event in events:
        if event.actor == "buyer":
            seqs[event.source_id].append(event.seq)
            place = int(event.source_id.partition("-")[2])
            if place <= last.get(event.conversation, -1):
                yield f"out of order: {event.source_id} in {event.conversation}"
            last[event.conversation] = place
    for stream in streams:
        for source_id, seq in stream.acknowledged.items():
            if seqs[source_id] != [seq]:
                yield f"acknowledged {source_id} under {seq}: {seqs[source_id]}"


def _agents(events: Iterable[Event], agents: Iterable[Agent]) -> Iterable[str]:
    seqs: defaultdict[str, list[int]] = defaultdict(list)
    for event in events:
        if event.actor == "agent" and event.kind == "text":
            seqs[event.source_id].append(event.seq)
    for agent in agents:
        for key, seq in agent.said.items():
            if seqs[f"desk:{agent.name}:{key}"] != [seq]:
                yield f"said {agent.name} {key} under {seq}"
        for problem in set(agent.refused):
            if not problem.startswith(("intake.", "log.")):
                yield f"refused {agent.name}: {problem}"


def _sent(events: Iterable[Event], there: Platform) -> Iterable[str]:
    """Everything that an agent said came at the platform, under one id, in its order."""
    order: defaultdict[str, list[str]] = defaultdict(list)
    for event in events:
        if event.actor == "agent" and event.kind == "text":
            order[event.conversation].append(event.id)
            if there.texts.get(event.id) != event.payload.text:
                yield f"not delivered: {event.id}"
    for conversation, ids in order.items():
        if there.order.get(conversation, []) != ids:
            yield f"delivered out of order: {conversation}"
    yield from (f"changed on the way: {each}" for each in there.changed)
    if there.forged:
        yield f"not signed by the house: {there.forged}"


def _assigned(events: Iterable[Event]) -> Iterable[str]:
    """Nobody is given a chat that somebody has: nobody went away, so each was given once."""
    given = Counter(event.conversation for event in events if event.kind == "assigned")
    yield from (f"assigned {times} times: {each}" for each, times in given.items() if times > 1)
