import re
from datetime import date
from pathlib import Path

from miaohui.adapters.pack_files.library import load_pack

GUIDE = Path(__file__).parents[3] / "docs" / "packs.md"


def test_the_worked_example_of_the_guide_loads(tmp_path):
    (example,) = re.findall(r"```yaml\n(pack:.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    path = tmp_path / "our_shop.yaml"
    path.write_text(example, encoding="utf-8")
    pack = load_pack(str(path))
    lines = {each.id: each for each in pack.thresholds}
    assert pack.name == "our_shop@2026.1"
    assert lines["star_reply_3min"].value == 0.9
    assert lines["star_reply_3min"].days == 30
    assert lines["our_target"].provenance.source == "our_manager"
    assert pack.overlays[0].dates[0].until == date(2027, 2, 12)
    assert [each.id for each in pack.penalties] == ["low_reply_rate_fine"]


def test_every_section_of_a_pack_is_explained():
    from miaohui.domain.rules.pack import Pack

    guide = GUIDE.read_text(encoding="utf-8")
    assert all(f"`{section}`" in guide for section in Pack.__struct_fields__)
