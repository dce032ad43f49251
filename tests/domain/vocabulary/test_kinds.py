"""The closed list of kinds (docs/metrics.md section 2)."""

import re
from itertools import chain
from pathlib import Path

from miaohui.domain.vocabulary.kinds import FAMILIES, KINDS, family_of

SPECIFICATION = Path(__file__).parents[3] / "docs" / "metrics.md"


def test_every_kind_of_the_specification_is_known_and_no_other():
    section = SPECIFICATION.read_text("utf-8").split("\n## ")[2]
    told = [word for word in re.findall(r"`([a-z_.]+)`", section) if "_user" not in word]
    assert set(told) - {"staff_or_test_account"} == set(FAMILIES)


def test_no_kind_belongs_to_two_families():
    kinds = list(chain.from_iterable(KINDS.values()))
    assert len(kinds) == len(set(kinds)) == len(FAMILIES)


def test_a_kind_of_a_newer_version_belongs_to_no_family():
    assert family_of("hologram.shown") is None
    assert family_of("") is None
