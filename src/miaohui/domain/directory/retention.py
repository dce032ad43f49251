"""How long what buyers said is kept."""

from collections.abc import Iterator

import msgspec

from miaohui.domain.vocabulary.problems import Problem

LONGEST_DAYS = 36_500
SHORTEST_DAYS = 7  # a week in which figures are argued about


class Retention(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """For how many days after their chat's last event texts and media are kept; 0: for ever.
    Figures stay in any case."""

    text_days: int = 0
    media_days: int = 0


def retention_problems(retention: Retention) -> list[Problem]:
    """What is wrong with it: `retention.days`, naming the field."""
    return list(_problems(retention))


def _problems(retention: Retention) -> Iterator[Problem]:
    for field in retention.__struct_fields__:
        days = getattr(retention, field)
        if days != 0 and not SHORTEST_DAYS <= days <= LONGEST_DAYS:
            values = {"path": field, "value": days, "least": SHORTEST_DAYS, "most": LONGEST_DAYS}
            yield Problem("retention.days", values)
