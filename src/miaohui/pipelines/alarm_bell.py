"""What stands and what rings, on the pages of those who may know of it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from miaohui.domain.desk.alarms.recipients import may_take_alarm, people_told, sees_alarm
from miaohui.domain.desk.alarms.settings import Level, Way
from miaohui.domain.desk.alarms.standing import Standing
from miaohui.domain.desk.alarms.told import Recipient, Tell
from miaohui.domain.directory.accounts import Account
from miaohui.pipelines.alarm_frames import (
    AlarmNews,
    AlarmTold,
    alarm_id,
    rings,
    standing_told,
    summary_told,
)
from miaohui.pipelines.alarm_words import SayAlarm
from miaohui.pipelines.frames import Frame
from miaohui.pipelines.watching import Watcher, Watching


class Posted(NamedTuple):
    """A notice on the board: how it stands, how it is told, and the accounts that were told."""

    standing: Standing
    told: AlarmTold
    people: frozenset[str]


class Bell:
    """The board of every shop's standing alarms. Belongs to the event loop."""

    def __init__(
        self, watching: Watching, accounts: Callable[[], Collection[Account]], say: SayAlarm
    ) -> None:
        """`accounts`: all of the house."""
        self._watching = watching
        self._accounts = accounts
        self._say = say
        self._posted: dict[str, dict[str, Posted]] = {}

    def post(self, shop: str, standing: Iterable[Standing], tells: Sequence[Tell] = ()) -> None:
        """This stands in a shop from now on, and that is told: pages hear of what is new to
        them."""
        before = self._posted.get(shop, {})
        after = {each.told.id: each for each in self._board(shop, standing)}
        self._posted[shop] = after
        rung = {tell.notice for tell in tells if rings(tell)}
        audience = _Audience(self._watching, shop)
        for id_, posted in before.items():
            if id_ not in after:
                self._watching.say(audience.of(posted), Frame(alarms=AlarmNews(cleared=[id_])))
        for id_, posted in after.items():
            if posted.standing.notice not in rung and not _same(before.get(id_), posted):
                news = AlarmNews(changed=[posted.told])
                self._watching.say(audience.of(posted), Frame(alarms=news))
        for tell in tells:
            if rings(tell):
                self._ring(shop, tell, audience)

    def in_view(self, account: Account, shop: str | None = None) -> list[AlarmTold]:
        """What somebody may know of, the next to be lost first."""
        found = [
            posted.told
            for name, board in self._posted.items()
            if shop in (None, name)
            for posted in board.values()
            if _sees(account, name, posted)
        ]
        return sorted(found, key=lambda each: (each.line is None, each.line, each.id))

    def find(self, account: Account, id_: str) -> tuple[str, Posted] | None:
        """A standing alarm that somebody may know of, and its shop."""
        for shop, board in self._posted.items():
            if id_ in board and _sees(account, shop, board[id_]):
                return shop, board[id_]
        return None

    def may_take(self, account: Account, shop: str, posted: Posted) -> bool:
        """Whether somebody may take it."""
        recipient = posted.standing.recipient
        return may_take_alarm(account, recipient, posted.people, shop)

    def whole(self, watcher: Watcher) -> Frame:
        """All that stands, as a page is told it when it comes."""
        return Frame(alarms=AlarmNews(all=self.in_view(watcher.account)))

    def people(self, recipient: Recipient, shop: str) -> list[Account]:
        """Whom to tell."""
        return people_told(recipient, self._accounts(), shop)

    def _board(self, shop: str, standing: Iterable[Standing]) -> Iterator[Posted]:
        known: dict[Recipient, frozenset[str]] = {}
        for each in standing:
            if each.recipient not in known:
                people = self.people(each.recipient, shop)
                known[each.recipient] = frozenset(account.id for account in people)
            yield Posted(each, standing_told(shop, each, self._say), known[each.recipient])

    def _ring(self, shop: str, tell: Tell, audience: "_Audience") -> None:
        """On the pages of those who are told; the others who see it only learn that it stands."""
        posted = self._posted[shop].get(alarm_id(shop, tell.notice))
        told = posted.told if posted else summary_told(shop, tell, self._say)
        people = {account.id for account in self.people(tell.recipient, shop)}
        pages = {page for account in people for page in self._watching.pages_of(account)}
        news = AlarmNews(rung=[told], sound=Way.SOUND in tell.ways)
        self._watching.say(pages, Frame(alarms=news))
        if posted is not None:
            others = audience.of(posted) - pages
            self._watching.say(others, Frame(alarms=AlarmNews(changed=[told])))


class _Audience:
    """The pages that see a shop's alarms, looked for once and only if there is news."""

    def __init__(self, watching: Watching, shop: str) -> None:
        self._watching = watching
        self._shop = shop
        self._by_level: dict[Level, set[Watcher]] = {}

    def of(self, posted: Posted) -> set[Watcher]:
        """Those of who was told, and of who sees more than is theirs."""
        level = posted.standing.recipient.level
        if level not in self._by_level:
            self._by_level[level] = {
                page
                for page in self._watching.pages()
                if sees_alarm(page.account, Recipient(level), (), self._shop)
            }
        own = (page for account in posted.people for page in self._watching.pages_of(account))
        seeing = {page for page in own if _sees(page.account, self._shop, posted)}
        return self._by_level[level] | seeing


def _sees(account: Account, shop: str, posted: Posted) -> bool:
    return sees_alarm(account, posted.standing.recipient, posted.people, shop)


def _same(known: Posted | None, posted: Posted) -> bool:
    """Whether nothing is new but the seconds that are left."""
    if known is None or known.people != posted.people:
        return False
    one, other = known.told, posted.told
    return (one.key, one.at, one.chats, one.line, one.urgency, one.taken_by) == (
        other.key,
        other.at,
        other.chats,
        other.line,
        other.urgency,
        other.taken_by,
    )
