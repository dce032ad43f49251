"""How far messages have come on their way to buyers, told to the pages that see their chats."""

from collections import OrderedDict
from collections.abc import Iterable

from miaohui.adapters.storage.live_ports import Attempt, Sending
from miaohui.domain.vocabulary.events import Event
from miaohui.pipelines.frames import Sent
from miaohui.pipelines.live import Live
from miaohui.pipelines.watching import Watching

REMEMBERED = 10_000


class Progress:
    """Hears what became of each try, from whoever made it. What has arrived is never told to be
    still on its way, though the news of that may come later."""

    def __init__(self, live: Live, watching: Watching) -> None:
        self._live = live
        self._watching = watching
        self._arrived: OrderedDict[tuple[str, int], None] = OrderedDict()

    def noted(self, event: Event, attempt: Attempt, attempts: int) -> None:
        """A sending.Listener."""
        chat_id = self._live.chat_id(event.shop, event.channel, event.conversation)
        self._tell(chat_id, attempt, attempts)

    def arrived(self, chat_id: str, attempts: Iterable[Attempt]) -> None:
        """The buyer has got some messages of a chat."""
        for attempt in attempts:
            self._tell(chat_id, attempt)
            self._arrived[attempt.shop, attempt.seq] = None
        while len(self._arrived) > REMEMBERED:
            self._arrived.popitem(last=False)

    def _tell(self, chat_id: str, attempt: Attempt, attempts: int = 0) -> None:
        chat = self._live.floor.chats.get(chat_id)
        is_old = attempt.state is not Sending.DELIVERED and (
            (attempt.shop, attempt.seq) in self._arrived
        )
        if chat is not None and not is_old:
            sent = Sent(chat_id, attempt.seq, attempt.state.value, attempt.reason, attempts)
            self._watching.say_sent(chat, sent)
