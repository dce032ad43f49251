"""No file, however damaged, ends in a stack trace or takes the machine with it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.adapters.channels.damaged_files import BIG, damaged_files
from tests.adapters.channels.tables_for_tests import read, written

from miaohui.domain.vocabulary.problems import ReaderError

LIMIT_BYTES = 1_500 << 20
BIG_MEGABYTES = int(os.environ.get("MIAOHUI_BIG_MEGABYTES", "48"))

READ = """
import resource, sys
from pathlib import Path
from miaohui.adapters.channels.table_import.reading import read_frames
from miaohui.adapters.channels.table_import.tables import open_table
from miaohui.domain.vocabulary.problems import ReaderError
rejects = []
rows = 0
try:
    table = open_table(Path(sys.argv[1]), (), {}, None, "Asia/Shanghai")
    rows = sum(frame.height for frame in read_frames(table, lambda one: rejects.append(one.key)))
except ReaderError as error:
    rejects.append(error.problems[0].key)
own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(rows, len(rejects), (own + child) * 1024)
"""


def test_two_hundred_damaged_files_end_in_a_message_or_in_rejects(tmp_path: Path) -> None:
    count = 0
    for name, content in damaged_files():
        count += 1
        try:
            events, rejects = read(written(tmp_path, content, name))
        except ReaderError:
            continue
        assert all(reject.line >= 1 and reject.key for reject in rejects), name
        assert all(event.source_id for event in events), name
    assert count >= 200


@pytest.mark.parametrize("name", BIG)
def test_a_big_damaged_file_stays_within_memory(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    BIG[name](path, BIG_MEGABYTES)
    rows, rejects, peak = read_in_a_process(path)
    assert peak < LIMIT_BYTES
    assert rejects >= 1 or name in ("newlines.csv", "long-records.csv")
    assert rows >= (name in ("one-line.csv", "open-quote.csv"))


@pytest.mark.parametrize("name", ["bomb.xlsx", "far-cell.xlsx", "laughs.xlsx"])
def test_a_workbook_that_wants_all_memory_is_refused(tmp_path: Path, name: str) -> None:
    content = next(content for found, content in damaged_files() if found == name)
    _, rejects, peak = read_in_a_process(written(tmp_path, content, name))
    assert rejects == 1
    assert peak < LIMIT_BYTES


def read_in_a_process(path: Path) -> tuple[int, int, int]:
    """Rows, rejects and the most memory in bytes that reading took."""
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)],
        capture_output=True,
        check=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    rows, rejects, peak = map(int, done.stdout.split())
    return rows, rejects, peak
