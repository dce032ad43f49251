"""Errands are run until they are taken, given up, or no longer wanted; what failed is seen."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from structlog.testing import capture_logs

from miaohui.adapters.notify.port import TAKEN, Notice, Notifier, Outcome, Told
from miaohui.adapters.storage.sqlite.tables import open_sqlite_tables
from miaohui.adapters.storage.tables.desk import TableDesk
from miaohui.app.language import say
from miaohui.domain.desk.alarms.settings import Kind, Way
from miaohui.domain.desk.alarms.told import Urgency
from miaohui.domain.directory.secret import Secret
from miaohui.domain.vocabulary.problems import Problem, ReaderError
from miaohui.pipelines.alarm_book import AlarmBook, Errand
from miaohui.pipelines.messenger import GIVE_UP_AFTER, Messenger, Receiver

NOW = datetime(2026, 11, 11, 12, tzinfo=UTC)
LATER, GONE = Told(Outcome.LATER, "timeout"), Told(Outcome.GONE, "http_410")
REFUSED = Told(Outcome.REFUSED, "login_535")
LEAD = Receiver(Secret("lead's telephone"), "zh")


def errand(notice: str = "waiting:lead:", **more: Any) -> Errand:
    told = {
        "shop": "tea",
        "notice": notice,
        "way": Way.WEB_PUSH,
        "to": "lead",
        "kind": Kind.WAITING,
        "key": "alarm.waiting_many",
        "values": {"count": 3, "seconds": 19},
        "urgency": Urgency.HIGH,
        "told_at": NOW,
    }
    return Errand(**{**told, **more})


class Post:
    """Ways and their one notifier: answers as it is told to by address, then takes everything."""

    def __init__(self, answers: dict[str, list[Told]], *receivers: Receiver) -> None:
        self.answers = defaultdict(list, answers)
        self.addresses = list(receivers or (LEAD,))
        self.told: list[tuple[str, Notice]] = []
        self.forgotten: list[str] = []
        self.missing: Exception | None = None
        self.set_up = True

    def notifier(self, way: Way) -> Notifier | None:
        assert way is Way.WEB_PUSH
        if self.missing is not None:
            raise self.missing
        return self if self.set_up else None

    def receivers(self, errand: Errand) -> Sequence[Receiver]:
        return self.addresses if errand.to == "lead" else ()

    def forget(self, errand: Errand, address: Secret) -> None:
        self.forgotten.append(f"{errand.to} {address.reveal()}")

    async def tell(self, address: Secret, notice: Notice) -> Told:
        self.told.append((address.reveal(), notice))
        await asyncio.sleep(0)
        answers = self.answers[address.reveal()]
        return answers.pop(0) if answers else TAKEN

    @property
    def tried(self) -> list[str]:
        return [address for address, _ in self.told]


def carried(
    folder: Path,
    post: Post,
    *errands: Errand,
    meanwhile: Callable[[AlarmBook], None] = lambda _: None,
    until: Callable[[AlarmBook], bool] = lambda book: not book.errands(),
    seconds_later: float = 0,
) -> tuple[list[tuple[str, str]], list[Errand]]:
    """Run errands, with every pause over at once; what came of each try, and what is left in
    storage."""
    outcomes: list[tuple[str, str]] = []

    async def story() -> list[Errand]:
        with closing(open_sqlite_tables(folder / "log.db", folder / "key")) as tables:
            store = TableDesk(tables)
            book, loop = AlarmBook(store), asyncio.get_running_loop()
            began = loop.time()

            def clock() -> datetime:  # a minute is a twentieth of a second
                played = (loop.time() - began) * 1200
                return NOW + timedelta(seconds=seconds_later + played)

            tried = lambda way, outcome: outcomes.append((way, str(outcome)))  # noqa: E731
            messenger = Messenger(book, post, lambda _: "茶叶铺", say, clock, tried)
            book.remember("tea", (), errands)
            running = asyncio.create_task(messenger.run())
            for turn in range(500):
                await asyncio.sleep(0.01)
                if turn == 1:
                    meanwhile(book)
                messenger.wake()  # the clock runs faster than its timer knows
                if until(book):
                    break
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            return AlarmBook(store).errands()

    return outcomes, asyncio.run(story())


def test_a_notice_is_told_in_the_readers_words_and_crossed_off(tmp_path):
    post = Post({}, LEAD, Receiver(Secret("boss@example.com"), "en"))
    assert carried(tmp_path, post, errand()) == ([("web_push", "taken")] * 2, [])
    chinese, english = (notice for _, notice in post.told)
    assert (chinese.title, chinese.text) == (
        "茶叶铺：快超时",
        "3 个买家快超时，最急的还剩 19 秒",
    )
    assert english.text == "3 buyers close to the line, 19 s left for the first"
    assert chinese.rings
    assert chinese.key == english.key == "tea/waiting:lead:"


def test_it_is_tried_again_only_where_it_was_not_taken(tmp_path):
    other = Receiver(Secret("lead's computer"), "zh")
    post = Post({"lead's telephone": [LATER, LATER]}, LEAD, other)
    outcomes, left = carried(tmp_path, post, errand())
    assert post.tried == ["lead's telephone", "lead's computer", *["lead's telephone"] * 2]
    assert (len(outcomes), left) == (4, [])


def test_whoever_is_gone_is_forgotten_and_what_is_refused_is_seen(tmp_path):
    other = Receiver(Secret("lead@example.com"), "zh")
    post = Post({"lead's telephone": [GONE], "lead@example.com": [REFUSED]}, LEAD, other)
    with capture_logs() as written:
        outcomes, left = carried(tmp_path, post, errand())
    assert post.forgotten == ["lead lead's telephone"]
    assert outcomes == [("web_push", "gone"), ("web_push", "refused")]
    assert left == []
    reasons = {each["reason"] for each in written if each["event"] == "not told"}
    assert reasons == {"http_410", "login_535"}
    assert "lead@" not in str(written)
    assert "telephone" not in str(written)


def test_it_is_given_up_once_it_helps_nobody(tmp_path):
    post = Post({"lead's telephone": [LATER] * 100})
    outcomes, left = carried(tmp_path, post, errand())
    assert (outcomes[-1], left) == (("web_push", "refused"), [])
    assert 5 <= len(post.tried) <= 20
    late = Post({})
    seconds = GIVE_UP_AFTER.total_seconds() + 1
    assert carried(tmp_path, late, errand(), seconds_later=seconds)[1] == []
    assert late.tried == []


def test_what_is_over_is_not_told_any_more_and_what_is_newer_takes_its_place(tmp_path):
    over = Post({"lead's telephone": [LATER] * 100})
    carried(tmp_path, over, errand(), meanwhile=lambda book: book.remember("tea", (), (), ["x"]))
    tried = len(over.tried)
    gone = Post({"lead's telephone": [LATER] * 100})
    carried(
        tmp_path,
        gone,
        errand(),
        meanwhile=lambda book: book.remember("tea", (), (), ["waiting:lead:"]),
    )
    assert len(gone.tried) < tried
    newer = errand(key="alarm.lost_many", values={"count": 3})
    post = Post({"lead's telephone": [LATER] * 3})
    carried(tmp_path, post, errand(), meanwhile=lambda book: book.remember("tea", (), [newer]))
    assert post.told[-1][1].text == "3 个买家已超时，还在等回复"


def test_a_way_that_is_not_set_up_or_does_not_work_keeps_nobody_waiting(tmp_path):
    missing, broken = Post({}), Post({})
    missing.set_up = False
    broken.missing = ReaderError(Problem("email.sender", {"value": "x"}))
    for post in (missing, broken):
        assert carried(tmp_path, post, errand()) == ([("web_push", "refused")], [])
        assert post.tried == []


def test_what_was_not_told_before_the_house_closed_is_told_when_it_opens(tmp_path):
    closed = Post({"lead's telephone": [LATER] * 100})
    _, left = carried(tmp_path, closed, errand(), until=lambda _: bool(closed.tried))
    assert left == [errand()]
    post = Post({})
    assert carried(tmp_path, post)[1] == []
    assert post.tried == ["lead's telephone"]
