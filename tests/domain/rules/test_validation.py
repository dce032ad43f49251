import pytest
from tests.domain.rules.sound_pack import OWN, WORDS, pack_of, sound_data

from miaohui.domain.rules.findings import path_text
from miaohui.domain.rules.validation import findings


def set_at(data, path, value):
    for step in path[:-1]:
        data = data[step]
    if value is ...:
        del data[path[-1]]
    else:
        data[path[-1]] = value


def found(*changes):
    data = sound_data()
    for path, value in changes:
        set_at(data, path, value)
    return [(path_text(finding.path), finding.key) for finding in findings(pack_of(data))]


def test_a_sound_pack_has_nothing_wrong():
    assert found() == []


CASES = [
    (("pack", "timezone"), "Mars/Olympus", "pack.timezone", "pack.unknown_timezone"),
    (("pack", "timezone"), "../etc", "pack.timezone", "pack.unknown_timezone"),
    (("pack", "effective", "until"), "2020-01-01", "pack.effective", "pack.dates_backward"),
    (("metrics", 1, "id"), "reply", "metrics[1].id", "pack.duplicate_id"),
    (
        ("metrics", 0, "provenance"),
        {"source": "hearsay", "confidence": "U"},
        "metrics[0].provenance.source",
        "pack.unknown_name",
    ),
    (("metrics", 0, "calendar"), "night", "metrics[0].calendar", "pack.unknown_name"),
    (("metrics", 0, "reply_class"), "robot", "metrics[0].reply_class", "pack.unknown_name"),
    (("indicators", 0, "calendar"), "night", "indicators[0].calendar", "pack.unknown_name"),
    (("overlays", 0, "applies_to"), ["no"], "overlays[0].applies_to[0]", "pack.unknown_name"),
    (("thresholds", 0, "metric"), "no", "thresholds[0].metric", "pack.unknown_name"),
    (("eligibility", 0, "all_of"), ["no"], "eligibility[0].all_of[0]", "pack.unknown_name"),
    (("consequences", 0, "any_of"), ["no"], "consequences[0].any_of[0]", "pack.unknown_name"),
    (("penalties", 0, "any_of"), ["no"], "penalties[0].any_of[0]", "pack.unknown_name"),
    (("calendars", 0, "windows"), [], "calendars[0].windows", "pack.windows_missing"),
    (
        ("calendars", 0, "windows", 0, "until"),
        "08:00",
        "calendars[0].windows[0]",
        "pack.window_backward",
    ),
    (("overlays", 0, "windows"), [], "overlays[0].windows", "pack.windows_missing"),
    (("overlays", 0, "kind"), "exempt", "overlays[0].windows", "pack.windows_needless"),
    (
        ("overlays", 0, "dates", 0, "until"),
        "2026-01-01",
        "overlays[0].dates[0]",
        "pack.dates_backward",
    ),
    (("eligibility", 0, "all_of"), [], "eligibility[0].all_of", "pack.trigger_missing"),
    (("consequences", 0, "any_of"), [], "consequences[0].any_of", "pack.trigger_missing"),
    (("penalties", 0, "any_of"), [], "penalties[0].any_of", "pack.trigger_missing"),
    (("penalties", 0, "amounts_fen"), [], "penalties[0].amounts_fen", "pack.amounts_missing"),
    (("metrics", 0, "threshold"), ..., "metrics[0].threshold", "pack.rate_needs_threshold"),
    (("metrics", 0, "threshold"), "-PT1S", "metrics[0].threshold", "pack.duration_not_positive"),
    (("metrics", 1, "threshold"), "PT1S", "metrics[1].threshold", "pack.threshold_needless"),
    (("metrics", 2, "success"), ..., "metrics[2].success", "pack.success_missing"),
    (
        ("metrics", 0, "success"),
        "first_reply_within",
        "metrics[0].success",
        "pack.success_needless",
    ),
    (("metrics", 0, "unanswered"), "drop", "metrics[0].unanswered", "pack.not_allowed"),
    (("metrics", 1, "cap"), ..., "metrics[1].cap", "pack.cap_missing"),
    (("metrics", 1, "unanswered"), "drop", "metrics[1].cap", "pack.cap_needless"),
    (("metrics", 1, "unit"), "person", "metrics[1].unit", "pack.person_has_no_wait"),
    (("metrics", 2, "complaints"), True, "metrics[2].complaints", "pack.complaints_are_rounds"),
    (("indicators", 0, "limit"), ..., "indicators[0].limit", "pack.limit_missing"),
    (
        ("indicators", 0, "measure"),
        "reply_persons",
        "indicators[0].limit",
        "pack.limit_needless",
    ),
    (("thresholds", 0, "value"), ..., "thresholds[0].value", "pack.value_missing"),
    (("thresholds", 0, "value"), 80, "thresholds[0].value", "pack.rate_above_one"),
    (("thresholds", 0, "value"), -1, "thresholds[0].value", "pack.too_small"),
    (("conversation", "session_gap"), "PT0S", "conversation.session_gap", None),
    (("layouts", 0, "columns", "买家"), "buyers", "layouts[0].columns.买家", "pack.not_allowed"),
    (
        ("layouts", 0, "values", "actor", "客服"),
        "clerk",
        "layouts[0].values.actor.客服",
        "pack.not_allowed",
    ),
    (("layouts", 0, "required"), ["text"], "layouts[0].required[0]", "pack.column_unreached"),
    (("layouts", 0, "constants"), {"kind": "song"}, "layouts[0].constants.kind", None),
]


@pytest.mark.parametrize(("path", "value", "place", "key"), CASES)
def test_every_contradiction_is_told_with_its_place(path, value, place, key):
    problems = found((path, value))
    assert place in [where for where, _ in problems]
    if key is not None:
        assert (place, key) in problems


def test_everything_wrong_is_told_at_once():
    problems = found(*((path, value) for path, value, _, key in CASES[3:8] if key))
    assert len(problems) >= 5


def test_a_peer_line_may_wait_for_the_merchants_value():
    assert found((("thresholds", 0, "basis"), "peer_mean"), (("thresholds", 0, "value"), ...)) == []


def test_a_condition_in_words_stands_in_for_thresholds():
    entry = {"id": "x", "label": WORDS, "all_of": [], "condition": WORDS, "provenance": OWN}
    assert found((("eligibility",), [entry])) == []


def test_a_pack_without_metrics_is_told():
    data = sound_data() | {"metrics": [], "overlays": [], "thresholds": []}
    data |= {"eligibility": [], "consequences": [], "penalties": []}
    assert [finding.key for finding in findings(pack_of(data))] == ["pack.metrics_missing"]
