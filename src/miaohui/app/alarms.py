"""Alarms put together: what they are decided on, how they ring, and the ways by which they leave
the house."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import NamedTuple

from miaohui.adapters.notify.email.mailboxes import mailbox
from miaohui.adapters.notify.email.notifier import EmailNotifier
from miaohui.adapters.notify.port import Notifier
from miaohui.adapters.notify.team_robots.notifier import TeamRobotNotifier
from miaohui.adapters.notify.web_push.notifier import WebPushNotifier
from miaohui.adapters.notify.web_push.subscription import read_subscription
from miaohui.adapters.outbound.posting import Outbound
from miaohui.adapters.storage.chat_ports import ChatQuery, Chats
from miaohui.adapters.storage.desk_ports import DeskStore
from miaohui.adapters.storage.tables.desk import TableDesk
from miaohui.api.alarms import AlarmsDoor
from miaohui.api.problems import Clock
from miaohui.app.config import Settings
from miaohui.app.language import language, say
from miaohui.app.rooms import Rooms
from miaohui.app.settings.listed import Listed
from miaohui.app.settings.mail import Mail, mail_server
from miaohui.app.settings.push import PushKept
from miaohui.app.settings.robots import RobotsKept
from miaohui.app.wiring import now
from miaohui.domain.desk.alarms.settings import AlarmSettings, Way
from miaohui.domain.directory.scope import Scope
from miaohui.domain.directory.secret import Secret
from miaohui.pipelines.alarm_bell import Bell
from miaohui.pipelines.alarm_book import AlarmBook, Errand
from miaohui.pipelines.alarm_people import AlarmPeople
from miaohui.pipelines.alarm_scene import Scene
from miaohui.pipelines.alarms import Alarms
from miaohui.pipelines.channel_health import Place
from miaohui.pipelines.ephemera import Ephemera
from miaohui.pipelines.furnishing import Furnishing
from miaohui.pipelines.known_settings import Standing
from miaohui.pipelines.live import Live
from miaohui.pipelines.messenger import Messenger, Receiver, Tried
from miaohui.pipelines.misses_left import MissesWatch
from miaohui.pipelines.reaching import Reaching
from miaohui.pipelines.rule_book import RuleBook
from miaohui.pipelines.running_figures import RunningFigures
from miaohui.pipelines.watching import Watching


class HouseWays:
    """The ways that a house is set up for; see messenger.Ways and reaching.Notifiers."""

    def __init__(
        self,
        listed: Listed,
        standing: Standing,
        store: DeskStore,
        clock: Clock,
        settings: Settings,
    ) -> None:
        self._listed = listed
        self._standing = standing
        self._clock = clock
        self._to_robots = Outbound(inside=settings.robots_inside)
        self._to_browsers = Outbound(inside=settings.push_inside)
        self._robots = TeamRobotNotifier(self._to_robots, clock)
        self._mail: tuple[Mail, EmailNotifier] | None = None
        self._push: tuple[PushKept, WebPushNotifier] | None = None
        self.reaching = Reaching(store, self, say, clock)

    def notifier(self, way: Way) -> Notifier | None:
        """See messenger.Ways."""
        match way:
            case Way.WEBHOOK:
                return self._robots
            case Way.EMAIL:
                return self._by_mail(self._standing.value(self._listed.mail))
            case Way.WEB_PUSH:
                return self._by_push(self._standing.value(self._listed.push))
            case _:
                return None

    def fits(self, way: Way, address: Secret) -> bool:
        """See reaching.Notifiers."""
        match way:
            case Way.EMAIL:
                return mailbox(address.reveal()) is not None
            case Way.WEB_PUSH:
                return read_subscription(address.reveal()) is not None
            case _:
                return False

    def robots(self, shop: str) -> Mapping[str, Secret]:
        """The team robots of a shop by their names."""
        kept = self._standing.value(self._listed.robots, shop) or RobotsKept()
        return {each.name: Secret(each.address) for each in kept.robots}

    def receivers(self, errand: Errand) -> Sequence[Receiver]:
        """See messenger.Ways."""
        if errand.way is Way.WEBHOOK:
            address = self.robots(errand.shop).get(errand.to)
            return [] if address is None else [Receiver(address, language())]
        return [
            Receiver(Secret(known.address.address), known.address.language)
            for known in self.reaching.addresses(errand.to)
            if known.way is errand.way
        ]

    def forget(self, errand: Errand, address: Secret) -> None:
        """See messenger.Ways. A robot stays: an owner sees that it is gone, and mends it."""
        if errand.way is not Way.WEBHOOK:
            self.reaching.forget(errand.to, errand.way, address)

    async def close(self) -> None:
        """Let the connections go."""
        await self._to_robots.close()
        await self._to_browsers.close()

    def _by_mail(self, mail: Mail | None) -> Notifier | None:
        if mail is not None and (self._mail is None or self._mail[0] != mail):
            self._mail = mail, EmailNotifier(mail_server(mail), self._clock)
        return None if mail is None or self._mail is None else self._mail[1]

    def _by_push(self, push: PushKept | None) -> Notifier | None:
        if push is not None and (self._push is None or self._push[0] != push):
            key = Secret(push.private_key)
            made = WebPushNotifier(key, push.contact, self._to_browsers, self._clock)
            self._push = push, made
        return None if push is None or self._push is None else self._push[1]


class AlarmGround(NamedTuple):
    """What alarms stand on."""

    settings: Settings
    rooms: Rooms
    book: RuleBook
    listed: Listed
    standing: Standing
    live: Live
    watching: Watching
    ephemera: Ephemera
    figures: RunningFigures
    furnishing: Furnishing
    tried: Tried


class AlarmsRoom(NamedTuple):
    """What lives for alarms."""

    alarms: Alarms
    bell: Bell
    messenger: Messenger
    ways: HouseWays

    def rivers(self) -> Mapping[str, Callable[[], Awaitable[None]]]:
        """What runs until the house closes."""
        return {"alarms": self.alarms.run, "messenger": self.messenger.run}

    def door(self) -> AlarmsDoor:
        """What the routes of alarms stand on."""
        return AlarmsDoor(self.alarms, self.bell)

    async def settings_changed(self, shop: str) -> None:
        """The alarms of a shop are set otherwise."""
        self.alarms.stir(shop)


def alarms_room(on: AlarmGround) -> AlarmsRoom:
    """Everything for alarms, following the floor. Reads what was told before."""
    scene, store = _scene(on), TableDesk(on.rooms.tables)
    ways = HouseWays(on.listed, on.standing, store, now, on.settings)
    people, told = on.live.floor.people, AlarmBook(store)
    bell = Bell(on.watching, lambda: [each.account for each in people.values()], say)
    alarms = Alarms(
        on.live.floor,
        scene,
        told,
        bell,
        lambda shop: on.standing.value(on.listed.alarms, shop) or AlarmSettings(),
        lambda shop: ways.robots(shop).keys(),
        now,
    )
    link = on.settings.address
    messenger = Messenger(told, ways, scene.name_of, say, now, on.tried, lambda _: link)
    alarms.sent = messenger.wake
    return AlarmsRoom(alarms, bell, messenger, ways)


def _newest(chats: Chats, place: Place) -> datetime | None:
    shop, channel = place
    scope = Scope(frozenset({shop}))
    page = chats.rows(ChatQuery(scope=scope, channels=frozenset({channel})), limit=1)
    return page.rows[0].last_at if page.rows else None


def _scene(on: AlarmGround) -> Scene:
    def lines(shop: str) -> Mapping[str, float]:
        kept = on.standing.value(on.listed.lines, shop)
        return kept.values if kept else {}

    people, misses = AlarmPeople(on.live.floor), MissesWatch(on.figures, on.book, lines)
    newest = partial(_newest, on.rooms.chats)
    scene = Scene(on.live.floor, on.rooms.health, people, misses, newest, now)
    on.furnishing.tell(scene)
    on.ephemera.nurse(people.told_health)
    on.live.follow(scene)
    return scene
