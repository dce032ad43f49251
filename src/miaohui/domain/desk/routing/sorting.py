"""What a chat asks for, by rules of the shop: which group, skills, language and band."""

from collections.abc import Collection, Iterable, Mapping
from typing import Literal

import msgspec

from miaohui.domain.desk.routing.policy import DEADLINE_AWARE, Policy

Stage = Literal["pre_sale", "after_sale"]


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What chats of a channel, a stage of the sale or a tag ask for; None: of any."""

    channel: str | None = None
    stage: Stage | None = None
    tag: str | None = None
    group: str | None = None
    skills: Mapping[str, int] = {}
    language: str | None = None
    band: int = 0


class RoutingSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a shop routes. A chat for a group goes by that group's policy, if it has one; `weights`
    are shares of the chats by account, 1 where not said."""

    policy: Policy = DEADLINE_AWARE
    group_policies: Mapping[str, Policy] = {}
    rules: tuple[Rule, ...] = ()
    weights: Mapping[str, float] = {}


class Wanted(msgspec.Struct, frozen=True):
    """What a chat asks for."""

    group: str | None = None
    skills: Mapping[str, int] = {}
    language: str | None = None
    band: int = 0


def wanted(
    rules: Iterable[Rule],
    channel: str,
    stage: Stage,
    tags: Collection[str],
    group: str | None = None,
) -> Wanted:
    """What a chat asks for by all rules that fit it.

    The first rule that names a group or a language decides it, unless the chat has a `group`
    already; of skills the highest level counts, and of bands.
    """
    fitting = [rule for rule in rules if _fits(rule, channel, stage, tags)]
    skills: dict[str, int] = {}
    for rule in fitting:
        for skill, level in rule.skills.items():
            skills[skill] = max(level, skills.get(skill, 0))
    return Wanted(
        group=group or next((rule.group for rule in fitting if rule.group), None),
        skills=skills,
        language=next((rule.language for rule in fitting if rule.language), None),
        band=max((rule.band for rule in fitting), default=0),
    )


def policy_for(settings: RoutingSettings, group: str | None) -> Policy:
    """The policy of a group, else the shop's."""
    return settings.group_policies.get(group or "", settings.policy)


def _fits(rule: Rule, channel: str, stage: Stage, tags: Collection[str]) -> bool:
    return (
        rule.channel in (None, channel)
        and rule.stage in (None, stage)
        and (rule.tag is None or rule.tag in tags)
    )
