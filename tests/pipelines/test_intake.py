"""The one way into a live log: together, in order, acknowledged after the commit."""

import asyncio
import random
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Event as Gate

import pytest
from tests.adapters.storage.happenings import message, messages

from miaohui.adapters.storage.live_ports import Attempt, LiveLog, Recorded, Sending
from miaohui.adapters.storage.sqlite.log import SqliteLog, open_log
from miaohui.domain.vocabulary.problems import ReaderError
from miaohui.pipelines.intake import Intake

SHOP = "茶叶铺"
NOW = datetime(2026, 11, 2, tzinfo=UTC)
UNWRITABLE = "\ud800"


class Watched:
    """A real log; its commits are counted, and wait while the gate is closed."""

    def __init__(self, log: LiveLog) -> None:
        self.log = log
        self.commits: list[int] = []
        self.gate = Gate()
        self.gate.set()

    def record(self, events, received_at, going_out=(), attempts=()):
        self.gate.wait()
        recorded = self.log.record(events, received_at, going_out, attempts)
        self.commits.append(len(events))
        return recorded


@asynccontextmanager
async def opened(**changes: int) -> AsyncIterator[tuple[Intake, SqliteLog, Watched]]:
    with tempfile.TemporaryDirectory() as folder:
        chance = random.Random(7).getrandbits
        with open_log(Path(folder) / "log.db", Path(folder) / "key", lambda: NOW, chance) as log:
            watched = Watched(log)
            intake = Intake(watched, lambda: NOW, **changes)
            try:
                yield intake, log, watched
            finally:
                watched.gate.set()
                await intake.close()


def sources(log: SqliteLog) -> list[str]:
    return [event.source_id for event in log.read(SHOP)]


def test_what_is_answered_is_in_the_log():
    async def story() -> None:
        async with opened() as (intake, log, _):
            assert await intake.take([message("1"), message("2")]) == [
                Recorded(1, True),
                Recorded(2, True),
            ]
            assert sources(log) == ["1", "2"]
            assert await intake.take([message("2")]) == [Recorded(2, False)]

    asyncio.run(story())


def test_what_gathers_during_a_commit_shares_the_next():
    async def story() -> None:
        async with opened() as (intake, log, watched):
            watched.gate.clear()
            answers = [intake.give([each]) for each in messages(100)]
            await asyncio.sleep(0.05)
            watched.gate.set()
            recorded = await asyncio.gather(*answers)
            assert [each[0].seq for each in recorded] == list(range(1, 101))
            assert sum(watched.commits) == 100
            assert len(watched.commits) <= 2
            assert sources(log) == [event.source_id for event in messages(100)]

    asyncio.run(story())


def test_one_that_cannot_be_written_is_refused_and_the_rest_goes_in():
    async def story() -> None:
        async with opened() as (intake, log, watched):
            watched.gate.clear()
            intake.give([message("0")])
            good, bad, late = (
                intake.give([message("good")]),
                intake.give([message(UNWRITABLE)]),
                intake.give([message("late")]),
            )
            watched.gate.set()
            with pytest.raises(ReaderError) as refused:
                await bad
            assert refused.value.problems[0].key == "log.unwritable_text"
            assert [(await good)[0].seq, (await late)[0].seq] == [2, 3]
            assert sources(log) == ["0", "good", "late"]

    asyncio.run(story())


def test_too_much_waiting_is_refused_at_once_and_nothing_of_it_is_written():
    async def story() -> None:
        async with opened(most_waiting=10) as (intake, log, watched):
            watched.gate.clear()
            first = intake.give(messages(8))
            with pytest.raises(ReaderError) as refused:
                intake.give(messages(3, 100))
            assert refused.value.problems[0].key == "intake.busy"
            watched.gate.set()
            await first
            await intake.take(messages(3, 100))
            assert log.count() == 11

    asyncio.run(story())


def test_a_delivery_larger_than_the_limit_goes_in_when_nothing_waits():
    async def story() -> None:
        async with opened(most_waiting=10) as (intake, log, _):
            await intake.take(messages(50))
            assert log.count() == 50

    asyncio.run(story())


def test_closing_writes_what_was_handed_in_and_takes_nothing_more():
    async def story() -> None:
        async with opened() as (intake, log, watched):
            watched.gate.clear()
            answers = [intake.give([each]) for each in messages(20)]
            closing = asyncio.create_task(intake.close())
            await asyncio.sleep(0)
            with pytest.raises(ReaderError) as refused:
                intake.give([message("late")])
            assert refused.value.problems[0].key == "intake.closing"
            watched.gate.set()
            await closing
            assert [answer.result()[0].seq for answer in answers] == list(range(1, 21))
            assert log.count() == 20
            await intake.close()

    asyncio.run(story())


def test_a_caller_that_goes_away_takes_nothing_back():
    async def story() -> None:
        async with opened() as (intake, log, watched):
            watched.gate.clear()
            caller = asyncio.create_task(intake.take([message("1")]))
            await asyncio.sleep(0)
            caller.cancel()
            watched.gate.set()
            await intake.take([message("2")])
            assert sources(log) == ["1", "2"]

    asyncio.run(story())


def test_listeners_hear_every_new_event_once_in_the_order_of_the_log():
    async def story() -> None:
        async with opened() as (intake, log, _):
            heard: list[tuple[int, str]] = []
            intake.tell(lambda events: heard.extend((each.seq, each.source_id) for each in events))
            chance = random.Random(3)
            given = [
                intake.give(
                    [message(str(chance.randrange(40))) for _ in range(chance.randrange(5))]
                )
                for _ in range(60)
            ]
            await asyncio.gather(*given)
            assert heard == [(event.seq, event.source_id) for event in log.read(SHOP)]

    asyncio.run(story())


def test_messages_and_attempts_of_many_callers_keep_their_places():
    async def story() -> None:
        async with opened() as (intake, log, watched):
            watched.gate.clear()
            intake.give([message("0")])
            intake.give([message("a"), message("b", conversation="c2", buyer="b")], going_out=[1])
            intake.give([message("c")], going_out=[0])
            last = intake.give([], attempts=[Attempt(SHOP, 3, Sending.SENT)])
            watched.gate.set()
            await last
            await intake.take([], attempts=[Attempt(SHOP, 3, Sending.SENT)])
            told = [(each.event.source_id, each.state) for each in log.sending(SHOP, range(9))]
            assert told == [("b", "sent"), ("c", "queued")]

    asyncio.run(story())
