from pathlib import Path

import pytest
from tests.adapters.pack_files.written import SOUND, line_of, problems_of, told, write

from miaohui.adapters.pack_files.headings import known_packs
from miaohui.adapters.pack_files.library import load_pack
from miaohui.domain.vocabulary.problems import ReaderError

OURS = """\
pack:
  id: ours
  version: "2026.2"
  extends: pdd@2026.1
  title: {zh: 我们的拼多多, en: Our Pinduoduo}
metrics:
  - id: reply_30s
    threshold: PT20S
remove:
  penalties: [late_48h_fine]
"""


def test_an_extension_changes_what_it_names_and_keeps_the_rest(tmp_path):
    ours = load_pack(str(write(tmp_path, "ours.yaml", OURS)))
    theirs = load_pack("pdd@2026.1")
    assert ours.name == "ours@2026.2"
    assert ours.pack.timezone == "Asia/Shanghai"
    assert [each.id for each in ours.metrics] == [each.id for each in theirs.metrics]
    assert ours.metrics[2].threshold.total_seconds() == 20
    assert ours.metrics[2].label == theirs.metrics[2].label
    assert [each.id for each in ours.penalties] == ["low_reply_rate_fine"]


def test_a_problem_in_the_extension_names_the_extensions_line(tmp_path):
    text = OURS.replace("PT20S", "soon")
    path = write(tmp_path, "ours.yaml", text)
    assert told(path) == [("pack.not_a_duration", line_of(text, "soon"))]


def test_a_problem_in_the_parent_names_the_parents_line(tmp_path):
    text = SOUND.replace("calendar: day", "calendar: night")
    parent = write(tmp_path, "corner.yaml", text)
    child = '{pack: {id: mine, version: "1", extends: corner.yaml}}'
    (problem,) = problems_of(write(tmp_path, "mine.yaml", child))
    assert (Path(str(problem.file)), problem.line) == (parent, line_of(text, "night"))


def test_a_new_entry_that_is_incomplete_is_told_at_its_own_line(tmp_path):
    text = OURS + "thresholds:\n  - id: own_line\n    metric: reply_3min\n"
    problems = problems_of(write(tmp_path, "ours.yaml", text))
    assert {problem.line for problem in problems} == {line_of(text, "own_line")}
    assert {problem.values["field"] for problem in problems} == {
        "label",
        "op",
        "basis",
        "provenance",
    }


def test_the_same_new_id_twice_is_told_at_the_second(tmp_path):
    text = OURS.replace("remove:", "  - id: reply_30s\n    threshold: PT25S\nremove:")
    problems = problems_of(write(tmp_path, "ours.yaml", text))
    second = [n for n, line in enumerate(text.splitlines(), 1) if "reply_30s" in line][1]
    assert {problem.line for problem in problems} == {second}


def test_removing_what_the_parent_does_not_have_is_told(tmp_path):
    text = OURS.replace("late_48h_fine", "early_fine")
    path = write(tmp_path, "ours.yaml", text)
    assert told(path) == [("pack.unknown_name", line_of(text, "early_fine"))]


def test_removing_without_a_parent_is_an_unknown_field(tmp_path):
    text = SOUND + "remove: {metrics: [reply]}\n"
    path = write(tmp_path, "corner.yaml", text)
    assert told(path) == [("pack.unknown_field", line_of(text, "remove"))]


@pytest.mark.parametrize("remove", ["all", "[metrics]", "{metrics: reply}"])
def test_a_remove_of_another_shape_is_told(tmp_path, remove):
    text = OURS.replace("remove:\n  penalties: [late_48h_fine]", f"remove: {remove}")
    path = write(tmp_path, "ours.yaml", text)
    assert told(path) == [("pack.remove_unreadable", line_of(text, "remove"))]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("  id: ours\n", "", "pack.missing"),
        ('id: ours\n  version: "2026.2"', 'id: pdd\n  version: "2026.1"', "pack.same_name"),
    ],
)
def test_an_extension_needs_a_name_of_its_own(tmp_path, old, new, key):
    path = write(tmp_path, "ours.yaml", OURS.replace(old, new))
    assert [each for each, _ in told(path)] == [key]


def test_packs_that_extend_one_another_in_a_circle_are_told(tmp_path):
    write(tmp_path, "a.yaml", "pack: {id: a, version: '1', extends: b}")
    write(tmp_path, "b.yaml", "pack: {id: b, version: '1', extends: a}")
    with pytest.raises(ReaderError) as caught:
        load_pack("a", [tmp_path])
    assert [problem.key for problem in caught.value.problems] == ["pack.extends_itself"]


def test_a_folder_of_packs_is_found_by_id_and_may_extend_itself_and_the_built_in(tmp_path):
    write(tmp_path, "ours.yaml", OURS)
    write(tmp_path, "stricter.yaml", "pack: {id: stricter, version: '1', extends: ours}")
    assert load_pack("stricter", [tmp_path]).name == "stricter@1"


def test_a_folders_pack_stands_before_the_built_in_of_the_same_name(tmp_path):
    text = SOUND.replace("id: corner", "id: pdd").replace('"1.0"', '"2026.1"')
    write(tmp_path, "pdd.yaml", text)
    assert load_pack("pdd", [tmp_path]).pack.platform == "corner"


def test_newer_versions_are_told_by_number(tmp_path):
    for version in ("9.9", "10.1", "9.10"):
        text = SOUND.replace('"1.0"', f'"{version}"')
        write(tmp_path, f"corner-{version}.yaml", text)
    assert load_pack("corner", [tmp_path]).name == "corner@10.1"


def test_a_stray_file_in_the_folder_harms_nobody_but_is_told_when_a_pack_is_missing(tmp_path):
    write(tmp_path, "compose.yaml", "services: {}\n")
    assert load_pack("pdd", [tmp_path]).name == "pdd@2026.1"
    with pytest.raises(ReaderError) as caught:
        load_pack("ours", [tmp_path])
    assert [problem.key for problem in caught.value.problems] == [
        "pack.unknown",
        "pack.heading_unreadable",
    ]
    assert len(known_packs([tmp_path]).problems) == 1
