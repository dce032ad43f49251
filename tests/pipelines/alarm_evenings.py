"""The tea shop's evening with its alarms, on real storage and a clock that is turned by hand."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager, closing
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.domain.desk.floor.evenings import STEERING, Evening
from typing_extensions import override

from miaohui.adapters.pack_files.library import load_pack
from miaohui.adapters.storage.sqlite.tables import open_sqlite_tables
from miaohui.adapters.storage.tables.desk import TableDesk
from miaohui.app.language import say
from miaohui.domain.desk.alarms.settings import AlarmSettings, Kind, Step
from miaohui.domain.desk.floor.floor import Change
from miaohui.domain.desk.floor.people import Health
from miaohui.domain.directory.accounts import Account, Channel, Shop, Shops, Visibility
from miaohui.domain.directory.presence import Presence
from miaohui.domain.directory.rights import AGENT, LEAD, OWNER
from miaohui.domain.rules.assessment import assessments_of
from miaohui.domain.vocabulary.events import Event
from miaohui.pipelines.alarm_bell import Bell
from miaohui.pipelines.alarm_book import AlarmBook
from miaohui.pipelines.alarm_people import AlarmPeople
from miaohui.pipelines.alarm_scene import Scene
from miaohui.pipelines.alarms import Alarms
from miaohui.pipelines.channel_health import ChannelHealth
from miaohui.pipelines.live import Heard
from miaohui.pipelines.misses_left import MissesWatch
from miaohui.pipelines.rule_book import RuleBook
from miaohui.pipelines.running_figures import RunningFigures
from miaohui.pipelines.watching import Watcher, Watching

SHOP, CHANNEL = "tea", "webchat"
TEA = Shops(only=frozenset({SHOP}))
PACK = load_pack("pdd")
JUDGED = assessments_of(PACK)
LINES = {"star_reply_3min": 0.9}
ROLES = {"lin": AGENT, "zhou": AGENT, "lead": LEAD, "boss": OWNER}


class Played(Evening):
    """A floor that is followed."""

    def __init__(self, newest: datetime | None = None) -> None:
        super().__init__()
        self.followers: list[Any] = []
        self.newest = newest

    @override
    def hear(self, event: Event) -> Change:
        change = super().hear(event)
        for follower in self.followers:
            follower.heard([Heard(change.event, change.after.id, change)])
        return change


class AlarmEvening:
    """A house with people in it: Lin and Zhou answer, a lead, an owner."""

    def __init__(self, store: TableDesk, settings: AlarmSettings, evening: Played) -> None:
        self.store = store
        self.settings = settings
        self.evening = evening
        self.robots: Sequence[str] = ()
        for name, role in ROLES.items():
            wide = Visibility.OWN if role is AGENT else Visibility.ALL
            account = Account(name, name, role, shops=TEA, visibility=wide)
            evening.floor.keep_account(account)
        self.open()

    def open(self) -> None:
        """Open the house anew over what storage has; every page comes anew, too."""
        floor, clock = self.evening.floor, lambda: self.evening.now
        self.watching = Watching(floor)
        self.health = ChannelHealth(clock)
        self.people = AlarmPeople(floor)
        self.figures = RunningFigures(floor, lambda _, __: ("pdd", JUDGED), clock)
        misses = MissesWatch(self.figures, RuleBook(load_pack, ()), lambda _: LINES)
        newest = lambda _: self.evening.newest  # noqa: E731
        self.scene = Scene(floor, self.health, self.people, misses, newest, clock)
        self.scene.shop_kept(Shop(SHOP, "茶叶铺"), [Channel(SHOP, CHANNEL, "webchat", "官网")])
        self.book = AlarmBook(self.store)
        accounts = lambda: [each.account for each in floor.people.values()]  # noqa: E731
        self.bell = Bell(self.watching, accounts, say)
        self.alarms = Alarms(
            floor,
            self.scene,
            self.book,
            self.bell,
            lambda _: self.settings,
            lambda _: self.robots,
            clock,
        )
        self.evening.followers = [self.scene, self.figures]
        for chat in floor.chats.values():
            self.scene.entered(chat, chat.state.history)
            self.figures.entered(chat, chat.state.history)
        self.frames: dict[str, list[dict[str, Any]]] = {name: [] for name in ROLES}
        for name in ROLES:
            frames = self.frames[name]
            send = lambda frame, frames=frames: frames.append(json.loads(frame))  # noqa: E731
            self.watching.enter(Watcher(floor.people[name].account, "pc", send))
        self.alarms.stir(SHOP)

    def come(self, *names: str, there: bool = True) -> None:
        """People come to their desks, or go."""
        for name in names:
            presence = Presence.ONLINE if there else Presence.OFF_SHIFT
            self.evening.floor.hear_presence(name, presence, True, self.evening.now)
            self.evening.beat(name)
        self.alarms.stir(SHOP)

    def tells_health(self, name: str, health: Health) -> None:
        self.evening.floor.beat(name, "pc", health, self.evening.now)
        self.people.told_health(name, self.evening.now)

    async def wait(self, seconds: float) -> None:
        """Let time pass second by second, and do what is due in each."""
        for _ in range(int(seconds)):
            self.evening.wait(1)
            await self.alarms.look_at_what_is_due()

    async def now(self) -> None:
        """Do what is due now; a shop has its rest first."""
        await self.wait(1)

    def rung(self, name: str) -> list[str]:
        """The keys of what rang on somebody's page."""
        return [each["key"].removeprefix("alarm.") for each in self._news(name, "rung")]

    def cleared(self, name: str) -> list[str]:
        return list(self._news(name, "cleared"))

    def standing(self, name: str) -> list[tuple[str, str]]:
        """Levels and kinds of what somebody may know of."""
        account = self.evening.floor.people[name].account
        return [(each.level.value, str(each.kind)) for each in self.bell.in_view(account)]

    def _news(self, name: str, part: str) -> Iterable[Any]:
        return [each for frame in self.frames[name] for each in frame["alarms"].get(part, ())]


@asynccontextmanager
async def alarm_evening(
    folder: Path, settings: AlarmSettings, newest: datetime | None = None
) -> AsyncIterator[AlarmEvening]:
    """The shop at ten in the morning, nobody there yet."""
    with closing(open_sqlite_tables(folder / "log.db", folder / "key")) as tables:
        yield AlarmEvening(TableDesk(tables), settings, Played(newest))


def played(story: Any) -> Any:
    return asyncio.run(story())


def ladder(kind: Kind, *steps: Step, **more: Any) -> AlarmSettings:
    """One ladder; nothing is quiet."""
    off: dict[Kind, tuple[Step, ...]] = dict.fromkeys(Kind, ())
    return AlarmSettings(ladders=off | {kind: steps}, **{"quiet_hours": None, **more})  # type: ignore[arg-type]


__all__ = ["STEERING", "AlarmEvening", "alarm_evening", "ladder", "played"]
