"""Once a day: what has long expired is forgotten."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from miaohui.adapters.storage.answer_ports import Answers
from miaohui.adapters.storage.directory_ports import Sessions

EVERY_SECONDS = 86_400
# Whoever asks what a session was, after it expired, has so long.
SESSIONS_KEPT = timedelta(days=30)
# A program that repeats a request does so within minutes, or after a long weekend.
ANSWERS_KEPT = timedelta(days=7)


class Tidying:
    """Forgets expired sessions, and answers that nobody will ask for again."""

    def __init__(self, sessions: Sessions, answers: Answers, clock: Callable[[], datetime]) -> None:
        self._sessions = sessions
        self._answers = answers
        self._clock = clock

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            await asyncio.to_thread(self.tidy)
            await asyncio.sleep(EVERY_SECONDS)

    def tidy(self) -> None:
        """Once. Blocks."""
        now = self._clock()
        self._sessions.forget_sessions(now - SESSIONS_KEPT)
        self._answers.forget(now - ANSWERS_KEPT)
