from tests.domain.rules.sound_pack import pack_of, sound_data

from miaohui.domain.rules.difference import Difference, differences


def changed(change):
    data = sound_data()
    change(data)
    return differences(pack_of(sound_data()), pack_of(data))


def test_a_pack_does_not_differ_from_itself():
    assert changed(dict.copy) == []


def test_a_changed_field_of_an_entry_is_told_with_both_values():
    def tighter(data):
        data["metrics"][0]["threshold"] = "PT1M"

    assert changed(tighter) == [Difference("metrics", "reply", "threshold", "PT180S", "PT60S")]


def test_a_changed_inner_field_is_told_by_its_dotted_name():
    def later(data):
        data["pack"]["effective"]["from"] = "2027-01-01"
        data["metrics"][0]["display"] = {"unit": "percent", "decimals": 2}

    assert changed(later) == [
        Difference("pack", "", "effective.from", "2026-01-01", "2027-01-01"),
        Difference("metrics", "reply", "display.decimals", 1, 2),
    ]


def test_a_field_that_only_one_side_has_stands_against_none():
    def noted(data):
        data["thresholds"][0]["minimum_sample"] = {"op": ">", "count": 100}

    told = {(each.field, each.old, each.new) for each in changed(noted)}
    assert ("minimum_sample.count", None, 100) in told


def test_added_and_removed_entries_are_told_once_each():
    def swapped(data):
        data["penalties"][0]["id"] = "other_fine"

    told = changed(swapped)
    assert [(each.id, each.field) for each in told] == [("fine", ""), ("other_fine", "")]
    assert told[0].new is None
    assert told[0].old["amounts_fen"] == [100]
    assert told[1].old is None


def test_a_changed_alias_is_told_by_its_header():
    def renamed(data):
        data["layouts"][0]["columns"]["顾客"] = "buyer"

    assert changed(renamed) == [Difference("layouts", "chats", "columns.顾客", None, "buyer")]
