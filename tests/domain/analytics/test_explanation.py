"""Every sample of one conversation with the rule that counted or excluded it."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from tests.domain.analytics.engines import live_samples, newest
from tests.domain.analytics.packs import packs
from tests.domain.analytics.small_packs import metric, small_pack
from tests.events import asks, assigned, at, bot, chat, events_of, happens, replies
from tests.reference.nasty_logs import nasty_logs

from miaohui.domain.analytics.explanation import ExplainedSample, explained
from miaohui.domain.analytics.live import conversations_of
from miaohui.domain.rules.assessment import assessments_of
from miaohui.domain.vocabulary.events import Event

PEOPLE = metric("people", unit="person", success="all_messages_within")


def told(*events: Event, of=None, as_of: str = "9T00:00:00") -> list[ExplainedSample]:
    return explained(chat(*events), assessments_of(small_pack(of or metric())), at(as_of))


def test_an_answered_sample_says_when_by_whom_and_after_how_long():
    [sample] = told(asks("10:00:00"), replies("10:04:00"))
    assert sample == ExplainedSample(
        metric="reply",
        unit="round",
        day=date(2026, 11, 1),
        start=at("10:00:00"),
        status="miss",
        account="anna",
        replied_at=at("10:04:00"),
        waited_seconds=240.0,
        limit_seconds=180.0,
    )


def test_an_unanswered_sample_says_who_had_it_and_waits_for_nothing():
    [sample] = told(assigned("09:00:00", "bao"), asks("10:00:00"))
    assert (sample.status, sample.account) == ("miss", "bao")
    assert (sample.replied_at, sample.waited_seconds) == (None, None)


def test_an_excluded_sample_gives_its_first_reason():
    [early] = told(asks("07:00:00"), happens("buyer.marked", "08:00:00", mark="malicious_user"))
    assert (early.status, early.reason) == ("excluded", "outside_window")
    [marked] = told(asks("10:00:00"), happens("buyer.marked", "11:00:00", mark="malicious_user"))
    assert (marked.status, marked.reason) == ("excluded", "malicious_user")


def test_a_person_is_told_before_the_samples_it_was_judged_on():
    samples = told(
        *(asks("10:00:00"), replies("10:00:10"), asks("11:00:00"), replies("11:09:00")),
        asks("2T07:00:00"),
        of=PEOPLE,
    )
    assert [(each.unit, each.status, each.reason) for each in samples] == [
        ("person", "miss", None),
        ("message", "hit", None),
        ("message", "miss", None),
        ("person", "excluded", "outside_window"),
        ("message", "excluded", "outside_window"),
    ]


def test_a_person_served_by_the_bot_says_so():
    needs_human = metric("people", unit="person", success="all_messages_within", needs_human=True)
    person, _ = told(asks("10:00:00"), bot("10:00:05"), of=needs_human)
    assert (person.unit, person.status, person.reason) == ("person", "excluded", "bot_only")


def test_persons_without_a_reply_are_unanswered():
    counting = metric("people", unit="person", measure="unanswered_persons")
    assert told(asks("10:00:00"), of=counting)[0].status == "unanswered"
    assert told(asks("10:00:00"), replies("15:00:00"), of=counting)[0].status == "answered"


def test_a_complaint_is_marked_as_one():
    [sample] = told(happens("complaint.opened", "10:00:00", "buyer"), of=metric(complaints=True))
    assert sample.complaint


def test_what_happens_after_as_of_is_not_told():
    [sample] = told(asks("10:00:00"), replies("10:01:00"), asks("10:05:00"), as_of="10:00:30")
    assert (sample.status, sample.replied_at) == ("pending", None)


@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(rows=nasty_logs(25).filter(bool), pack=packs())
def test_every_sample_of_any_chat_is_explained_as_it_was_judged(rows, pack):
    events = events_of(rows)
    as_of = newest(events)
    found = [
        (*conversation, each.metric, each.status, each.reason, each.account, each.start)
        for conversation, chat_events in conversations_of(events, as_of).items()
        for each in explained(chat_events, assessments_of(pack), as_of)
        if each.unit != "person"
    ]
    judged = [
        (
            *(said.shop, said.channel, said.conversation, said.metric, said.status, said.reason),
            *(said.account, as_of - timedelta(microseconds=said.age)),
        )
        for said in live_samples(events, pack, as_of)
    ]
    assert sorted(found, key=str) == sorted(judged, key=str)
