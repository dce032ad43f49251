import pytest
from tests.adapters.pack_files.written import SOUND, line_of, problems_of, told, write

from miaohui.adapters.pack_files.documents import MOST_BYTES
from miaohui.adapters.pack_files.library import load_pack


def damaged(folder, *replacements):
    text = SOUND
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new, 1)
    return write(folder, "corner.yaml", text), text


def test_the_sound_pack_loads(tmp_path):
    assert load_pack(str(write(tmp_path, "corner.yaml", SOUND))).name == "corner@1.0"


CASES = [
    ("    unit: round\n", "    unit: chat\n", "unit: chat", "pack.not_allowed"),
    ("    unit: round\n", "    units: round\n", "units: round", "pack.unknown_field"),
    ("    unit: round\n", "", "- id: reply", "pack.missing"),
    ("threshold: PT3M", "threshold: 3 minutes", "3 minutes", "pack.not_a_duration"),
    ("threshold: PT3M", "threshold: 180", "threshold: 180", "pack.not_text_value"),
    ("effective: {}", "effective: {from: 1.1.2026}", "effective", "pack.not_a_date"),
    ("from: 08:00", "from: 8 o'clock", "o'clock", "pack.not_a_local_time"),
    ('version: "1.0"', "version: 1.0", "version", "pack.not_text_value"),
    ('version: "1.0"', "version: new", "version", "pack.not_a_version"),
    ("- id: reply", "- id: Reply Rate", "Reply Rate", "pack.not_an_id"),
    ("calendars:\n", "calendars: never\nx:\n", "calendars: never", "pack.not_a_list"),
    (
        "display: {unit: percent}",
        "display: {unit: percent, decimals: 9}",
        "decimals: 9",
        "pack.too_big",
    ),
    ("display: {unit: percent}", "display: percent", "display", "pack.not_an_entry"),
    ("better: higher", "better: higher\n    complaints: maybe", "maybe", "pack.not_yes_or_no"),
    ("calendar: day", "calendar: night", "calendar: night", "pack.unknown_name"),
    ("until: 23:00", "until: 07:00", "until: 07:00", "pack.window_backward"),
    ("timezone: Asia/Shanghai", "timezone: Asia/Peking", "Peking", "pack.unknown_timezone"),
    ("    title: 我们", "    title: 我们\n    title: 他们", "他们", "pack.duplicate_key"),
    ("    title: 我们", "    title: *we", "*we", "pack.alias"),
    ("    title: 我们", "    title: !!python/name:os.system ''", "!!python", "pack.tag"),
    ("    title: 我们", "    title: [我们", "conversation", "pack.not_yaml"),
    ("    title: 我们", "    title: 我们\n---\n", "---", "pack.several_documents"),
    ("    title: 我们", "    ? [a, b]\n    : c\n    title: 我们", "? [a", "pack.key_not_text"),
    ("    title: 我们", "    title: \x07", "title: \x07", "pack.not_text"),
]


@pytest.mark.parametrize(("old", "new", "where", "key"), CASES)
def test_one_damage_is_told_with_its_line(tmp_path, old, new, where, key):
    path, text = damaged(tmp_path, (old, new))
    assert (key, line_of(text, where)) in told(path)


def test_all_damages_of_the_shape_are_told_at_once_in_the_order_of_lines(tmp_path):
    path, text = damaged(tmp_path, *((old, new) for old, new, _, _ in CASES[3:6:2]), CASES[9][:2])
    problems = problems_of(path)
    assert [problem.key for problem in problems] == [
        "pack.not_a_date",
        "pack.not_an_id",
        "pack.not_a_duration",
    ]
    assert {problem.file for problem in problems} == {str(path)}
    assert [problem.line for problem in problems] == [
        line_of(text, words) for words in ("1.1.2026", "Reply Rate", "3 minutes")
    ]


def test_all_contradictions_are_told_at_once(tmp_path):
    path, _ = damaged(tmp_path, *((old, new) for old, new, _, _ in CASES[14:17]))
    assert [key for key, _ in told(path)] == [
        "pack.unknown_timezone",
        "pack.window_backward",
        "pack.unknown_name",
    ]


def test_what_is_allowed_is_said(tmp_path):
    path, _ = damaged(tmp_path, CASES[0][:2])
    (problem,) = problems_of(path)
    assert problem.values == {
        "path": "metrics[0].unit",
        "value": "chat",
        "allowed": "message, person, round, session",
    }


def test_times_and_dates_need_no_quotes_and_words_like_no_stay_text(tmp_path):
    path, _ = damaged(tmp_path, ("title: 我们", "title: no"))
    assert load_pack(str(path)).sources[0].title == "no"


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "pack.empty"),
        (b"# only a note\n", "pack.empty"),
        (b"- a list\n", "pack.not_an_entry"),
        (b"pack: \xff\xfe\n", "pack.not_utf8"),
        ("pack: {id: 店}".encode("gb18030"), "pack.not_utf8"),
        (b"[" * 300_000, "pack.too_deep"),
        (b"- " * 300_000, "pack.too_deep"),
        (b"a: &a [1]\nb: [*a, *a]\n", "pack.alias"),
        (b"a: &a [*a]\n", "pack.alias"),
        (b"x" * (MOST_BYTES + 1), "pack.too_large"),
        (b"pack: {extends: pdd@1999.1}", "pack.unknown"),
        (b"pack: {extends: [pdd]}", "pack.not_text_value"),
        (b"pack: {extends: corner.yaml}", "pack.extends_itself"),
        (b"pack: {extends: nowhere.yaml}", "pack.unreadable"),
    ],
)
def test_a_hostile_or_hopeless_file_is_refused(tmp_path, content, key):
    path = tmp_path / "corner.yaml"
    path.write_bytes(content)
    assert key in [each for each, _ in told(path)]


def test_a_missing_file_and_a_folder_are_told(tmp_path):
    assert told(tmp_path / "none.yaml") == [("pack.unreadable", None)]
    (tmp_path / "folder.yaml").mkdir()
    assert told(tmp_path / "folder.yaml") == [("pack.unreadable", None)]


def test_an_unknown_name_lists_what_there_is():
    (problem,) = problems_of("pddd")
    assert problem.key == "pack.unknown"
    assert "pdd@2026.1" in str(problem.values["allowed"])
