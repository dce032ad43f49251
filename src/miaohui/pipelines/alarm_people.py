"""Who answers in a shop, since when they are there or gone, and whether their pages can ring."""

from collections.abc import Callable
from datetime import datetime, timedelta

from miaohui.domain.desk.alarms.situation import Page
from miaohui.domain.desk.alarms.situation import Person as AtWork
from miaohui.domain.desk.floor.floor import Floor
from miaohui.domain.desk.floor.people import Health, Person
from miaohui.domain.desk.routing.people import NOTHING, chats
from miaohui.domain.directory.presence import AWAY_AFTER
from miaohui.domain.vocabulary.instants import EPOCH


class AlarmPeople:
    """The people of the floor as alarms see them. Belongs to the event loop."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        self._pages: dict[str, Page] = {}
        self._listener: Callable[[str], None] = lambda _: None

    def tell(self, listener: Callable[[str], None]) -> None:
        """Tell somebody each shop in which anybody's page can ring no longer, or again."""
        self._listener = listener

    def expect_mute(self, account: str, now: datetime) -> None:
        """A page could not ring when the house was closed: so it is until it says otherwise."""
        self._pages[account] = Page(now, muted=True)

    def told_health(self, account: str, now: datetime) -> None:
        """A page of an account told whether it can ring."""
        person, known = self._floor.people[account], self._pages.get(account)
        if self._page(person, now) != known:
            for shop in self._floor.shops:
                if person.account.shops.holds(shop):
                    self._listener(shop)

    def people(self, shop: str, now: datetime) -> tuple[AtWork, ...]:
        """Everybody who may answer in a shop."""
        policy = self._floor.shops[shop].routing.policy
        return tuple(
            AtWork(
                account=person.account.id,
                name=person.account.display_name or person.account.name,
                presence=person.logged,
                since=person.turned_at or EPOCH,
                full=self._held(person, now, policy.idle_after) >= person.account.capacity,
                page=self._page(person, now),
            )
            for person in self._floor.serving(shop)
        )

    def _held(self, person: Person, now: datetime, idle_after: timedelta | None) -> int:
        load = self._floor.loads.get(person.account.id, NOTHING)
        return chats(load, idle_after, now)

    def _page(self, person: Person, now: datetime) -> Page | None:
        """One that rings is enough; what no page tells is as it was."""
        account, devices = person.account.id, person.devices.values()
        living = sorted(
            (each for each in devices if now - each.heard_at <= AWAY_AFTER),
            key=lambda each: each.heard_at,
        )
        told = [each.health for each in living if each.health is not None]
        if not told:
            return self._pages.get(account)
        health = next((each for each in told if _rings(each)), told[-1])
        known = self._pages.get(account)
        if known is None or (known.muted, known.may_notify) != (health.muted, health.may_notify):
            self._pages[account] = known = Page(now, health.muted, health.may_notify)
        return known


def _rings(health: Health) -> bool:
    return health.may_notify and not health.muted
