"""Forgetting thousands of buyers beside somebody who writes: how long the writer has to wait."""

import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import randbits
from threading import Event as Signal
from threading import Thread

from tests.adapters.storage.postgres_server import running

from benchmarks.lines import Line
from miaohui.adapters.storage.buyer_ports import Buyers, Who
from miaohui.adapters.storage.postgres.log import PostgresLog, open_postgres_log
from miaohui.adapters.storage.sqlite.log import SqliteLog, open_log
from miaohui.domain.vocabulary.events import Event, Payload
from miaohui.domain.vocabulary.kinds import Actor, Origin
from miaohui.pipelines.retaining import AT_ONCE, LOOKED_AT, RESTS

SHOP, CHANNEL = "茶叶铺", "pdd"
BUYERS, EACH, OLD = 10_000, 20, 4_000  # whoever is OLD is forgotten
SECONDS, PAUSE = 15.0, 0.02
NOW = datetime(2026, 11, 1, tzinfo=UTC)
WORDS = ["这件衣服什么时候发货", "尺码偏大吗", "可以退换吗", "我住在文三路"]
BAR = "p99 at most 10 ms more"
Log = SqliteLog | PostgresLog
Opened = Callable[[], Log]


def lines() -> list[Line]:
    """The writer alone and beside the forgetting, on SQLite and on PostgreSQL."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        measured = _measured(
            "sqlite", lambda: open_log(place / "log.db", place / "key", _now, randbits)
        )
    with running() as server:
        url, key = server.url(server.fresh()), Path(server.data).parent / "key"
        return measured + _measured("postgres", lambda: open_postgres_log(url, key, _now, randbits))


def _measured(name: str, opened: Opened) -> list[Line]:
    with opened() as log:
        _fill(log)
        search = log.search()
        while search.index(4_000):
            pass
    with opened() as log:
        alone = _waits(log, lambda: time.sleep(SECONDS))
        started = time.perf_counter()
        beside = _waits(log, lambda: _forget(opened))
        took = time.perf_counter() - started
    more = _p99(beside) - _p99(alone)
    spread = f"alone {_spread(alone)}; beside {_spread(beside)}"
    pace, forgotten = OLD / took, f"{OLD} in {took:.1f} s"
    return [
        Line(f"retention.{name}.commit_p99_more", more, "ms", None, BAR, spread),
        Line(f"retention.{name}.forgotten", pace, "buyers/s", None, "", forgotten),
    ]


def _p99(waits: list[float]) -> float:
    return waits[len(waits) * 99 // 100]


def _spread(waits: list[float]) -> str:
    median, worst = waits[len(waits) // 2], waits[-1]
    return f"p50 {median:.1f} p99 {_p99(waits):.1f} max {worst:.1f} ms of {len(waits)}"


def _waits(log: Log, meanwhile: Callable[[], object]) -> list[float]:
    """How long commits of ten events took, ascending, in ms."""
    over, waits = Signal(), list[float]()

    def write() -> None:
        number = 0
        while not over.is_set():
            number += 10
            some = [_event(f"new {time.time_ns()} {each}", f"n{each}", NOW) for each in range(10)]
            started = time.perf_counter()
            log.record(some, NOW)
            waits.append((time.perf_counter() - started) * 1e3)
            time.sleep(PAUSE)

    thread = Thread(target=write)
    thread.start()
    meanwhile()
    over.set()
    thread.join()
    return sorted(waits)


def _forget(opened: Opened) -> None:
    """As pipelines.retaining does it."""
    with opened() as log:
        buyers, after = log.buyers(), 0
        while after is not None:
            page = buyers.quiet(SHOP, NOW - timedelta(days=30), after, LOOKED_AT)
            _forget_some(buyers, [each.who for each in page.buyers])
            after = page.reached
        buyers.clean(None)


def _forget_some(buyers: Buyers, whom: list[Who]) -> None:
    if whom:
        buyers.unfile(whom)
    for first in range(0, len(whom), AT_ONCE):
        started = time.perf_counter()
        buyers.erase(whom[first : first + AT_ONCE])
        time.sleep(RESTS * (time.perf_counter() - started))


def _fill(log: Log) -> None:
    for first in range(0, BUYERS, 200):
        some = [
            _event(f"{number} {each}", f"b{number}", _at(number) + timedelta(minutes=each))
            for each in range(EACH)
            for number in range(first, first + 200)
        ]
        log.append(some, NOW)


def _at(number: int) -> datetime:
    """Those who are old wrote over half a year, as the others did over the last days."""
    if number < OLD:
        return NOW - timedelta(days=40 + number * 180 / OLD)
    return NOW - timedelta(days=20 * number / BUYERS)


def _event(source_id: str, buyer: str, at: datetime) -> Event:
    return Event(
        shop=SHOP,
        channel=CHANNEL,
        conversation=buyer,
        buyer=buyer,
        at=at,
        actor=Actor.BUYER,
        origin=Origin.HUMAN,
        kind="text",
        source_id=source_id,
        payload=Payload(text=f"{WORDS[hash(source_id) % 4]} {source_id}"),
    )


def _now() -> datetime:
    return datetime.now(UTC)
