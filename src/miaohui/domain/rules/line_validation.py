"""Lines that a shop gives values of its own: where the platform compares with peers, or to aim
higher than the platform asks."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from miaohui.domain.rules.pack import Pack
from miaohui.domain.vocabulary.problems import Problem

LONGEST_SECONDS = 30 * 86_400


class Lines(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Values by the line's id, before the pack's own: a share from 0 to 1, or seconds."""

    values: dict[str, float] = {}


def line_problems(lines: Lines, packs: Iterable[Pack]) -> list[Problem]:
    """What is wrong with lines of a shop that goes by these packs, each naming its field:
    `lines.unknown`, `lines.not_between`."""
    return list(_problems(lines, _measures(packs)))


def _measures(packs: Iterable[Pack]) -> Mapping[str, str]:
    """What each line holds against."""
    found: dict[str, str] = {}
    for pack in packs:
        measures = {metric.id: metric.measure for metric in pack.metrics}
        found |= {each.id: measures[each.metric] for each in pack.thresholds}
    return found


def _problems(lines: Lines, measures: Mapping[str, str]) -> Iterator[Problem]:
    for line, value in lines.values.items():
        path = f"values.{line}"
        if line not in measures:
            yield Problem("lines.unknown", {"path": path, "known": ", ".join(sorted(measures))})
            continue
        most = 1 if measures[line] == "rate" else LONGEST_SECONDS
        if not 0 <= value <= most:
            yield Problem("lines.not_between", {"path": path, "value": value, "most": most})
