"""Pictures beside the file of a log."""

import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.adapters.storage.happenings import RECEIVED
from tests.adapters.storage.media_contract import LI, RED, MediaContract
from tests.adapters.storage.test_sqlite_log import opened

from miaohui.domain.vocabulary.problems import ReaderError


class TestSqliteMedia(MediaContract):
    @contextmanager
    def place(self):
        with tempfile.TemporaryDirectory() as folder:
            yield lambda: opened(Path(folder))


def files_in(folder: Path) -> list[Path]:
    return [each for each in folder.rglob("*") if each.is_file() and ".media" in str(each)]


def test_no_picture_can_be_seen_in_the_folder(tmp_path):
    with opened(tmp_path) as log:
        log.media().put(LI, RED, RECEIVED)
    assert len(files_in(tmp_path)) == 2
    written = b"".join(each.read_bytes() for each in tmp_path.rglob("*") if each.is_file())
    assert RED.body[:20] not in written
    assert RED.preview not in written
    assert "小李".encode() not in written


def test_erasing_leaves_no_file_behind(tmp_path):
    with opened(tmp_path) as log:
        log.media().put(LI, RED, RECEIVED)
        assert log.erase_buyer(*LI)
    assert files_in(tmp_path) == []


def test_a_file_that_was_changed_or_swapped_does_not_open(tmp_path):
    with opened(tmp_path) as log:
        media = log.media()
        red, other = media.put(LI, RED, RECEIVED), media.put(LI, RED, RECEIVED)
        places = {each.name: each for each in files_in(tmp_path)}
        places[red].write_bytes(places[other].read_bytes())
        with pytest.raises(ReaderError, match=r"media\.damaged"):
            media.get(LI, red)
        assert media.get(LI, red, preview=True) == RED.preview
        places[other].unlink()
        with pytest.raises(ReaderError, match=r"media\.damaged"):
            media.get(LI, other)


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    with opened(tmp_path) as log:
        Path(f"{tmp_path / 'log.db'}.media").write_text("in the way")
        with pytest.raises(ReaderError, match=r"media\.cannot_write"):
            log.media().put(LI, RED, RECEIVED)
