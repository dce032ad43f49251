"""What browsers load of the buyer's page is small, and says how it may be kept."""

from pathlib import Path

import pytest

import miaohui.api
from miaohui.api.built_files import built_files

BUILT = Path(miaohui.api.__file__).parent / "built" / "webchat"
MOST_PAGE_BYTES, MOST_WIDGET_BYTES = 60_000, 6_000
needs_build = pytest.mark.skipif(not BUILT.exists(), reason="not built: make setup")


@needs_build
@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_the_whole_page_and_the_widget_stay_small(encoding):
    files = built_files(BUILT)
    sizes = {name: len(each.encoded.get(encoding, each.content)) for name, each in files.items()}
    assert sizes.pop("widget.js") < MOST_WIDGET_BYTES
    assert 5_000 < sum(sizes.values()) < MOST_PAGE_BYTES


@needs_build
def test_every_script_and_style_is_there_compressed():
    files = built_files(BUILT)
    bare = [name for name, each in files.items() if name.endswith((".js", ".css"))]
    assert bare
    assert {name for name in bare if set(files[name].encoded) != {"br", "gzip"}} == set()


def test_a_folder_that_was_never_built_holds_nothing(tmp_path):
    assert built_files(tmp_path / "nowhere") == {}
