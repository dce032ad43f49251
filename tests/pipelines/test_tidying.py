"""What has long expired is forgotten, and nothing else."""

from contextlib import closing
from datetime import timedelta

from tests.pipelines.open_house import NOON, story

from miaohui.adapters.storage.answer_ports import Begun, Remembered
from miaohui.adapters.storage.sqlite.tables import open_sqlite_tables
from miaohui.adapters.storage.tables.answers import TableAnswers
from miaohui.pipelines.logins import LONGEST_SESSION, open_session
from miaohui.pipelines.tidying import ANSWERS_KEPT, SESSIONS_KEPT, Tidying
from miaohui.pipelines.tokens import hash_of

MOMENT = timedelta(seconds=1)


def test_sessions_and_answers_are_forgotten_long_after_they_are_of_any_use(tmp_path):
    with (
        story(tmp_path) as at,
        closing(open_sqlite_tables(tmp_path / "log.db", tmp_path / "key")) as tables,
    ):
        answers, directory = TableAnswers(tables), at.house.directory
        token = open_session(at.house, NOON, at.boss(), "Firefox", "10.0.0.1").token
        begun = answers.begin("lin", "k1", b"print", NOON)
        assert isinstance(begun, Begun)
        answers.finish(begun, 200, b"{}")
        now = NOON + ANSWERS_KEPT
        tidying = Tidying(directory, answers, lambda: now)
        tidying.tidy()
        assert isinstance(answers.begin("lin", "k1", b"print", now), Remembered)
        now += MOMENT
        tidying.tidy()
        assert isinstance(answers.begin("lin", "k1", b"print", now), Begun)
        now = NOON + LONGEST_SESSION + SESSIONS_KEPT
        tidying.tidy()
        assert directory.session(hash_of(token)) is not None
        now += MOMENT
        tidying.tidy()
        assert directory.session(hash_of(token)) is None
