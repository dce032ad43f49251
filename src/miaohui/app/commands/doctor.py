"""`miaohui doctor`: is all as it should be, and how is mended what is not?

Leaves with 0 where it is, 1 where something is to be looked at, 2 where something is wrong.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from miaohui.app.doctor.examination import Wanted, examined
from miaohui.app.doctor.findings import Finding, Level
from miaohui.app.language import say
from miaohui.app.wiring import now

STATUS = {Level.FINE: 0, Level.WORTH_A_LOOK: 1, Level.WRONG: 2}


class Told(msgspec.Struct, frozen=True, omit_defaults=True):
    """A finding for programs; `key` never changes."""

    check: str
    level: str
    key: str
    sentence: str
    mend: str | None = None
    file: str | None = None
    line: int | None = None


def doctor(config: Path | None, deep: bool, clock_of: str | None, as_json: bool) -> None:
    """Look at everything, tell it, and leave with a status."""
    found = list(examined(Wanted(config, deep, clock_of), os.environ, now))
    if as_json:
        told = msgspec.json.encode([_told(each) for each in found])
        sys.stdout.buffer.write(msgspec.json.format(told) + b"\n")
    else:
        for each in found:
            sys.stdout.write(_shown(each) + "\n")
        sys.stdout.write(_summary(found) + "\n")
    sys.exit(max((STATUS[each.level] for each in found), default=0))


def _told(finding: Finding) -> Told:
    return Told(
        finding.check,
        finding.level.value,
        finding.key,
        finding.sentence(),
        finding.mending(),
        finding.file,
        finding.line,
    )


def _shown(finding: Finding) -> str:
    sign = say(f"doctor.level.{finding.level.value}")
    check = say(f"doctor.check.{finding.check}")
    mend = finding.mending()
    lines = [f"{sign} {check}: {finding.sentence()}"]
    return "\n".join([*lines, f"     → {mend}"] if mend else lines)


def _summary(found: Sequence[Finding]) -> str:
    counts = {level: sum(each.level is level for each in found) for level in Level}
    wrong, warnings = counts[Level.WRONG], counts[Level.WORTH_A_LOOK]
    key = "all_fine" if not wrong + warnings else "not_all_fine"
    return say(f"doctor.{key}", {"wrong": wrong, "warnings": warnings})
