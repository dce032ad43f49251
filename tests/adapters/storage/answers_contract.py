"""What remembered answers must do on every engine. A place gives `place` (table_places.py)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest

from miaohui.adapters.storage.answer_ports import (
    GIVEN_UP_AFTER,
    Begun,
    Different,
    Remembered,
    UnderWay,
)
from miaohui.adapters.storage.tables.answers import TableAnswers
from miaohui.domain.vocabulary.problems import ReaderError

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
SOON = NOON + timedelta(seconds=5)
LATE = NOON + GIVEN_UP_AFTER
BODY = b'{"key": "mh_hunter2-hunter2"}'
HEADERS = {"location": "/api-keys/7", "x": "\0亲"}
ASKED, OTHER = b"\1" * 32, b"\2" * 32


def begin_all(answers: TableAnswers, count: int) -> int:
    """Begin as many requests; how many were ours."""
    begun = [answers.begin("a-boss", f"key-{at}", ASKED, NOON) for at in range(count)]
    return sum(isinstance(each, Begun) for each in begun)


class AnswersContract:
    """Inherit, and say where."""

    @pytest.fixture
    def answers(self, place):
        with place.opened() as tables:
            yield TableAnswers(tables)

    def test_a_request_is_begun_once_and_its_repeats_hear_its_answer(self, answers, place):
        begun = answers.begin("a-boss", "key", ASKED, NOON)
        assert begun == Begun("a-boss", "key", NOON)
        assert answers.begin("a-boss", "key", ASKED, SOON) == UnderWay(NOON)
        assert answers.finish(begun, 201, BODY, HEADERS)
        told = Remembered(201, BODY, HEADERS)
        for now in (SOON, LATE, NOON + timedelta(days=30)):
            assert answers.begin("a-boss", "key", ASKED, now) == told
        with place.opened() as tables:
            assert TableAnswers(tables).begin("a-boss", "key", ASKED, SOON) == told
        assert "hunter2" not in repr(told)

    def test_an_empty_answer_is_an_answer(self, answers):
        begun = answers.begin("a-boss", "key", ASKED, NOON)
        assert answers.finish(begun, 204, b"")
        assert answers.begin("a-boss", "key", ASKED, LATE) == Remembered(204, b"")

    def test_a_key_used_for_another_request_is_told(self, answers):
        begun = answers.begin("a-boss", "key", ASKED, NOON)
        assert answers.begin("a-boss", "key", OTHER, SOON) == Different()
        answers.finish(begun, 200, BODY)
        assert answers.begin("a-boss", "key", OTHER, LATE) == Different()
        assert answers.begin("a-boss", "key", ASKED, LATE) == Remembered(200, BODY)

    def test_callers_and_keys_stand_apart(self, answers):
        begun = answers.begin("ab", "c", ASKED, NOON)
        answers.finish(begun, 200, BODY)
        odd = "a\0\x1a0 '亲'" * 999
        for caller, key in (("a", "bc"), ("c", "ab"), ("ab", "C"), ("", "abc"), (odd, odd)):
            assert answers.begin(caller, key, OTHER, SOON) == Begun(caller, key, SOON)

    def test_one_that_never_finished_counts_as_never_begun_after_a_minute(self, answers):
        lost = answers.begin("a-boss", "key", ASKED, NOON)
        nearly = LATE - timedelta(microseconds=1)
        assert answers.begin("a-boss", "key", ASKED, nearly) == UnderWay(NOON)
        anew = answers.begin("a-boss", "key", OTHER, LATE)
        assert anew == Begun("a-boss", "key", LATE)
        assert not answers.finish(lost, 200, b"too late")
        answers.abandon(lost)
        assert answers.begin("a-boss", "key", OTHER, LATE) == UnderWay(LATE)
        assert answers.finish(anew, 200, BODY)
        assert answers.begin("a-boss", "key", OTHER, LATE) == Remembered(200, BODY)

    def test_who_is_slow_and_was_not_given_up_by_anybody_may_finish(self, answers):
        begun = answers.begin("a-boss", "key", ASKED, NOON)
        assert answers.finish(begun, 200, BODY)
        assert answers.begin("a-boss", "key", ASKED, LATE) == Remembered(200, BODY)

    def test_the_first_answer_stays(self, answers):
        begun = answers.begin("a-boss", "key", ASKED, NOON)
        assert answers.finish(begun, 200, BODY)
        assert not answers.finish(begun, 500, b"")
        answers.abandon(begun)
        assert answers.begin("a-boss", "key", ASKED, SOON) == Remembered(200, BODY)

    def test_an_abandoned_request_can_be_begun_again_as_any(self, answers):
        begun = answers.begin("a-boss", "key", ASKED, NOON)
        answers.abandon(begun)
        answers.abandon(begun)
        assert not answers.finish(begun, 200, BODY)
        assert answers.begin("a-boss", "key", OTHER, SOON) == Begun("a-boss", "key", SOON)

    def test_old_ones_are_forgotten(self, answers):
        for at in range(4):
            begun = answers.begin("a-boss", f"key-{at}", ASKED, NOON + timedelta(hours=at))
            if at % 2:
                answers.finish(begun, 200, BODY)
        assert answers.forget(NOON + timedelta(hours=2)) == 2
        assert answers.forget(NOON + timedelta(hours=2)) == 0
        now = NOON + timedelta(hours=4)
        assert isinstance(answers.begin("a-boss", "key-1", ASKED, now), Begun)
        assert answers.begin("a-boss", "key-3", ASKED, now) == Remembered(200, BODY)

    def test_an_answer_opens_only_for_its_request(self, answers, place):
        for key in ("one", "two"):
            answers.finish(answers.begin("a-boss", key, ASKED, NOON), 200, key.encode())
        place.edit(
            "UPDATE request SET answer = (SELECT answer FROM request ORDER BY answer LIMIT 1)"
        )
        told = []
        for key in ("one", "two"):
            try:
                told.append(answers.begin("a-boss", key, ASKED, SOON).body == key.encode())
            except ReaderError as error:
                told += [problem.key for problem in error.problems]
        assert sorted(told, key=str) == [True, "answer.damaged"]

    def test_no_key_no_caller_and_no_answer_stands_in_the_table(self, answers, place):
        begun = answers.begin("a-boss-of-all", "key-of-the-caller", b"fingerprint", NOON)
        answers.finish(begun, 201, BODY, HEADERS)
        with place.opened() as tables, tables.reading() as turn:
            (row,) = turn.rows("SELECT request, fingerprint, answer FROM request")
        for secret in (b"boss", b"caller", b"fingerprint", b"hunter2", b"location"):
            assert all(secret not in cell for cell in row)

    def test_of_many_who_repeat_a_request_at_once_one_carries_it_out(self, place):
        start = Barrier(6)

        def attempt(_: int) -> object:
            with place.opened() as tables:
                start.wait()
                return TableAnswers(tables).begin("a-boss", "key", ASKED, NOON)

        with ThreadPoolExecutor(6) as pool:
            told = list(pool.map(attempt, range(6)))
        assert told.count(Begun("a-boss", "key", NOON)) == 1
        assert told.count(UnderWay(NOON)) == 5

    def test_of_processes_that_begin_the_same_requests_at_once_each_is_begun_once(self, place):
        assert sum(place.raced("beginnings")) == 30
