"""What a shop keeps no longer is forgotten, by a real log and a clock that is turned by hand."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from tests.adapters.storage.happenings import message

from miaohui.adapters.storage.desk_ports import Draft
from miaohui.adapters.storage.media_ports import Owner, Picture
from miaohui.adapters.storage.sqlite.log import open_log
from miaohui.adapters.storage.sqlite.tables import open_sqlite_tables
from miaohui.adapters.storage.tables.desk import TableDesk
from miaohui.adapters.storage.tables.directory.directory import TableDirectory
from miaohui.adapters.storage.tables.erasures import TableErasures
from miaohui.adapters.storage.tables.read_marks import TableReadMarks
from miaohui.domain.desk.floor.floor import Floor
from miaohui.domain.directory.accounts import Shop
from miaohui.domain.directory.retention import Retention
from miaohui.domain.vocabulary.problems import Problem, ReaderError
from miaohui.pipelines import retaining as module
from miaohui.pipelines.ephemera import Ephemera
from miaohui.pipelines.erasing import Erasing, KeptOfChats
from miaohui.pipelines.forgetting import BuyersPages, Forgetting
from miaohui.pipelines.intake import Intake
from miaohui.pipelines.live import Live
from miaohui.pipelines.pairings import Pairings
from miaohui.pipelines.progress import Progress
from miaohui.pipelines.read_marking import ReadMarking
from miaohui.pipelines.receipts import Receipts
from miaohui.pipelines.retaining import Kept, Retaining
from miaohui.pipelines.visits import Visits
from miaohui.pipelines.watching import Watching
from miaohui.pipelines.webchats import Webchats

TEA, OTHER = Shop("茶叶铺", "茶叶铺"), Shop("另一家", "另一家")
NIGHT = datetime(2026, 11, 1, 20, tzinfo=UTC)  # four in the morning in Shanghai
DAY = timedelta(days=1)
RED = Picture("image/png", 1, 1, b"red", b"r")


class Place:
    """A log, and whoever forgets in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now = NIGHT
        self.retentions = {TEA.id: Retention(text_days=30)}
        self.changed_at: datetime | None = None
        self.opened = 0

    def log(self) -> Any:
        chance = Random().getrandbits
        return open_log(self.folder / "log.db", self.folder / "key", lambda: self.now, chance)

    @contextmanager
    def buyers(self) -> Any:
        self.opened += 1
        with self.log() as log:
            yield log.buyers()

    def keep(self, *shops: Shop) -> None:
        """Forget what is due now."""

        async def story(retaining: Retaining) -> None:
            for shop in shops or (TEA,):
                await retaining.keep(shop)

        self.run(story)

    def run(self, story: Callable[[Retaining], Coroutine[Any, Any, None]]) -> None:
        async def whole() -> None:
            tables = open_sqlite_tables(self.folder / "log.db", self.folder / "key")
            with closing(tables), self.log() as log:
                intake = Intake(log, lambda: self.now)
                try:
                    await story(self._retaining(log, tables, intake))
                finally:
                    await intake.close()

        asyncio.run(whole())

    def _retaining(self, log: Any, tables: Any, intake: Intake) -> Retaining:
        clock, chance = (lambda: self.now), Random(7).getrandbits
        floor, chats = Floor(), log.chats()
        live = Live(floor, chats, intake, clock, lambda: str(chance(60)))
        watching = Watching(floor)
        visits = Visits(floor, Receipts(intake, Progress(live, watching)))
        kept_marks = TableReadMarks(tables)
        ephemera = Ephemera(floor, watching)
        marks = ReadMarking(kept_marks, watching, visits, ephemera, lambda _: True)
        pages = BuyersPages(visits, marks, Pairings(chance), Webchats())
        beside, erasures = KeptOfChats(TableDesk(tables), kept_marks), TableErasures(tables)
        erasing = Erasing(self.buyers, erasures, beside, clock, lambda: str(chance(60)))
        forgetting = Forgetting(erasing, chats, intake, live, watching, pages)
        kept = Kept(
            lambda: [TEA, OTHER],
            lambda shop: (self.retentions.get(shop, Retention()), self.changed_at),
        )
        return Retaining(self.buyers, kept, erasures, beside, forgetting, clock)

    def texts(self, shop: str = TEA.id) -> list[str | None]:
        with self.log() as log:
            return [event.payload.text for event in log.read(shop)]

    def deeds(self) -> list[tuple[str, Any]]:
        tables = open_sqlite_tables(self.folder / "log.db", self.folder / "key")
        with TableDirectory(tables) as directory:
            return [(each.deed.what, each.deed.after) for each in directory.audit()]


@pytest.fixture
def place(tmp_path):
    return Place(tmp_path)


def fill(place: Place, ages: dict[str, int], shop: str = TEA.id, pictures: bool = False) -> None:
    """A chat a buyer, quiet for so many days."""
    with place.log() as log:
        log.append(
            [
                message(
                    f"{name} {shop}", shop=shop, buyer=name, conversation=name, at=NIGHT - age * DAY
                )
                for name, age in ages.items()
            ],
            NIGHT,
        )
        for name in ages if pictures else ():
            log.media().put(Owner(shop, "pdd", name), RED, NIGHT - ages[name] * DAY)


def test_who_was_quiet_for_too_long_is_forgotten_and_nobody_else(place):
    ages = {"old": 31, "young": 29, "older": 400}
    fill(place, ages)
    fill(place, ages, OTHER.id)
    place.keep(TEA, OTHER)
    assert place.texts() == [None, "在吗 young 茶叶铺", None]
    assert None not in place.texts(OTHER.id)
    assert place.deeds() == [("retention.kept", {"buyers": 2, "pictures": 0})]


def test_pictures_may_go_before_texts(place):
    place.retentions[TEA.id] = Retention(text_days=30, media_days=7)
    fill(place, {"old": 31, "middle": 8, "young": 6}, pictures=True)
    place.keep()
    with place.log() as log:
        owners = [Owner(TEA.id, "pdd", name) for name in ("old", "middle", "young")]
        quiet = log.buyers().quiet(TEA.id, NIGHT)
        assert {each.who: each.has_media for each in quiet.buyers} == {
            log.buyers().who(*owners[1]): False,
            log.buyers().who(*owners[2]): True,
        }
    assert place.texts() == [None, "在吗 middle 茶叶铺", "在吗 young 茶叶铺"]
    assert place.deeds() == [("retention.kept", {"buyers": 1, "pictures": 1})]


def test_the_search_drafts_and_marks_go_with_the_texts(place):
    fill(place, {"old": 31})
    with (
        place.log() as log,
        closing(open_sqlite_tables(place.folder / "log.db", place.folder / "key")) as tables,
    ):
        search = log.search()
        while search.index():
            pass
        assert len(list(search._shelves.listed().cabinets)) == 1
        (chat,) = log.chats().touched(TEA.id, 0)
        TableDesk(tables).keep_draft("lin", Draft(chat, "在的", NIGHT))
        place.keep()
        assert list(search._shelves.listed().cabinets) == []
        assert TableDesk(tables).drafts("lin") == []


def test_it_is_done_once_a_day_from_three_in_the_morning_on(place):
    fill(place, {"old": 31})
    place.keep()
    looked = place.opened
    place.now = NIGHT + timedelta(hours=22)
    place.keep()
    assert place.opened == looked
    place.now = NIGHT + timedelta(hours=23)
    place.keep()
    assert place.opened == looked + 1


def test_a_new_period_holds_from_the_next_morning_on(place):
    fill(place, {"old": 31})
    place.changed_at = NIGHT - timedelta(minutes=1)
    place.keep()
    assert place.texts() == ["在吗 old 茶叶铺"]
    place.now = NIGHT + DAY
    place.keep()
    assert place.texts() == [None]


def test_what_was_stopped_goes_on_where_it_was(place, monkeypatch):
    monkeypatch.setattr(module, "LOOKED_AT", 10)
    fill(place, {f"b{number}": 40 for number in range(35)})
    places, whole = [], Place.buyers

    class Failing:
        """Storage that fails in the middle."""

        def __init__(self, buyers: Any) -> None:
            self._buyers = buyers

        def __getattr__(self, name: str) -> Any:
            return getattr(self._buyers, name)

        def quiet(self, shop: str, before: datetime, after: int, limit: int) -> Any:
            places.append(after)
            if len(places) == 3:
                raise ReaderError(Problem("log.busy"))
            return self._buyers.quiet(shop, before, after, limit)

    @contextmanager
    def failing(self: Place) -> Any:
        with whole(self) as buyers:
            yield Failing(buyers)

    monkeypatch.setattr(Place, "buyers", failing)
    with pytest.raises(ReaderError):
        place.keep()
    assert place.texts().count(None) == 20
    place.keep()
    assert place.texts().count(None) == 35
    assert places == [0, 10, 20, 20, 30]
    assert place.deeds() == [("retention.kept", {"buyers": 35, "pictures": 0})]


def test_people_of_the_house_are_no_buyers(place):
    with place.log() as log:
        presence = message(
            "p", channel="~people", buyer="lin", conversation="lin", at=NIGHT - 90 * DAY
        )
        log.append([presence], NIGHT)
    place.keep()
    assert place.texts() == ["在吗 p"]


def test_a_shop_that_keeps_everything_is_not_even_looked_at(place):
    fill(place, {"old": 3_000})
    place.retentions.clear()
    place.keep()
    assert (place.opened, place.texts()) == (0, ["在吗 old 茶叶铺"])
