"""Packs that nobody uses, to vary every rule by which platforms differ."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from miaohui.domain.conversation.replies import Perfunctory, ReplyClass
from miaohui.domain.rules.pack import (
    Calendar,
    ConversationTerms,
    DateRange,
    Display,
    Heading,
    Metric,
    NamedReplyClass,
    Overlay,
    Pack,
    Provenance,
    Source,
    Window,
    Words,
)
from miaohui.domain.rules.validation import findings

OWN = Provenance("own", "M")
WORDS = Words("字", "word")
HOURS = ("00:00", "02:00", "07:00", "08:00", "10:00", "19:00", "20:00", "23:00", "24:00")
ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC")
BRIEFS = ("嗯", "好的", "ok")
LIMITS = (30, 180, 300, 3600, 172_800)
UNITS = ("message", "round", "session")
OF_PEOPLE = ("all_messages_within", "first_reply_within")
MARKINGS = ("staff_or_test_account", "malicious_user", "spam_confirmed")
Pick = Callable[[Sequence[Any]], Any]


def packs() -> st.SearchStrategy[Pack]:
    """Any sound pack."""
    return st.composite(lambda draw: made_up(lambda options: draw(st.sampled_from(options))))()


def made_up(pick: Pick) -> Pack:
    """A sound pack, each rule picked on its own; the plainest option stands first."""
    metrics = tuple(_metrics(pick))
    pack = Pack(
        pack=Heading("made_up", "1", WORDS, "none", pick(ZONES), DateRange()),
        sources=(Source("own", "own", "nobody"),),
        conversation=ConversationTerms(
            OWN, timedelta(minutes=pick((30, 1, 120))), timedelta(seconds=pick((30, 1, 300)))
        ),
        reply_classes=(
            NamedReplyClass("human", _reply_class(pick), OWN),
            NamedReplyClass("anybody", _reply_class(pick), OWN),
        ),
        calendars=tuple(
            Calendar(name, _windows(pick), OWN, pick(("message", "session_start")))
            for name in ("one", "other")
        ),
        overlays=tuple(_overlays(pick, [metric.id for metric in metrics])),
        metrics=metrics,
    )
    assert not findings(pack)
    return pack


def _reply_class(pick: Pick) -> ReplyClass:
    day = pick((None, date(2026, 11, 1), date(2026, 11, 2), date(2020, 1, 1)))
    void = None if day is None else Perfunctory(day, BRIEFS[: pick((1, 2))])
    return ReplyClass(pick(("human", "bot")), pick((False, True)), void)


def _windows(pick: Pick) -> tuple[Window, ...]:
    return tuple(_window(pick) for _ in range(pick((1, 1, 2))))


def _window(pick: Pick) -> Window:
    first = pick(HOURS[:-1])
    last = pick([hour for hour in HOURS if hour > first])
    return Window(first, last, pick(((1, 2, 3, 4, 5, 6, 7), (1, 3, 5, 7), (6, 7))))


def _overlays(pick: Pick, metrics: Sequence[str]) -> Iterable[Overlay]:
    for number in range(pick((0, 1, 2))):
        kind = pick(("exempt", "replace", "tighten"))
        day = pick((date(2026, 11, 1), date(2026, 11, 2), date(2026, 11, 3)))
        yield Overlay(
            f"festival_{number}",
            WORDS,
            kind,
            (DateRange(day, pick((day, None))),),
            tuple(metrics[:: pick((1, 2))]),
            OWN,
            () if kind == "exempt" else _windows(pick),
        )


def _metrics(pick: Pick) -> Iterable[Metric]:
    for unit in UNITS:
        rules = {"unit": unit, "complaints": unit == "round" and pick((False, True))}
        yield _metric(pick, f"rate_{unit}", measure="rate", threshold=_limit(pick), **rules)
        yield _metric(pick, f"wait_{unit}", measure=pick(("mean", "median", "p90")), **rules)
    for success in OF_PEOPLE:
        rules = {"unit": "person", "measure": "rate", "success": success}
        yield _metric(pick, success, threshold=_limit(pick), **rules)
    yield _metric(pick, "unanswered", unit="person", measure="unanswered_persons")


def _limit(pick: Pick) -> timedelta:
    return timedelta(seconds=pick(LIMITS))


def _metric(pick: Pick, name: str, **rules: Any) -> Metric:
    if rules["measure"] in ("mean", "median", "p90"):
        rules["unanswered"] = pick(("drop", "cap"))
        rules["cap"] = _limit(pick) if rules["unanswered"] == "cap" else None
    return Metric(
        id=name,
        label=WORDS,
        display=Display("percent"),
        better="higher",
        provenance=OWN,
        reply_class=pick(("human", "anybody")),
        calendar=pick(("one", "other", None)),
        perspective=pick(("shop", "agent")),
        needs_human=pick((False, True)),
        exclude=pick((MARKINGS, (), MARKINGS[:1], MARKINGS[1:])),
        **rules,
    )
