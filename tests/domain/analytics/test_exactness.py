"""The batch engine's report equals an independent slow reference, to the last digit."""

import random
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.domain.analytics.against_reference import product, reference
from tests.reference.nasty_logs import as_of_in, nasty_logs
from tests.reference.nasty_logs import rows as nasty_rows
from tests.reference.pinduoduo import instant

SIZES = (1, 3, 8, 20, 20, 60, 60, 150)
LOGS_A_RUN = 300


@settings(
    max_examples=500,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
def test_every_figure_of_a_nasty_log_equals_the_reference(data):
    rows = data.draw(nasty_logs())
    told = data.draw(as_of_in(rows))
    as_of = None if told is None else datetime.fromisoformat(told)
    assert product(rows, as_of) == reference(rows, as_of)


@pytest.mark.parametrize("run", range(8))
def test_every_figure_of_a_seeded_log_equals_the_reference(run):
    for seed in range(run * LOGS_A_RUN, (run + 1) * LOGS_A_RUN):
        chance = random.Random(seed)
        rows = nasty_rows(chance, chance.choice(SIZES))
        written = chance.choice([None, chance.choice(rows)["at"]])
        as_of = None if written is None else instant(written)
        assert product(rows, as_of) == reference(rows, as_of), seed
