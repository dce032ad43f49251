"""Finding chats among a million messages, on both logs, against LIKE over an unsealed copy."""

import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from statistics import median

from tests.adapters.storage.postgres_server import running

from benchmarks.lines import Line
from benchmarks.search_log import (
    beside_a_writer,
    copy_of_all,
    full_postgres,
    full_sqlite,
    size_of_index,
)
from benchmarks.search_questions import Questions, in_the_open, questions_about
from miaohui.adapters.storage.search_ports import Search, Sought

ROUNDS = 2
PLAIN_QUESTIONS = 3  # they are slow
BAR = "p95 at most 100 ms"


def lines() -> list[Line]:
    """Every kind of question on SQLite and on PostgreSQL; the index, its size and its pace."""
    copy = copy_of_all()
    questions = questions_about(copy)
    plain = {kind: median(_plain(copy, asked)) for kind, asked in questions.items()}
    with full_sqlite() as log:
        measured = _lines("sqlite", log.search(), questions, plain)
        measured.append(size_of_index())
    measured += beside_a_writer()
    with running() as server, full_postgres(server) as log:
        return measured + _lines("postgres", log.search(), questions, plain)


def _lines(
    name: str, search: Search, questions: Questions, plain: Mapping[str, float]
) -> list[Line]:
    for asked in questions.values():
        search.search(asked[0])
    return [
        _line(f"search.{name}.{kind}", _ours(search, asked), plain[kind])
        for kind, asked in questions.items()
    ]


def _line(name: str, took: Sequence[float], plain: float) -> Line:
    ordered = sorted(took)
    p50, p95, worst = ordered[len(took) // 2], ordered[len(took) * 95 // 100], ordered[-1]
    spread = f"{p50:.1f} – {p95:.1f} – {worst:.1f}, LIKE {plain:.0f}"
    return Line(name, p95, "ms", plain / p50, BAR, spread)


def _ours(search: Search, asked: Sequence[Sought]) -> list[float]:
    return [_timed(search.search, each) for _ in range(ROUNDS) for each in asked]


def _plain(copy: sqlite3.Connection, asked: Sequence[Sought]) -> list[float]:
    def look(each: Sought) -> None:
        copy.execute(*in_the_open(each)).fetchall()

    return [_timed(look, each) for each in asked[:PLAIN_QUESTIONS]]


def _timed(look: Callable[[Sought], object], sought: Sought) -> float:
    """Milliseconds."""
    started = time.perf_counter()
    look(sought)
    return (time.perf_counter() - started) * 1e3
