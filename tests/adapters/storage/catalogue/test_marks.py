"""What a message is noted under, and what is asked for."""

from hypothesis import given
from hypothesis import strategies as st
from tests.adapters.storage.happenings import events

from miaohui.adapters.storage.catalogue.marks import MarkNumbers, asked_of, fits, marks_of
from miaohui.adapters.storage.search_ports import Sought
from miaohui.domain.directory.scope import Scope

_texts = st.text(st.sampled_from("a亲🙂\0 7:é"), max_size=3)
_names = st.none() | st.frozensets(_texts, max_size=2)
_sought = st.builds(
    Sought,
    scope=st.builds(Scope, st.just(frozenset({"", "a", "茶"}))),
    words=_texts,
    accounts=_names,
    channels=st.none() | st.frozensets(st.sampled_from(["x", "y", ""])),
    kinds=st.none() | st.just(frozenset({"text", "image"})),
    order=st.none() | _texts,
    buyer=st.none() | _texts,
)


@given(events, _sought, st.booleans())
def test_whatever_fits_has_a_mark_of_every_group(event, sought, is_every_shop):
    asked = asked_of(sought, is_every_shop)
    if fits(asked, event):
        marks = marks_of(event)
        assert all(marks.intersection(group) for group in asked.groups)


def test_numbers_are_of_their_key_alone():
    ours, others = MarkNumbers(b"k" * 32), MarkNumbers(b"K" * 32)
    marks = ["亲", "s=茶叶铺", "\ud800"]
    assert ours.of(marks) == MarkNumbers(b"k" * 32).of(marks)
    assert not set(ours.of(marks)) & set(others.of(marks))
    assert all(0 <= number < 1 << 32 for number in ours.of(marks))


def test_a_long_question_asks_for_a_few_marks_only():
    words = " ".join(chr(0x4E00 + place) for place in range(500))
    assert len(asked_of(Sought(scope=Scope(frozenset()), words=words), True).groups) == 12
