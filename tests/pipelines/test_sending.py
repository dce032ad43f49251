"""Every message reaches its channel at least once, in the order of its conversation."""

import asyncio
import random
from collections import defaultdict
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.adapters.storage.happenings import RECEIVED, message
from tests.pipelines.test_intake import opened

from miaohui.adapters.channels.port import Answer, Outcome
from miaohui.adapters.storage.live_ports import Outgoing, Sending
from miaohui.domain.vocabulary.kinds import Actor
from miaohui.pipelines.sending import GIVE_UP_AFTER, Postman, attempted

SHOP = "茶叶铺"
TAKEN, REFUSED = Answer(Outcome.TAKEN), Answer(Outcome.REFUSED, "blocked")
LATER = Answer(Outcome.LATER, "timeout")


class Channel:
    """A channel that answers as it is told to, then takes everything."""

    def __init__(self, answers: dict[str, list[Answer]]) -> None:
        self.answers = defaultdict(list, answers)
        self.tried: list[str] = []
        self.open: dict[str, int] = defaultdict(int)

    async def send(self, outgoing: Outgoing) -> Answer:
        event = outgoing.event
        self.tried.append(event.source_id)
        self.open[event.conversation] += 1
        assert self.open[event.conversation] == 1
        await asyncio.sleep(0)
        self.open[event.conversation] -= 1
        answers = self.answers[event.source_id]
        return answers.pop(0) if answers else TAKEN


def reply(source_id: str, conversation: str = "c1"):
    return message(
        source_id, conversation=conversation, buyer=conversation, actor=Actor.AGENT, account="小王"
    )


def played(replies, answers, until, *, later=timedelta(), listener=None, **senders):
    """Send replies through a channel, `later` than they were written and with every pause over at
    once; what was tried, and the outbox in the end."""

    async def story():
        async with opened() as (intake, log, _):
            channel = Channel(answers)
            loop = asyncio.get_running_loop()
            opened_at = loop.time()
            # Half an hour a hundredth of a second: no pause is longer than a look at the clock.
            clock = lambda: RECEIVED + later + timedelta(hours=50 * (loop.time() - opened_at))  # noqa: E731
            doors = senders.get("senders", {(SHOP, "pdd"): channel})
            postman = Postman(log, intake, doors, clock, random.Random(1).random)
            if listener is not None:
                postman.tell(listener)
            running = asyncio.create_task(postman.run())
            await intake.take(replies, going_out=range(len(replies)))
            for _ in range(500):
                await asyncio.sleep(0.01)
                states = [each.state for each in log.sending(SHOP, range(1, len(replies) + 1))]
                if until(states):
                    break
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            return channel.tried, log.sending(SHOP, range(1, len(replies) + 1))

    return asyncio.run(story())


def all_done(states) -> bool:
    return all(state != Sending.QUEUED for state in states)


def test_messages_go_out_each_conversation_in_its_order():
    replies = [reply(f"{turn}{name}", name) for turn in range(4) for name in "abc"]
    tried, outbox = played(replies, {}, all_done)
    assert len(tried) == len(replies)
    for name in "abc":
        assert [each for each in tried if each.endswith(name)] == [
            f"{turn}{name}" for turn in range(4)
        ]
    assert {each.state for each in outbox} == {Sending.SENT}


def test_a_channel_that_stumbles_is_tried_again_and_nothing_overtakes():
    replies = [reply("1"), reply("2"), reply("x", "c2")]
    tried, outbox = played(replies, {"1": [LATER, LATER, LATER]}, all_done)
    assert [each for each in tried if each != "x"] == ["1", "1", "1", "1", "2"]
    assert [(each.state, each.attempts) for each in outbox] == [
        ("sent", 4),
        ("sent", 1),
        ("sent", 1),
    ]


def test_what_a_channel_refuses_is_told_and_the_next_goes_out():
    tried, outbox = played([reply("1"), reply("2")], {"1": [REFUSED]}, all_done)
    assert tried == ["1", "2"]
    assert [(each.state, each.reason) for each in outbox] == [("failed", "blocked"), ("sent", None)]


def test_a_channel_nobody_knows_fails_its_messages():
    _, outbox = played([reply("1")], {}, all_done, senders={})
    assert [(each.state, each.reason) for each in outbox] == [("failed", "no_channel")]


def test_a_message_nobody_takes_for_a_day_is_given_up():
    day = timedelta(hours=24)
    _, outbox = played([reply("1")], {"1": [LATER] * 3}, all_done, later=day)
    assert [(each.state, each.reason) for each in outbox] == [("failed", "timeout")]


def of(attempts: int) -> Outgoing:
    return Outgoing(reply("1"), Sending.QUEUED, attempts, RECEIVED)


@given(st.integers(0, 60), st.floats(0, 1))
def test_pauses_grow_to_five_minutes(attempts, chance):
    now = of(attempts).event.at
    due_at = attempted(of(attempts), LATER, now, chance).due_at
    assert due_at is not None
    plain = min(2**attempts, 300)
    assert 0.79 * plain <= (due_at - now).total_seconds() <= 1.21 * plain


def test_a_channel_that_asks_for_a_longer_pause_gets_it():
    now = of(0).event.at
    answer = Answer(Outcome.LATER, "429", timedelta(minutes=20))
    assert attempted(of(0), answer, now, 0.5).due_at == now + timedelta(minutes=20)


@pytest.mark.parametrize("late", [timedelta(), timedelta(seconds=1)])
def test_after_a_day_it_is_over(late):
    now = of(3).event.at + GIVE_UP_AFTER + late
    state = Sending.FAILED if late else Sending.QUEUED
    assert attempted(of(3), LATER, now, 0.5).state is state


def test_how_far_each_message_has_come_is_told_in_order():
    told = []
    answers = {"1": [LATER], "2": [REFUSED]}

    def note(event, attempt, attempts):
        told.append((event.source_id, attempt.state.value, attempt.reason, attempts))

    played([reply("1"), reply("2")], answers, all_done, listener=note)
    assert told == [
        ("1", "queued", None, 0),
        ("1", "queued", "timeout", 1),
        ("1", "sent", None, 2),
        ("2", "queued", None, 0),
        ("2", "failed", "blocked", 1),
    ]
