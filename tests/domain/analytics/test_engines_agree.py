"""The live engine and the batch engine agree on every sample and every tally."""

import random
from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.domain.analytics.engines import (
    batch_counts,
    batch_samples,
    live_counts,
    live_samples,
    newest,
)
from tests.domain.analytics.packs import BRIEFS, made_up, packs
from tests.events import asks, assigned, at, chat, events_of, moved, replies
from tests.reference.nasty_logs import nasty_logs
from tests.reference.nasty_logs import rows as nasty_rows

from miaohui.adapters.pack_files.headings import built_in_packs
from miaohui.adapters.pack_files.library import load_pack
from miaohui.domain.analytics.assembly import report_of
from miaohui.domain.analytics.batch.engine import shares_of
from miaohui.domain.analytics.encoding import facts_of
from miaohui.domain.analytics.report import Report
from miaohui.domain.rules.pack import Pack
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.kinds import Actor

BUILT_IN = [pack.name for pack in built_in_packs()]
SIZES = (3, 8, 20, 20, 40, 90)
# The clocks of one of the zones change on the day that the log then opens on.
MOVES = [timedelta(days=days) for days in (0, -7, -28, -238, 120)]

every = settings(
    max_examples=500,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def log(rows: Sequence[dict[str, str | None]], by: timedelta) -> list[Event]:
    """The rows as events at another date, some of the agents' texts perfunctory."""
    return [
        replace(event, payload=replace(event.payload, brief=_brief(event)))
        for event in moved(events_of(rows), by)
    ]


def _brief(event: Event) -> str | None:
    return (*BRIEFS, None)[event.seq % 4] if event.actor is not Actor.BUYER else None


def seeded_log(chance: random.Random) -> list[Event]:
    return log(nasty_rows(chance, chance.choice(SIZES)), chance.choice(MOVES))


@pytest.mark.parametrize("name", BUILT_IN)
def test_both_engines_judge_every_sample_alike_under_every_built_in_pack(name):
    pack = load_pack(name)
    for seed in range(150):
        chance = random.Random(f"{name} {seed}")
        events = seeded_log(chance)
        as_of = chance.choice([newest(events), chance.choice(events).at])
        assert live_samples(events, pack, as_of) == batch_samples(events, pack, as_of), seed


@pytest.mark.parametrize("name", BUILT_IN)
def test_both_engines_tally_every_group_alike_under_every_built_in_pack(name):
    pack = load_pack(name)
    for seed in range(25):
        chance = random.Random(f"{name} {seed}")
        events = seeded_log(chance)
        as_of = chance.choice([newest(events), chance.choice(events).at])
        assert live_counts(events, pack, as_of) == batch_counts(events, pack, as_of), seed


@every
@given(rows=nasty_logs(30).filter(bool), pack=packs(), by=st.sampled_from(MOVES), data=st.data())
def test_both_engines_judge_every_sample_alike_under_any_pack(rows, pack, by, data):
    events = log(rows, by)
    as_of = data.draw(st.sampled_from([newest(events), *(event.at for event in events)]))
    assert live_samples(events, pack, as_of) == batch_samples(events, pack, as_of)


@pytest.mark.parametrize("run", range(4))
def test_both_engines_judge_and_tally_alike_under_seeded_packs(run):
    for seed in range(run * 100, run * 100 + 100):
        chance = random.Random(seed)
        events, pack = seeded_log(chance), made_up(chance.choice)
        as_of = chance.choice([newest(events), chance.choice(events).at])
        assert live_samples(events, pack, as_of) == batch_samples(events, pack, as_of), seed
        assert live_counts(events, pack, as_of) == batch_counts(events, pack, as_of), seed


def test_where_the_batch_engine_cuts_the_log_changes_no_sample():
    for seed in range(200):
        chance = random.Random(seed)
        events, pack = seeded_log(chance), made_up(chance.choice)
        as_of = newest(events)
        whole = batch_samples(events, pack, as_of)
        assert batch_samples(events, pack, as_of, share_events=1) == whole, seed


def test_where_the_batch_engine_cuts_the_log_changes_nothing_in_the_report(monkeypatch):
    logs = [seeded_log(random.Random(seed)) for seed in range(60)]
    packs_used = [load_pack(BUILT_IN[seed % len(BUILT_IN)]) for seed in range(60)]
    whole = [reported(*each) for each in zip(logs, packs_used, strict=True)]
    monkeypatch.setattr(shares_of, "__defaults__", (1,))  # a share for every shop
    assert [reported(*each) for each in zip(logs, packs_used, strict=True)] == whole


def reported(events: Sequence[Event], pack: Pack) -> Report:
    facts = facts_of(events)
    return report_of(facts, pack, facts.newest_at or 0)


def test_an_account_called_unassigned_has_a_clock_of_its_own_in_both_engines():
    events = chat(
        asks("10:00:00"), assigned("10:01:00", "unassigned"), replies("10:02:00", "unassigned")
    )
    pack, as_of = load_pack("kuaishou"), at("11:00:00")
    assert live_samples(events, pack, as_of) == batch_samples(events, pack, as_of)
