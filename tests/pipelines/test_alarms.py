"""Alarms on a floor, on real storage: who hears what, once, and what a restart knows."""

import pytest
from tests.events import at
from tests.pipelines.alarm_evenings import CHANNEL, SHOP, alarm_evening, ladder, played

from miaohui.adapters.channels.port import Answer, Outcome
from miaohui.domain.desk.alarms.settings import AlarmSettings, Kind, Level, Repeats, Step, Way
from miaohui.domain.desk.floor.people import Health
from miaohui.domain.vocabulary.problems import Problem, ReaderError
from miaohui.pipelines.refusals import NotAllowed

ONCE = Repeats(None, None, None)
SCREEN, ANYWHERE = (Way.SCREEN,), (Way.SCREEN, Way.EMAIL, Way.WEBHOOK)
WAITING = ladder(
    Kind.WAITING,
    Step(Level.AGENT, -60, SCREEN),
    Step(Level.LEAD, -30, ANYWHERE),
    Step(Level.OWNER, 0, ANYWHERE),
    repeats=ONCE,
)
FAILED = Answer(Outcome.LATER, "timeout")


def one(kind: Kind, level: Level = Level.LEAD, **more: object) -> AlarmSettings:
    return ladder(kind, Step(level, 0, SCREEN), repeats=ONCE, **more)


def test_a_waiting_chat_rings_up_the_ladder_to_the_second_and_is_over_with_the_reply(tmp_path):
    async def story() -> None:
        async with alarm_evening(tmp_path, WAITING) as house:
            house.come("lin")
            house.evening.asks("anna")
            house.evening.happens("assigned", "anna", account="lin")
            await house.wait(119)
            assert house.frames == {"lin": [], "zhou": [], "lead": [], "boss": []}
            await house.wait(1)
            assert (house.rung("lin"), house.rung("lead")) == (["waiting_one"], [])
            await house.wait(30)
            assert (house.rung("lead"), house.rung("boss")) == (["waiting_one_of"], [])
            await house.wait(31)
            assert house.rung("boss") == ["lost_one_of"]
            assert house.frames["zhou"] == []
            house.evening.answers("lin", "anna")
            await house.now()
            assert [len(house.cleared(name)) for name in ("lin", "lead", "boss")] == [1, 3, 3]
            assert house.standing("boss") == []

    played(story)


def test_what_was_told_before_a_restart_is_known_after_it_and_not_told_again(tmp_path):
    async def story() -> None:
        async with alarm_evening(tmp_path, WAITING) as house:
            house.come("lin")
            house.evening.asks("anna")
            house.evening.happens("assigned", "anna", account="lin")
            await house.wait(150)
            house.open()
            await house.wait(29)
            assert [house.rung(name) for name in ("lin", "lead", "boss")] == [[], [], []]
            assert house.standing("lead") == [("agent", "waiting"), ("lead", "waiting")]
            await house.wait(2)
            assert house.rung("boss") == ["lost_one_of"]

    played(story)


def test_a_reply_while_the_house_was_closed_takes_everything_back(tmp_path):
    async def story() -> None:
        async with alarm_evening(tmp_path, WAITING) as house:
            house.come("lin")
            house.evening.asks("anna")
            await house.wait(150)
            assert house.book.errands() or house.rung("lead")
            house.evening.followers = []
            house.evening.answers("lin", "anna")
            house.open()
            await house.now()
            assert (house.standing("boss"), house.book.told(SHOP)) == ([], house.book.told(SHOP))
            assert [row for row in house.book.told(SHOP) if not row.cleared] == []
            assert house.book.errands() == []

    played(story)


def test_errands_are_kept_with_what_was_told_and_none_is_left_when_it_is_over(tmp_path):
    async def story() -> None:
        async with alarm_evening(tmp_path, WAITING) as house:
            house.robots = ("team",)
            house.come("lin")
            house.evening.asks("anna")
            await house.wait(150)
            kept = [(each.way.value, each.to, each.key) for each in house.book.errands()]
            assert kept == [
                ("email", "lead", "alarm.waiting_one_untaken"),
                ("webhook", "team", "alarm.waiting_one_untaken"),
            ]
            house.open()
            assert [(each.way.value, each.to, each.key) for each in house.book.errands()] == kept
            house.evening.answers("lin", "anna")
            await house.now()
            assert house.book.errands() == []

    played(story)


def test_robots_hear_nothing_of_what_is_told_to_one_agent(tmp_path):
    agents = ladder(Kind.WAITING, Step(Level.AGENT, -60, (Way.WEBHOOK, Way.WEB_PUSH)))

    async def story() -> None:
        async with alarm_evening(tmp_path, agents) as house:
            house.robots = ("team",)
            house.come("lin")
            house.evening.asks("anna")
            house.evening.happens("assigned", "anna", account="lin")
            await house.wait(121)
            assert [(each.way, each.to) for each in house.book.errands()] == [(Way.WEB_PUSH, "lin")]

    played(story)


def test_what_storage_does_not_take_is_told_all_the_same_and_kept_as_soon_as_it_can_be(tmp_path):
    async def story() -> None:
        async with alarm_evening(tmp_path, WAITING) as house:
            keep = house.store.keep_told_alarms

            def full(*_: object) -> None:
                raise ReaderError(Problem("log.disk_full"))

            house.store.keep_told_alarms = full  # type: ignore[method-assign]
            house.come("lin")
            house.evening.asks("anna")
            house.evening.happens("assigned", "anna", account="lin")
            await house.wait(125)
            assert house.rung("lin") == ["waiting_one"]
            assert house.store.told_alarms() == {}
            house.store.keep_told_alarms = keep  # type: ignore[method-assign]
            await house.wait(30)
            assert (house.rung("lin"), house.rung("lead")) == (["waiting_one"], ["waiting_one_of"])
            names = [name.partition(":")[0] for name in house.store.told_alarms()]
            assert sorted(set(names)) == ["errand", "told"]
            house.open()
            await house.wait(10)
            assert house.rung("lead") == []

    played(story)


def test_one_takes_it_for_good_and_those_below_may_not(tmp_path):
    async def story() -> None:
        async with alarm_evening(tmp_path, WAITING) as house:
            people = house.evening.floor.people
            house.come("lin")
            house.evening.asks("anna")
            await house.wait(150)
            [alarm] = house.bell.in_view(people["lead"].account)
            assert await house.alarms.take(people["lin"].account, alarm.id, None) is None
            everything = people["zhou"].account
            assert await house.alarms.take(everything, "0" * 32, None) is None
            taken = await house.alarms.take(people["lead"].account, alarm.id, None)
            assert taken is not None
            assert not isinstance(taken, NotAllowed)
            assert taken.taken_by == "lead"
            again = await house.alarms.take(people["boss"].account, alarm.id, None)
            assert again == taken
            house.open()
            await house.now()
            [known] = house.bell.in_view(people["boss"].account)
            assert known.taken_by == "lead"

    played(story)


def test_what_came_after_somebody_looked_is_not_taken_with_it(tmp_path):
    async def story() -> None:
        async with alarm_evening(tmp_path, WAITING) as house:
            lead = house.evening.floor.people["lead"].account
            house.come("lin")
            house.evening.asks("anna")
            await house.wait(60)
            house.evening.asks("bella")
            await house.wait(90)
            [seen] = house.bell.in_view(lead)
            await house.wait(60)
            taken = await house.alarms.take(lead, seen.id, seen.at)
            assert taken is not None
            assert not isinstance(taken, NotAllowed)
            assert (taken.taken_by, len(taken.chats)) == (None, 2)
            told = [row for row in house.book.told(SHOP) if row.recipient.level is Level.LEAD]
            takers = {row.chat: row.taken_by for row in told}
            assert takers == {"anna": "lead", "bella": None}

    played(story)


def test_nobody_on_duty_and_buyers_who_wait_while_nobody_is_there(tmp_path):
    both = ladder(Kind.NOBODY_ON_DUTY, Step(Level.OWNER, 0, SCREEN), repeats=ONCE)
    offline = {Kind.ALL_OFFLINE: (Step(Level.OWNER, 0, SCREEN),)}
    settings = AlarmSettings({**both.ladders, **offline}, ONCE, None)

    async def story() -> None:
        async with alarm_evening(tmp_path, settings) as house:
            house.come("lin")
            await house.wait(120)
            assert house.frames["boss"] == []
            house.come("lin", there=False)
            house.evening.asks("anna")
            await house.wait(12)
            assert house.rung("boss") == ["all_offline"]
            await house.wait(60)
            assert house.rung("boss") == ["all_offline", "nobody_now"]
            house.open()
            await house.wait(5)
            assert house.rung("boss") == []
            house.come("lin")
            await house.now()
            assert len(house.cleared("boss")) == 2

    played(story)


@pytest.mark.parametrize(
    ("health", "key"),
    [(Health(muted=True), "muted_of"), (Health(may_notify=False), "may_not_notify_of")],
)
def test_a_page_that_cannot_ring_is_told_once_also_over_a_restart(tmp_path, health, key):
    async def story() -> None:
        async with alarm_evening(tmp_path, one(Kind.MUTED)) as house:
            house.come("lin")
            house.tells_health("lin", health)
            await house.wait(40)
            assert house.rung("lead") == [key]
            house.open()
            await house.wait(10)
            house.tells_health("lin", health)
            await house.wait(40)
            assert (house.rung("lead"), house.cleared("lead")) == ([], [])
            house.tells_health("lin", Health())
            await house.now()
            assert len(house.cleared("lead")) == 1

    played(story)


def test_one_page_that_rings_is_enough(tmp_path):
    async def story() -> None:
        async with alarm_evening(tmp_path, one(Kind.MUTED)) as house:
            house.come("lin")
            floor = house.evening.floor
            for _ in range(60):
                floor.beat("lin", "phone", Health(), house.evening.now)
                house.tells_health("lin", Health(muted=True))
                await house.now()
            assert house.rung("lead") == []
            for _ in range(130):
                house.tells_health("lin", Health(muted=True))
                await house.now()
            assert house.rung("lead") == ["muted_of"]

    played(story)


def test_a_failing_channel_is_told_and_over_as_soon_as_it_takes_something(tmp_path):
    async def story() -> None:
        async with alarm_evening(tmp_path, one(Kind.CHANNEL_FAILING)) as house:
            house.health.note((SHOP, CHANNEL), FAILED)
            await house.wait(62)
            assert house.rung("lead") == ["channel_failing"]
            house.open()
            await house.wait(62)
            assert (house.rung("lead"), house.cleared("lead")) == ([], [])
            house.health.note((SHOP, CHANNEL), Answer(Outcome.TAKEN))
            await house.now()
            assert len(house.cleared("lead")) == 1

    played(story)


def test_a_silent_channel_is_told_and_over_with_the_next_message(tmp_path):
    async def story() -> None:
        async with alarm_evening(tmp_path, one(Kind.CHANNEL_SILENT)) as house:
            house.evening.asks("anna")
            house.evening.answers("lin", "anna")
            house.evening.wait(1790)
            await house.wait(8)
            assert house.rung("lead") == []
            await house.wait(4)
            assert house.rung("lead") == ["channel_silent"]
            house.evening.asks("bella")
            await house.now()
            assert len(house.cleared("lead")) == 1

    played(story)


def test_a_channel_that_has_been_silent_since_yesterday_is_remembered_by_its_last_chat(tmp_path):
    async def story() -> None:
        settings, newest = one(Kind.CHANNEL_SILENT), at("2026-10-31T20:00:00")
        async with alarm_evening(tmp_path, settings, newest) as house:
            await house.now()
            assert house.rung("lead") == []
            await house.scene.remember()
            house.alarms.stir(SHOP)
            await house.now()
            assert house.rung("lead") == ["channel_silent"]

    played(story)


def test_misses_count_once_they_bring_what_is_left_below_the_number(tmp_path):
    async def story() -> None:
        async with alarm_evening(tmp_path, one(Kind.MISSES_LEFT, misses_left_below=2)) as house:
            house.come("lin")
            for number in range(40):
                house.evening.asks(f"buyer {number}")
                house.evening.wait(10)
                house.evening.answers("lin", f"buyer {number}")
            await house.wait(5)
            assert house.rung("lead") == [], "the day is young, and nobody was missed"
            for number in range(20):
                house.evening.asks(f"lost {number}")
                house.evening.wait(200)
                house.evening.answers("lin", f"lost {number}")
                await house.wait(2)
            assert house.rung("lead") == ["misses_left"], "told once a day, until many are left"
            assert house.standing("lead") == [("lead", "misses_left")]
            [standing] = house.bell.in_view(house.evening.floor.people["lead"].account)
            broken = "Star indicator: 3-minute rate of 30 days is broken"
            assert (standing.key, standing.said["en"]) == ("alarm.line_broken", broken)

    played(story)


def test_a_shop_that_is_gone_leaves_nothing_behind(tmp_path):
    async def story() -> None:
        async with alarm_evening(tmp_path, WAITING) as house:
            house.come("lin")
            house.evening.asks("anna")
            await house.wait(150)
            assert house.standing("lead")
            del house.evening.floor.shops[SHOP]
            house.alarms.stir(SHOP)
            await house.now()
            assert (house.standing("lead"), house.book.told(SHOP)) == ([], [])
            assert [name for name in house.store.told_alarms() if name.startswith("told")] == []

    played(story)
