"""Writing pack files for tests, and reading the problems they raise."""

from pathlib import Path

import pytest

from miaohui.adapters.pack_files.library import load_pack
from miaohui.domain.vocabulary.problems import Problem, ReaderError

SOUND = """\
pack:
  id: corner
  version: "1.0"
  title: {zh: 街角, en: Corner}
  platform: corner
  timezone: Asia/Shanghai
  effective: {}
sources:
  - id: own
    kind: own
    title: 我们
conversation:
  provenance: {source: own, confidence: M}
reply_classes:
  - id: human
    counts: {}
    provenance: {source: own, confidence: M}
calendars:
  - id: day
    windows:
      - {from: 08:00, until: 23:00}
    provenance: {source: own, confidence: M}
metrics:
  - id: reply
    label: {zh: 回复率, en: Reply rate}
    unit: round
    measure: rate
    threshold: PT3M
    calendar: day
    display: {unit: percent}
    better: higher
    provenance: {source: own, confidence: M}
"""


def write(folder: Path, name: str, text: str) -> Path:
    """One file of a folder."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def problems_of(path: Path) -> list[Problem]:
    """What loading the file complains about."""
    with pytest.raises(ReaderError) as caught:
        load_pack(str(path))
    return list(caught.value.problems)


def told(path: Path) -> list[tuple[str, int | None]]:
    """The complaints as (sentence, line)."""
    return [(problem.key, problem.line) for problem in problems_of(path)]


def line_of(text: str, words: str) -> int:
    """The line (from 1) on which words first stand."""
    return next(n for n, line in enumerate(text.splitlines(), 1) if words in line)
