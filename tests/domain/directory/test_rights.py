"""What the built-in roles may do, as a table to read."""

from pathlib import Path

import pytest

from miaohui.domain.directory.rights import BUILT_IN_ROLES, Right

# Columns: owner 店主, lead 主管, agent 客服, viewer 只读.
TABLE = """
chats.read        owner lead agent viewer
chats.answer      owner lead agent -
chats.transfer    owner lead agent -
chats.assign      owner lead -     -
tasks.manage      owner lead agent -
replies.manage    owner lead -     -
presence.manage   owner lead -     -
buyers.unmask     owner lead -     -
buyers.erase      owner -    -     -
reports.read      owner lead -     viewer
exports.make      owner lead -     -
accounts.manage   owner -    -     -
roles.manage      owner -    -     -
shops.manage      owner -    -     -
routing.manage    owner lead -     -
alarms.manage     owner lead -     -
packs.manage      owner -    -     -
webhooks.manage   owner -    -     -
api_keys.manage   owner -    -     -
house.manage      owner -    -     -
audit.read        owner -    -     -
"""
PAGE = Path(__file__).parents[3] / "docs" / "people.md"
ROWS = [line.split() for line in TABLE.strip().splitlines()]


@pytest.mark.parametrize(("right", "who"), [(row[0], row[1:]) for row in ROWS])
def test_the_built_in_roles_hold_exactly_these_rights(right, who):
    holders = [role.id for role in BUILT_IN_ROLES.values() if right in role.rights]
    assert holders == [each for each in who if each != "-"]


def test_the_table_names_every_right_once():
    assert [row[0] for row in ROWS] == [right.value for right in Right]


def test_roles_bear_the_merchants_names():
    assert [role.name for role in BUILT_IN_ROLES.values()] == ["店主", "主管", "客服", "只读"]


def test_the_page_about_people_tells_the_same():
    told = {
        cells[1].strip(" `"): [cell.strip() == "✓" for cell in cells[3:7]]
        for cells in (line.split("|") for line in PAGE.read_text("utf-8").splitlines())
        if len(cells) == 8 and cells[1].startswith(" `")
    }
    assert told == {row[0]: [each != "-" for each in row[1:]] for row in ROWS}
