"""Routing settings: everything wrong is told at once, each with the field it stands in."""

import string
from datetime import timedelta

import msgspec
import pytest
from tests.app.test_language import catalogue

from miaohui.domain.desk.routing.policy import (
    DEADLINE_AWARE,
    LEAST_LOADED,
    LONGEST_WAITING,
    ROUND_ROBIN,
    WEIGHTED,
    Overflow,
    Policy,
    Preference,
    Reserve,
    Sticky,
    Window,
)
from miaohui.domain.desk.routing.settings_validation import Known, problems_of
from miaohui.domain.desk.routing.sorting import RoutingSettings, Rule

KNOWN = Known(groups={"after"}, accounts={"lin"}, channels={"web"})
DAY = timedelta(days=1)


def told(settings: RoutingSettings) -> list[tuple[object, str]]:
    return [(problem.values["path"], problem.key) for problem in problems_of(settings, KNOWN)]


def test_every_policy_of_ours_is_sound():
    for policy in (DEADLINE_AWARE, ROUND_ROBIN, LEAST_LOADED, WEIGHTED, LONGEST_WAITING):
        assert told(RoutingSettings(policy=policy, group_policies={"after": policy})) == []


def test_sound_settings_have_nothing_wrong():
    policy = Policy(
        sticky=Sticky(DAY, timedelta(minutes=1)),
        overflow=Overflow(None, to=frozenset({"after"})),
        windows=(Window(3, timedelta(minutes=10)),),
        reserve=Reserve(2),
        waiting_at_most=None,
        idle_after=None,
        unanswered_after=None,
    )
    rule = Rule(channel="web", group="after", skills={"售后": 5}, language="zh-TW", band=9)
    assert told(RoutingSettings(policy=policy, rules=(rule,), weights={"lin": 0.5})) == []


WRONG = [
    (Policy(prefer=(Preference.SPARE, Preference.SPARE)), "policy.prefer", "twice"),
    (Policy(leaving_before=-DAY), "policy.leaving_before", "not_between"),
    (Policy(idle_after=timedelta(days=31)), "policy.idle_after", "not_between"),
    (Policy(cool_down=-DAY), "policy.cool_down", "not_between"),
    (Policy(unanswered_after=-DAY), "policy.unanswered_after", "not_between"),
    (Policy(lost_bound=timedelta(minutes=1)), "policy.lost_margin", "margin_over_bound"),
    (Policy(share_over=timedelta()), "policy.share_over", "not_between"),
    (Policy(sticky=Sticky(-DAY)), "policy.sticky.within", "not_between"),
    (Policy(sticky=Sticky(wait_at_most=-DAY)), "policy.sticky.wait_at_most", "not_between"),
    (Policy(overflow=Overflow(-DAY)), "policy.overflow.after", "not_between"),
    (Policy(overflow=Overflow(to=frozenset({"gone"}))), "policy.overflow.to", "unknown"),
    (Policy(windows=(Window(0, DAY / 48),)), "policy.windows[0].at_most", "not_between"),
    (Policy(windows=(Window(1, DAY),)), "policy.windows[0].per", "not_between"),
    (Policy(backlog=Window(1, timedelta())), "policy.backlog.per", "not_between"),
    (Policy(reserve=Reserve(-1)), "policy.reserve.places", "not_between"),
    (Policy(reserve=Reserve(1, 10)), "policy.reserve.from_band", "not_between"),
    (Policy(waiting_at_most=-1), "policy.waiting_at_most", "not_between"),
]


@pytest.mark.parametrize(("policy", "path", "key"), WRONG)
def test_what_is_wrong_with_a_policy_is_told_at_its_place(policy, path, key):
    assert told(RoutingSettings(policy=policy)) == [(path, f"routing.{key}")]


def test_everything_wrong_is_told_at_once():
    rules = (Rule(), Rule(channel="fax", group="gone", language="中文", band=-1, skills={"x": 6}))
    settings = RoutingSettings(
        rules=rules, group_policies={"gone": Policy()}, weights={"lin": -1.0, "nobody": 1.0}
    )
    assert told(settings) == [
        ("group_policies.gone", "routing.unknown"),
        ("rules[1].channel", "routing.unknown"),
        ("rules[1].group", "routing.unknown"),
        ("rules[1].language", "routing.language"),
        ("rules[1].band", "routing.not_between"),
        ("rules[1].skills.x", "routing.not_between"),
        ("weights.lin", "routing.not_between"),
        ("weights.nobody", "routing.unknown"),
    ]


def test_every_sentence_finds_its_values():
    settings = RoutingSettings(
        policy=Policy(prefer=(Preference.TURN, Preference.TURN), lost_bound=timedelta(minutes=1)),
        rules=(Rule(language="中文", band=-1, group="gone"),),
    )
    found = problems_of(settings, KNOWN)
    assert len({problem.key for problem in found}) == 5
    for problem in found:
        for language in ("zh", "en"):
            sentence = catalogue(language)[problem.key]
            fields = {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
            assert fields <= problem.values.keys()


def test_a_misspelt_field_is_refused():
    for document in ('{"policy": {"cooldown": "PT1M"}}', '{"policy": {"sticky": {"for": "PT1M"}}}'):
        with pytest.raises(msgspec.ValidationError, match="unknown field"):
            msgspec.json.decode(document, type=RoutingSettings)
