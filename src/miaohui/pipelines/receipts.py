"""What of our messages has reached a buyer's page: noted in the outbox, where each is said to be
sent until then."""

from collections import defaultdict
from collections.abc import Iterable

from miaohui.adapters.storage.live_ports import Attempt, Sending
from miaohui.domain.vocabulary.problems import ReaderError
from miaohui.pipelines.intake import Intake
from miaohui.pipelines.progress import Progress


class Receipts:
    """Messages that pages were told of and have not acknowledged, by chat."""

    def __init__(self, intake: Intake, progress: Progress) -> None:
        self._intake = intake
        self._progress = progress
        self._open: defaultdict[str, set[int]] = defaultdict(set)

    def expect(self, chat_id: str, seqs: Iterable[int]) -> None:
        """Some messages are on their way to a page."""
        if some := set(seqs):
            self._open[chat_id] |= some

    def got(self, shop: str, chat_id: str, seq: int) -> None:
        """A page has all messages of a chat up to a seq."""
        here = {each for each in self._open.get(chat_id, ()) if each <= seq}
        if not here:
            return
        self._open[chat_id] -= here
        if not self._open[chat_id]:
            del self._open[chat_id]
        self._note(chat_id, [Attempt(shop, each, Sending.DELIVERED) for each in sorted(here)])

    def forget(self, chat_id: str) -> None:
        """No page of a chat is open any more."""
        self._open.pop(chat_id, None)

    def _note(self, chat_id: str, attempts: list[Attempt]) -> None:
        """What the log does not take now, it is told when a page opens the chat again."""
        try:
            answer = self._intake.give([], attempts=attempts)
        except ReaderError:
            return
        answer.add_done_callback(
            lambda done: done.exception() or self._progress.arrived(chat_id, attempts)
        )
