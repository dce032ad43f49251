"""Real people's chats: the Customer-Support-on-Twitter excerpt."""

from pathlib import Path

from benchmarks.contest import contest
from benchmarks.intake import rows_of
from benchmarks.lines import Line


def lines(folder: Path) -> list[Line]:
    """Rows a second from the file to a report on every brand."""
    table = folder / "twcs_5k.csv"
    results = contest({"twcs": ["benchmarks.real_chats:report", str(table)]}, runs=5)
    result = results["twcs"]
    rows = rows_of(table)
    return [Line("real.twcs_report", rows / result.best, "rows/s", None, "", result.spread)]


def report(table: str) -> None:
    """File to report."""
    from datetime import UTC, datetime

    from benchmarks.intake import reading_of_tables, silent
    from miaohui.app.packs import chosen_pack
    from miaohui.app.sources import opened
    from miaohui.pipelines.facts import figures, known_until

    with opened([Path(table)], reading_of_tables(), silent, silent) as source:
        facts = source.facts((), False)
        newest = known_until(facts, datetime.now(UTC))
        figures(facts, chosen_pack("pdd"), source.named, newest)
