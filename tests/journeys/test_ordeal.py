"""A busy shop whose server is killed, whose disk fills and whose database crashes loses nothing.

The whole ordeal is a benchmark; here it is short, so that every change undergoes it.
"""

from pathlib import Path

from benchmarks.ordeal.blows import full_disk, restarted, small_disk
from benchmarks.ordeal.trial import Trial, undergo

SHORT = Trial(rate=80, seconds=6, kills=2, streams=4, conversations=8, agents=4)


def test_nothing_is_lost_repeated_or_counted_otherwise_in_a_file(tmp_path: Path, monkeypatch):
    keep_environment(monkeypatch)
    with small_disk(tmp_path, 200) as small:
        blows = [full_disk(tmp_path)] if small else []
        verdict = undergo(SHORT, tmp_path, f"{tmp_path}/shop.db", blows)
    assert verdict.wrong == []
    assert verdict.counts["acknowledged"] == verdict.counts["sent"] > 100
    assert verdict.counts["kills"] == 2


def test_nothing_is_lost_repeated_or_counted_otherwise_on_a_server(
    tmp_path: Path, server, database, monkeypatch
):
    keep_environment(monkeypatch)
    verdict = undergo(SHORT, tmp_path, server.url(database), [restarted(server)])
    assert verdict.wrong == []
    assert verdict.counts["acknowledged"] == verdict.counts["sent"] > 100


def keep_environment(monkeypatch) -> None:
    """The house under trial sets these; they are put back."""
    for name in ("MIAOHUI_MASTER_KEY_FILE", "MIAOHUI_PACKS"):
        monkeypatch.setenv(name, "")
