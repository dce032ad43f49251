import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.adapters.pack_files.written import SOUND

from miaohui.adapters.pack_files.headings import BUILT_IN, known_packs
from miaohui.adapters.pack_files.library import load_pack
from miaohui.domain.vocabulary.problems import Problem, ReaderError

LINES = (BUILT_IN / "douyin-2026.1.yaml").read_text(encoding="utf-8").splitlines()
SCRAPS = [
    "",
    "null",
    "[]",
    "{}",
    "-1",
    "1.5",
    "1e999",
    "true",
    "08:00",
    "2026-13-40",
    "PT",
    "[[[[",
    "}",
    "- - -",
    "*a",
    "&a {}",
    "!!set {}",
    "? x",
    "|",
    ">-",
    "'",
    '"\\x00"',
    "\x07",
    "�",
    "\t",
    "%",
    "---",
    "...",
    "<<: {a: b}",
    "{id: reply}",
    "[{id: a}, {id: a}]",
    "9" * 400,
    "亲",
]
numbers = st.integers(min_value=0, max_value=len(LINES) - 1)
damages = st.lists(
    st.one_of(
        st.tuples(st.just("drop"), numbers, st.just("")),
        st.tuples(st.just("value"), numbers, st.sampled_from(SCRAPS)),
        st.tuples(st.just("line"), numbers, st.sampled_from(SCRAPS)),
        st.tuples(st.just("twice"), numbers, st.just("")),
        st.tuples(st.just("indent"), numbers, st.sampled_from([" ", "  ", "      "])),
    ),
    min_size=1,
    max_size=6,
)


def damaged(lines, damage):
    kind, number, scrap = damage
    number %= len(lines) or 1
    line = lines[number] if lines else ""
    match kind:
        case "drop":
            new = []
        case "value":
            new = [f"{line.partition(':')[0]}: {scrap}"]
        case "line":
            new = [scrap]
        case "twice":
            new = [line, line]
        case _:
            new = [scrap + line]
    return [*lines[:number], *new, *lines[number + 1 :]]


def only_told(content: bytes) -> None:
    """Loading and listing either succeed or raise ReaderError with a place for every problem."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "damaged.yaml"
        path.write_bytes(content)
        known_packs([Path(folder)])
        problems = problems_of_loading(path)
    assert problems is None or problems
    assert all(told_well(problem) for problem in problems or ())


def problems_of_loading(path: Path) -> tuple[Problem, ...] | None:
    try:
        load_pack(str(path))
    except ReaderError as error:
        return error.problems
    return None


def told_well(problem: Problem) -> bool:
    return problem.key.startswith("pack.") and problem.file is not None and problem.line != 0


@settings(max_examples=500, deadline=None)
@given(damages)
def test_no_damage_to_the_structure_raises_anything_but_a_reader_error(each):
    lines = LINES
    for damage in each:
        lines = damaged(lines, damage)
    only_told("\n".join(lines).encode())


@settings(max_examples=200, deadline=None)
@given(st.integers(min_value=0, max_value=len(SOUND) - 1), st.binary(min_size=1, max_size=4))
def test_no_damaged_bytes_raise_anything_but_a_reader_error(place, scrap):
    content = SOUND.encode()
    only_told(content[:place] + scrap + content[place + len(scrap) :])


@settings(max_examples=50, deadline=None)
@given(st.integers(min_value=0, max_value=len(SOUND)))
def test_a_cut_file_raises_nothing_but_a_reader_error(length):
    only_told(SOUND.encode()[:length])
