"""What came of a choice: an account or nobody, and for every agent why."""

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from miaohui.domain.desk.routing.policy import Preference


class Reason(StrEnum):
    """Why an agent did not get the chat, or did.

    `just_passed_on`: it was taken off them. `backlog`: rounds already wait with them.
    `kept_free`: their last places are for a higher band. `kept_for_last_contact`: the chat waits
    for the one who last spoke with the buyer. `behind`: another is ahead by the preference named.
    """

    NO_RIGHT = "no_right"
    OFF_SHIFT = "off_shift"
    AWAY = "away"
    BUSY = "busy"
    LEAVING = "leaving"
    JUST_PASSED_ON = "just_passed_on"
    SKILL = "skill"
    LANGUAGE = "language"
    GROUP = "group"
    FULL = "full"
    CHANNEL_FULL = "channel_full"
    KEPT_FREE = "kept_free"
    COOL_DOWN = "cool_down"
    WINDOW_LIMIT = "window_limit"
    BACKLOG = "backlog"
    KEPT_FOR_LAST_CONTACT = "kept_for_last_contact"
    HELD_BY_ANOTHER = "held_by_another"
    BEHIND = "behind"

    HOLDS_IT = "holds_it"
    LAST_CONTACT = "last_contact"
    ONLY_ONE = "only_one"
    AHEAD = "ahead"


class Why(msgspec.Struct, frozen=True):
    """A reason; `by`: the preference that put the agent ahead or behind."""

    reason: Reason
    by: Preference | None = None


class Choice(msgspec.Struct, frozen=True):
    """`account` gets the chat, None: it waits. `reasons` names every agent asked about."""

    account: str | None
    reasons: Mapping[str, Why]
