"""What routing settings must keep beyond their shape, every problem naming its field."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import timedelta
from typing import NamedTuple

from miaohui.domain.desk.routing.policy import Policy, Window
from miaohui.domain.desk.routing.sorting import RoutingSettings, Rule
from miaohui.domain.directory.accounts import LEVELS
from miaohui.domain.directory.validation import LANGUAGE_TAG
from miaohui.domain.rules.findings import Finding, Path, path_text
from miaohui.domain.vocabulary.problems import Problem

LONGEST = timedelta(days=30)
LONGEST_LOOK_BACK = timedelta(hours=1)  # as far as assignments are remembered
HIGHEST_BAND = 9
HEAVIEST = 100.0
MOST = 1_000
ZERO = timedelta()


class Known(NamedTuple):
    """What the settings of a shop may name."""

    groups: Collection[str]
    accounts: Collection[str]
    channels: Collection[str]


def problems_of(settings: RoutingSettings, known: Known) -> list[Problem]:
    """Everything wrong with routing settings at once; empty when they are sound."""
    return [
        Problem(found.key, {"path": path_text(found.path), **found.values})
        for found in _findings(settings, known)
    ]


def _findings(settings: RoutingSettings, known: Known) -> Iterator[Finding]:
    yield from _policy_findings(("policy",), settings.policy, known)
    for group, policy in settings.group_policies.items():
        yield from _known(("group_policies", group), group, known.groups)
        yield from _policy_findings(("group_policies", group), policy, known)
    for place, rule in enumerate(settings.rules):
        yield from _rule_findings(("rules", place), rule, known)
    for account, weight in settings.weights.items():
        yield from _known(("weights", account), account, known.accounts)
        yield from _between(("weights", account), weight, 0, HEAVIEST)


def _policy_findings(path: Path, policy: Policy, known: Known) -> Iterator[Finding]:
    yield from _duration_findings(path, policy)
    if len(set(policy.prefer)) < len(policy.prefer):
        yield Finding((*path, "prefer"), key="routing.twice")
    for place, window in enumerate((*policy.windows, policy.backlog)):
        at: Path = ("windows", place) if place < len(policy.windows) else ("backlog",)
        yield from _window_findings((*path, *at), window)
    if policy.waiting_at_most is not None:
        yield from _between((*path, "waiting_at_most"), policy.waiting_at_most, 0, MOST)
    if policy.reserve is not None:
        yield from _between((*path, "reserve", "places"), policy.reserve.places, 0, MOST)
        from_band: Path = (*path, "reserve", "from_band")
        yield from _between(from_band, policy.reserve.from_band, 0, HIGHEST_BAND)
    for group in sorted(policy.overflow.to or () if policy.overflow else ()):
        yield from _known((*path, "overflow", "to"), group, known.groups)


def _duration_findings(path: Path, policy: Policy) -> Iterator[Finding]:
    sticky, overflow = policy.sticky, policy.overflow
    durations = {
        ("leaving_before",): policy.leaving_before,
        ("idle_after",): policy.idle_after,
        ("cool_down",): policy.cool_down,
        ("lost_bound",): policy.lost_bound,
        ("lost_margin",): policy.lost_margin,
        ("unanswered_after",): policy.unanswered_after,
        ("sticky", "within"): sticky.within if sticky else None,
        ("sticky", "wait_at_most"): sticky.wait_at_most if sticky else None,
        ("overflow", "after"): overflow.after if overflow else None,
    }
    for field, value in durations.items():
        if value is not None:
            yield from _lasting((*path, *field), value, ZERO, LONGEST)
    share: Path = (*path, "share_over")
    yield from _lasting(share, policy.share_over, timedelta(seconds=1), LONGEST_LOOK_BACK)
    if policy.lost_margin > policy.lost_bound:
        yield Finding((*path, "lost_margin"), key="routing.margin_over_bound")


def _window_findings(path: Path, window: Window) -> Iterator[Finding]:
    yield from _between((*path, "at_most"), window.at_most, 1, MOST)
    yield from _lasting((*path, "per"), window.per, timedelta(seconds=1), LONGEST_LOOK_BACK)


def _rule_findings(path: Path, rule: Rule, known: Known) -> Iterator[Finding]:
    if rule.channel is not None:
        yield from _known((*path, "channel"), rule.channel, known.channels)
    if rule.group is not None:
        yield from _known((*path, "group"), rule.group, known.groups)
    if rule.language is not None and not LANGUAGE_TAG.fullmatch(rule.language):
        value = {"value": rule.language}
        yield Finding((*path, "language"), key="routing.language", values=value)
    yield from _between((*path, "band"), rule.band, 0, HIGHEST_BAND)
    yield from _skill_findings((*path, "skills"), rule.skills)


def _skill_findings(path: Path, skills: Mapping[str, int]) -> Iterator[Finding]:
    for skill, level in skills.items():
        yield from _between((*path, skill), level, LEVELS.start, LEVELS.stop - 1)


def _known(path: Path, name: str, known: Iterable[str]) -> Iterator[Finding]:
    if name not in known:
        yield Finding(path, key="routing.unknown", values={"value": name})


def _between(path: Path, value: float, least: float, most: float) -> Iterator[Finding]:
    if not least <= value <= most:
        values = {"value": value, "least": least, "most": most}
        yield Finding(path, key="routing.not_between", values=values)


def _lasting(path: Path, value: timedelta, least: timedelta, most: timedelta) -> Iterator[Finding]:
    yield from _between(path, value.total_seconds(), least.total_seconds(), most.total_seconds())
