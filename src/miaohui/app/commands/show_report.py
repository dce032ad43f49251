"""`miaohui report`: figures on the terminal, as JSON, as tables, as one page."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from pathlib import Path

import msgspec
from rich.console import Console

from miaohui.app.commands.answers import (
    days_of,
    instant_of,
    lines_of,
    mapping_of,
    one_of,
    timezone_of,
)
from miaohui.app.commands.progress import watched
from miaohui.app.commands.rejects import Rejects, rejects_into
from miaohui.app.language import language, say
from miaohui.app.packs import chosen_pack, known_layouts
from miaohui.app.places import Place
from miaohui.app.sources import Reading, Source, opened
from miaohui.app.wiring import now
from miaohui.domain.analytics.report import Report
from miaohui.domain.rules.pack import Pack
from miaohui.domain.vocabulary.problems import Problem, ReaderError
from miaohui.pipelines.facts import figures, known_until

FORMATS = ("terminal", "json", "csv", "xlsx")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The options of a report, as typed."""

    files: Sequence[Place]
    pack: str
    from_: str | None
    until: str | None
    as_of: str | None
    shops: Sequence[str]
    format: str
    out: Path | None
    html: Path | None
    explain: str | None
    brief: bool
    lines: Sequence[str]
    timezone: str | None
    mapping: Sequence[str]
    default_shop: str | None
    rejects: Path | None


def show_report(wanted: Wanted) -> None:
    """Measure a log and show it."""
    one_of(wanted.format, "--format", FORMATS)
    pack = with_lines(chosen_pack(wanted.pack), lines_of(wanted.lines))
    days = days_of(wanted.from_, wanted.until)
    as_of = instant_of(wanted.as_of, "--as-of", pack.pack.timezone)
    reading = Reading(
        known_layouts(pack),
        timezone_of(wanted.timezone, pack.pack.timezone),
        mapping_of(wanted.mapping),
        wanted.default_shop,
        with_brief=_voids_perfunctory(pack),
    )
    with (
        rejects_into(wanted.rejects) as refused,
        watched(say("report.reading"), in_bytes=True) as tell,
        opened(wanted.files, reading, tell, refused.take) as source,
    ):
        facts = source.facts((), reading.with_brief)
        known = as_of or known_until(facts, now())
        if wanted.explain is not None:
            _explain(source, pack, wanted, known)
            return
        if wanted.shops:
            _refuse_unknown_shops(wanted.shops, {shop for shop, _ in facts.stores})
            facts = source.facts(wanted.shops, reading.with_brief)
        report = figures(facts, pack, source.named, known, days, not wanted.brief, refused.count)
    _tell(refused)
    _render(report, wanted)


def with_lines(pack: Pack, lines: dict[str, float]) -> Pack:
    """The pack with the merchant's own values for some of its lines."""
    known = [threshold.id for threshold in pack.thresholds]
    rates = {each.id for each in pack.metrics if each.measure == "rate"}
    for name, value in lines.items():
        one_of(name, "--line", known)
        of_rate = any(each.id == name and each.metric in rates for each in pack.thresholds)
        if not isfinite(value) or (of_rate and not 0 <= value <= 1):
            values = {"option": "--line", "value": f"{name}={value:g}"}
            raise ReaderError(Problem("option.line_percent", values))
    thresholds = tuple(
        msgspec.structs.replace(each, value=lines[each.id]) if each.id in lines else each
        for each in pack.thresholds
    )
    return msgspec.structs.replace(pack, thresholds=thresholds)


def _voids_perfunctory(pack: Pack) -> bool:
    return any(each.counts.perfunctory is not None for each in pack.reply_classes)


def _refuse_unknown_shops(asked: Sequence[str], known: set[str]) -> None:
    missing = [shop for shop in asked if shop not in known]
    if missing:
        raise ReaderError(Problem("report.no_such_shop", {"shops": ", ".join(missing)}))


def _explain(source: Source, pack: Pack, wanted: Wanted, as_of: datetime) -> None:
    from miaohui.app.commands.explain_chat import explain_chat

    conversation = wanted.explain or ""
    events = [
        event
        for event in source.conversation(conversation)
        if not wanted.shops or event.shop in wanted.shops
    ]
    explain_chat(events, pack, conversation, as_of, as_json=wanted.format == "json")


def _render(report: Report, wanted: Wanted) -> None:
    if wanted.html is not None:
        from miaohui.adapters.reports.page import write_page

        write_page(report, wanted.html, language())
        sys.stderr.write(say("report.page", {"path": wanted.html}) + "\n")
        if wanted.format == "terminal" and wanted.out is None and not sys.stdout.isatty():
            return
    match wanted.format:
        case "json":
            from miaohui.adapters.reports.json_form import to_json

            _write(to_json(report) + b"\n", wanted.out)
        case "csv" | "xlsx":
            _write_table(report, wanted)
        case _:
            _show(report, wanted)


def _write_table(report: Report, wanted: Wanted) -> None:
    from miaohui.adapters.reports.tables import write_csv, write_xlsx

    target = wanted.out or Path(f"miaohui-report.{wanted.format}")
    write = write_csv if wanted.format == "csv" else write_xlsx
    write(report, target, language())
    sys.stderr.write(say("report.table", {"path": target}) + "\n")


def _show(report: Report, wanted: Wanted) -> None:
    from miaohui.adapters.reports.terminal import render

    detail = "full" if wanted.shops else "auto"
    if wanted.out is None:
        render(report, Console(), language(), detail)
        return
    with wanted.out.open("w", encoding="utf-8") as file:
        render(report, Console(file=file, width=100), language(), detail)


def _write(content: bytes, out: Path | None) -> None:
    if out is None:
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
    else:
        out.write_bytes(content)


def _tell(refused: Rejects) -> None:
    if refused.count:
        files = ", ".join(str(path) for path in refused.files())
        values = {"rows": f"{refused.count:,}", "files": files}
        sys.stderr.write(say("import.rejected", values) + "\n")
