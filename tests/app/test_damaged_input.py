from pathlib import Path

import pytest
from tests.adapters.channels.damaged_files import damaged_files

from miaohui.app import cli


def test_two_hundred_damaged_files_end_in_a_sentence_or_in_reject_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MIAOHUI_LANGUAGE", "en")
    files = list(damaged_files())
    assert len(files) >= 200
    for name, content in files:
        path = tmp_path / name
        path.write_bytes(content)
        code = run(monkeypatch, "report", str(path), "--format", "json")
        told = capsys.readouterr()
        assert code in (0, 2), (name, told.err)
        assert "Traceback" not in told.err
        assert told.out.startswith("{") if code == 0 else len(told.err.strip()) > 10, name


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr("sys.argv", ["miaohui", *words])
    try:
        cli.main()
    except SystemExit as leave:
        return int(leave.code or 0)
    return 0
