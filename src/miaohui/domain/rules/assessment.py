"""One metric of one pack, with everything that judging its samples needs resolved."""

from collections.abc import Callable
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import msgspec

from miaohui.domain.conversation.replies import ReplyClass
from miaohui.domain.conversation.state import Terms
from miaohui.domain.rules.calendar import Hours, calendar_of, hours_of
from miaohui.domain.rules.pack import ExclusionReason, Metric, Pack
from miaohui.domain.vocabulary.kinds import Mark

# The order in which exclusions hold (docs/metrics.md section 6): the first one names the sample.
REASONS: tuple[ExclusionReason, ...] = (
    "outside_window",
    "exempt_day",
    "staff_or_test_account",
    "malicious_user",
    "spam_confirmed",
    "bot_only",
)
MARK_REASONS: dict[Mark, ExclusionReason] = {
    Mark.STAFF_OR_TEST_ACCOUNT: "staff_or_test_account",
    Mark.MALICIOUS_USER: "malicious_user",
}


class Assessment(msgspec.Struct, frozen=True):
    """How a pack judges one metric. `hours` gives the assessed hours of a local day."""

    metric: Metric
    terms: Terms
    burst_gap: timedelta
    hours: Callable[[date], Hours]
    clipped_by_session: bool

    @property
    def limit(self) -> timedelta | None:
        """The wait that decides: the threshold of a rate, the cap of a capped mean."""
        return self.metric.threshold or self.metric.cap


def assessments_of(pack: Pack) -> tuple[Assessment, ...]:
    """Every metric of a pack, in the pack's order."""
    return tuple(assessment_of(pack, metric) for metric in pack.metrics)


def assessment_of(pack: Pack, metric: Metric) -> Assessment:
    """One metric of a pack."""
    calendar = calendar_of(pack, metric)
    return Assessment(
        metric,
        terms_of(pack, metric.reply_class),
        pack.conversation.burst_gap,
        hours_of(pack, metric),
        calendar is not None and calendar.clip_by == "session_start",
    )


def terms_of(pack: Pack, reply_class: str) -> Terms:
    """How a pack reads conversations under one of its reply classes."""
    return Terms(
        _reply_class(pack, reply_class),
        pack.conversation.session_gap,
        ZoneInfo(pack.pack.timezone),
    )


def _reply_class(pack: Pack, reply_class: str) -> ReplyClass:
    return next(each.counts for each in pack.reply_classes if each.id == reply_class)
