"""`miaohui packs diff`: what changed between two packs, and which samples it changed."""

import sys
from datetime import datetime

from rich.console import Console
from rich.table import Table as Grid

from miaohui.app.commands.answers import instant_of
from miaohui.app.commands.explain_chat import because
from miaohui.app.commands.progress import watched
from miaohui.app.commands.rejects import rejects_into
from miaohui.app.language import say
from miaohui.app.packs import chosen_pack, known_layouts
from miaohui.app.places import Place
from miaohui.app.sources import Reading, opened
from miaohui.domain.analytics.comparison import SampleDifference, compared
from miaohui.domain.analytics.explanation import ExplainedSample
from miaohui.domain.analytics.live import conversations_of
from miaohui.domain.rules.difference import differences
from miaohui.domain.rules.pack import Pack

MOST_SHOWN = 100


def compare_packs(old: str, new: str, log: Place | None, as_of: str | None) -> None:
    """Print every changed rule and, over a log, the samples that differ."""
    before, after = chosen_pack(old), chosen_pack(new)
    grid = Grid(title=f"{before.name} → {after.name}", title_justify="left")
    for column in ("entry", "id", "field", "old", "new"):
        grid.add_column(say(f"diff.{column}"), overflow="fold")
    for each in differences(before, after):
        grid.add_row(each.entry, each.id, each.field, _shown(each.old), _shown(each.new))
    Console().print(grid, markup=False)
    if log is not None:
        _compare_samples(before, after, log, instant_of(as_of, "--as-of", after.pack.timezone))


def _compare_samples(before: Pack, after: Pack, log: Place, as_of: datetime | None) -> None:
    reading = Reading(known_layouts(after), after.pack.timezone)
    with (
        rejects_into(None) as refused,
        watched(say("report.reading"), in_bytes=True) as tell,
        opened([log], reading, tell, refused.take) as source,
    ):
        events = list(source.events())
    known_until = as_of or max((event.at for event in events), default=None)
    if known_until is None:
        return
    found = compared(conversations_of(events, known_until), before, after, known_until)
    _show_samples(list(found))


def _show_samples(found: list[SampleDifference]) -> None:
    grid = Grid(title=say("diff.samples", {"count": f"{len(found):,}"}), title_justify="left")
    for column in ("conversation", "metric", "start", "old", "new", "rules"):
        grid.add_column(say(f"diff.{column}"), overflow="fold")
    for each in found[:MOST_SHOWN]:
        sample = each.new or each.old
        grid.add_row(
            f"{each.shop}/{each.conversation}",
            each.metric,
            "" if sample is None else sample.start.isoformat(" "),
            _said(each.old),
            _said(each.new),
            ", ".join(each.rules),
        )
    Console().print(grid, markup=False)
    if len(found) > MOST_SHOWN:
        sys.stdout.write(say("diff.more", {"count": f"{len(found) - MOST_SHOWN:,}"}) + "\n")


def _said(sample: ExplainedSample | None) -> str:
    return say("diff.no_sample") if sample is None else because(sample)


def _shown(value: object) -> str:
    return "" if value is None else str(value)
