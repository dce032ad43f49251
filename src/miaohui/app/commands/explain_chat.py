"""`miaohui report --explain`: every sample of one conversation and the rule that decided it."""

import sys
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

import msgspec
from rich.console import Console
from rich.table import Table as Grid

from miaohui.app.language import language, say
from miaohui.domain.analytics.explanation import ExplainedSample, explained
from miaohui.domain.analytics.live import conversations_of
from miaohui.domain.rules.assessment import assessments_of
from miaohui.domain.rules.pack import Pack
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.kinds import UNASSIGNED
from miaohui.domain.vocabulary.problems import Problem, ReaderError


def explain_chat(
    events: Sequence[Event], pack: Pack, name: str, as_of: datetime, as_json: bool
) -> None:
    """Print every sample of the conversations of that name."""
    conversations = conversations_of(events, as_of)
    if not conversations:
        raise ReaderError(Problem("explain.no_such_conversation", {"conversation": name}))
    found = {
        key: explained(events, assessments_of(pack), as_of)
        for key, events in sorted(conversations.items())
    }
    if as_json:
        _write_json(found)
        return
    console = Console()
    for (shop, channel, conversation), samples in found.items():
        console.print(f"{shop} · {channel} · {conversation} · {pack.name}", markup=False)
        _show(console, pack, samples)


def _write_json(found: dict[tuple[str, str, str], list[ExplainedSample]]) -> None:
    forms = [
        {"shop": shop, "channel": channel, "conversation": conversation, "samples": samples}
        for (shop, channel, conversation), samples in found.items()
    ]
    sys.stdout.write(msgspec.json.encode(forms).decode() + "\n")


def _show(console: Console, pack: Pack, samples: Sequence[ExplainedSample]) -> None:
    zone = ZoneInfo(pack.pack.timezone)
    labels = {each.id: getattr(each.label, language()) for each in pack.metrics}
    for metric, group in groupby(samples, key=lambda sample: sample.metric):
        grid = Grid(title=f"{labels[metric]}  {metric}", title_justify="left")
        for column in ("unit", "start", "reply", "waited", "account", "because"):
            grid.add_column(say(f"explain.{column}"))
        for sample in group:
            grid.add_row(*_cells(sample, zone), style=_style(sample))
        console.print(grid, markup=False)


def _cells(sample: ExplainedSample, zone: ZoneInfo) -> list[str]:
    replied = sample.replied_at
    waited = sample.waited_seconds
    unit = "complaint" if sample.complaint else sample.unit
    return [
        say(f"unit.{unit}"),
        _clock(sample.start, zone),
        "" if replied is None else _clock(replied, zone),
        "" if waited is None else f"{waited:,.3f}".rstrip("0").rstrip("."),
        say("explain.nobody") if sample.account == UNASSIGNED else sample.account,
        because(sample),
    ]


def because(sample: ExplainedSample) -> str:
    """The rule that decided a sample, in a sentence."""
    if sample.reason is not None:
        return say(f"reason.{sample.reason}")
    limit = "" if sample.limit_seconds is None else f"{sample.limit_seconds:,g}"
    return say(f"status.{sample.status}", {"limit": limit})


def _clock(instant: datetime, zone: ZoneInfo) -> str:
    return instant.astimezone(zone).isoformat(" ").removesuffix("+08:00")


def _style(sample: ExplainedSample) -> str:
    return {"miss": "red", "pending": "yellow", "excluded": "dim"}.get(sample.status, "")
