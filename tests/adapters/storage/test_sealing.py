"""Sealing and the master key."""

import stat
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miaohui.adapters.storage.details import new_id
from miaohui.adapters.storage.master_key import (
    default_master_key_file,
    make_master_key,
    read_master_key,
)
from miaohui.adapters.storage.sealing import (
    WRAPPED_BYTES,
    derive_keys,
    new_data_key,
    pseudonym,
    seal,
    unseal,
    unwrap,
)
from miaohui.domain.vocabulary.identifiers import uuid7
from miaohui.domain.vocabulary.problems import ReaderError

KEYS = derive_keys(b"\1" * 32)
OTHERS = derive_keys(b"\2" * 32)


def test_what_is_sealed_opens_only_with_its_key_and_in_its_row():
    wrapped, cipher = new_data_key(KEYS, b"row 1")
    sealed = seal(cipher, b"hello", b"row 1")
    again = unwrap(KEYS, wrapped, b"row 1")
    assert len(wrapped) == WRAPPED_BYTES
    assert again
    assert unseal(again, sealed, b"row 1") == b"hello"
    assert unseal(again, sealed, b"row 2") is None
    assert unwrap(KEYS, wrapped, b"row 2") is None
    assert unwrap(OTHERS, wrapped, b"row 1") is None


def test_a_seal_that_was_touched_or_cut_anywhere_does_not_open():
    _, cipher = new_data_key(KEYS, b"")
    sealed = seal(cipher, b"hello", b"")
    for place in range(len(sealed)):
        touched = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        assert unseal(cipher, touched, b"") is None
        assert unseal(cipher, sealed[:place], b"") is None


def test_the_same_text_is_never_sealed_the_same():
    _, cipher = new_data_key(KEYS, b"")
    assert len({seal(cipher, b"hello", b"") for _ in range(1_000)}) == 1_000


@given(st.lists(st.text(max_size=3), max_size=4), st.lists(st.text(max_size=3), max_size=4))
def test_pseudonyms_are_the_same_exactly_for_the_same_names(one, other):
    assert (pseudonym(KEYS, *one) == pseudonym(KEYS, *other)) == (one == other)
    assert pseudonym(KEYS, *one) != pseudonym(OTHERS, *one)


@given(st.integers(0, (1 << 48) - 1), st.integers(0, (1 << 74) - 1))
def test_packed_ids_are_those_of_the_vocabulary(milliseconds, random_bits):
    assert str(UUID(bytes=new_id(milliseconds, random_bits))) == uuid7(milliseconds, random_bits)


def test_a_master_key_is_made_once_for_its_owner_only(tmp_path):
    path = tmp_path / "folder" / "master.key"
    key = make_master_key(path)
    assert len(key) == 32
    assert make_master_key(path) == read_master_key(path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_many_makers_at_once_agree_on_one_master_key(tmp_path):
    script = "import sys; from pathlib import Path\n"
    script += "from miaohui.adapters.storage.master_key import make_master_key\n"
    script += "print(make_master_key(Path(sys.argv[1])).hex())"
    makers = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path / "key")],
            stdout=subprocess.PIPE,
            env={"PYTHONPATH": str(Path(__file__).parents[3] / "src")},
            text=True,
        )
        for _ in range(4)
    ]
    assert len({maker.communicate()[0] for maker in makers}) == 1
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("content", [b"", b"abc", b"ab" * 31, "钥匙".encode(), b"\xff" * 64])
def test_a_damaged_master_key_is_told(tmp_path, content):
    (tmp_path / "key").write_bytes(content)
    with pytest.raises(ReaderError, match=r"master_key\.damaged"):
        make_master_key(tmp_path / "key")


def test_a_missing_or_unreachable_master_key_is_told(tmp_path):
    with pytest.raises(ReaderError, match=r"master_key\.missing"):
        read_master_key(tmp_path / "key")
    with pytest.raises(ReaderError, match=r"master_key\.unreadable"):
        read_master_key(tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(ReaderError, match=r"master_key\.unwritable"):
        make_master_key(tmp_path / "file" / "key")


def test_the_environment_says_where_the_master_key_lies():
    named = default_master_key_file({"MIAOHUI_MASTER_KEY_FILE": "/run/secrets/key"})
    assert named == Path("/run/secrets/key")
    assert default_master_key_file({}).name == "master.key"
