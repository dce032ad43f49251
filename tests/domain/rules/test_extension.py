from hypothesis import given
from hypothesis import strategies as st

from miaohui.domain.rules.extension import extended, removals

PARENT = {
    "pack": {"id": "a", "title": {"zh": "甲", "en": "A"}},
    "metrics": [{"id": "one", "unit": "round", "words": ["x"]}, {"id": "two", "unit": "person"}],
}


def test_a_field_of_an_entry_is_replaced_and_the_others_stay():
    child = {"metrics": [{"id": "one", "unit": "message"}]}
    assert extended(PARENT, child)["metrics"] == [
        {"id": "one", "unit": "message", "words": ["x"]},
        {"id": "two", "unit": "person"},
    ]


def test_a_new_entry_goes_last():
    child = {"metrics": [{"id": "three"}]}
    ids = [entry["id"] for entry in extended(PARENT, child)["metrics"]]
    assert ids == ["one", "two", "three"]


def test_mappings_merge_field_by_field_and_plain_lists_are_replaced():
    child = {"pack": {"title": {"en": "B"}}, "metrics": [{"id": "one", "words": ["y", "z"]}]}
    merged = extended(PARENT, child)
    assert merged["pack"] == {"id": "a", "title": {"zh": "甲", "en": "B"}}
    assert merged["metrics"][0]["words"] == ["y", "z"]


def test_remove_deletes_entries_and_leaves_no_trace_of_itself():
    merged = extended(PARENT, {"remove": {"metrics": ["one"]}})
    assert [entry["id"] for entry in merged["metrics"]] == ["two"]
    assert "remove" not in merged


def test_a_removed_entry_can_be_written_anew_and_then_goes_last():
    child = {"remove": {"metrics": ["one"]}, "metrics": [{"id": "one", "unit": "session"}]}
    assert extended(PARENT, child)["metrics"] == [
        {"id": "two", "unit": "person"},
        {"id": "one", "unit": "session"},
    ]


def test_the_same_id_twice_in_a_child_stays_twice():
    child = {"metrics": [{"id": "one"}, {"id": "one"}]}
    ids = [entry["id"] for entry in extended(PARENT, child)["metrics"]]
    assert ids == ["one", "two", "one"]


def test_removals_name_section_position_and_id():
    child = {"remove": {"metrics": ["one", "two"]}}
    assert list(removals(child)) == [("metrics", 0, "one"), ("metrics", 1, "two")]


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["one", "two", "无"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "a", "b", "remove"]), inner, max_size=3)
    ),
    max_leaves=8,
)
mappings = st.dictionaries(st.sampled_from(["pack", "metrics", "remove"]), plain, max_size=3)


@given(mappings, mappings)
def test_extending_never_fails_and_never_changes_the_parent(parent, child):
    before = repr(parent)
    extended(parent, child)
    assert repr(parent) == before


@given(mappings)
def test_an_empty_child_changes_nothing(parent):
    assert extended(parent, {}) == parent
