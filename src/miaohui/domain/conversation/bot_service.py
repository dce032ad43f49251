"""Whether the bot alone served a buyer (docs/metrics.md section 6, `bot_only`)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from miaohui.domain.conversation.state import Standing
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.kinds import Actor, Family, family_of


def bot_served(newest_first: Iterable[Standing], burst_gap: timedelta) -> bool:
    """Whether the buyer asked, the bot answered every burst, and nobody else replied.

    The standings of one day, the newest first: a question that just came settles it at once.
    """
    asked_next: datetime | None = None
    answered = False
    for standing in newest_first:
        if standing.replies:
            return False
        if is_buyer_message(standing.event):
            ends_burst = asked_next is None or asked_next - standing.at >= burst_gap
            if ends_burst and not answered:
                return False
            asked_next, answered = standing.at, False
        elif standing.bot_answers:
            answered = True
    return asked_next is not None


def is_buyer_message(event: Event) -> bool:
    """Whether the buyer writes."""
    return event.actor is Actor.BUYER and family_of(event.kind) is Family.MESSAGE
