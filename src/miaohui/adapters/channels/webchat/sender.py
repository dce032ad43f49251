"""The way out to buyers on a page of the house."""

from miaohui.adapters.channels.port import Answer, Outcome
from miaohui.adapters.storage.live_ports import Outgoing


class WebchatSender:
    """channels.port.Sender to buyers who read the log themselves.

    A message is taken as soon as it is in the log: open pages are told of it in its order, and a
    page that opens later reads it there. That a page has got it is noted in the outbox and is no
    event: a buyer who closed the page must not turn an answer in time into a late one.
    """

    async def send(self, outgoing: Outgoing) -> Answer:  # noqa: ARG002
        """See port.Sender."""
        return Answer(Outcome.TAKEN)
