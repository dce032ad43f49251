"""`miaohui packs show`: what a pack says, and where every rule comes from."""

from datetime import timedelta

from rich.console import Console
from rich.table import Table as Grid

from miaohui.app.commands.list_packs import range_shown
from miaohui.app.language import language, say
from miaohui.app.packs import chosen_pack
from miaohui.domain.rules.pack import Pack, Provenance, Threshold, Words


def show_pack(reference: str) -> None:
    """A pack's metrics, lines, consequences, fines and where to find them, each with its source."""
    pack = chosen_pack(reference)
    console = Console()
    heading = pack.pack
    about = (pack.name, _words(heading.title), heading.timezone, range_shown(heading.effective))
    console.print(" · ".join(about), markup=False)
    for title, rows in _sections(pack):
        if rows:
            grid = Grid(title=say(f"packs.{title}"), title_justify="left")
            for column in ("id", "label", "rule", "from_where"):
                grid.add_column(say(f"packs.{column}"), overflow="fold")
            for row in rows:
                grid.add_row(*row)
            console.print(grid, markup=False)


Row = tuple[str, str, str, str]


def _sections(pack: Pack) -> list[tuple[str, list[Row]]]:
    return [
        ("metrics", [_metric(pack, number) for number in range(len(pack.metrics))]),
        ("indicators", [
            (each.id, _words(each.label), f"{each.measure} {_duration(each.limit)}",
             _from_where(pack, each.provenance))
            for each in pack.indicators
        ]),
        ("thresholds", [
            (each.id, _words(each.label), _line(each), _from_where(pack, each.provenance))
            for each in pack.thresholds
        ]),
        ("eligibility", [
            (each.id, _words(each.label), " ∧ ".join(each.all_of) or _maybe(each.condition),
             _from_where(pack, each.provenance))
            for each in pack.eligibility
        ]),
        ("consequences", [
            (each.id, _words(each.label),
             f"{' ∨ '.join(each.any_of) or _maybe(each.condition)} → "
             + "; ".join(_words(effect) for effect in each.effects),
             _from_where(pack, each.provenance))
            for each in pack.consequences
        ]),
        ("penalties", [
            (each.id, _words(each.label),
             " / ".join(f"¥{fen / 100:,.0f}" for fen in each.amounts_fen)
             + ("" if each.include_in_totals else " " + say("packs.not_in_totals")),
             _from_where(pack, each.provenance))
            for each in pack.penalties
        ]),
        ("overlays", [
            (each.id, _words(each.label),
             f"{each.kind} {', '.join(range_shown(dates) for dates in each.dates)}",
             _from_where(pack, each.provenance))
            for each in pack.overlays
        ]),
        ("menu_paths", [
            (each.id, _words(each.label), " → ".join(each.steps),
             _from_where(pack, each.provenance))
            for each in pack.menu_paths
        ]),
    ]  # fmt: skip


def _metric(pack: Pack, number: int) -> Row:
    metric = pack.metrics[number]
    parts = [
        metric.unit,
        metric.measure,
        _duration(metric.threshold),
        metric.success or "",
        metric.calendar or say("packs.any_hour"),
        f"{metric.unanswered or ''}{_duration(metric.cap)}",
        metric.perspective if metric.perspective == "agent" else "",
        "needs_human" if metric.needs_human else "",
        "complaints" if metric.complaints else "",
        metric.status if metric.status != "current" else "",
    ]
    rule = " · ".join(part for part in parts if part)
    return metric.id, _words(metric.label), rule, _from_where(pack, metric.provenance)


def _line(line: Threshold) -> str:
    value = "?" if line.value is None else f"{line.value:g}"
    looks = f"{line.basis} {line.days}d {line.mode} {range_shown(line.effective)}"
    return f"{line.metric} {line.op} {value} {looks}".strip()


def _from_where(pack: Pack, provenance: Provenance) -> str:
    source = next(each for each in pack.sources if each.id == provenance.source)
    confidence = say(f"confidence.{provenance.confidence}")
    return f"{source.title} · {confidence}"


def _words(words: Words) -> str:
    return getattr(words, language())


def _maybe(words: Words | None) -> str:
    return "" if words is None else _words(words)


def _duration(duration: timedelta | None) -> str:
    return "" if duration is None else f"{duration.total_seconds():g}s"
