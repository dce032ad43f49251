"""The list of chats as a table, in a real house."""

import csv
import io
from pathlib import Path

import pytest
from tests.journeys.desks import client, opened, run
from tests.journeys.serving import SHOP
from tests.journeys.test_desk_lists import eventually, with_chats


@pytest.fixture
def place(tmp_path: Path):
    with opened(tmp_path) as place:
        yield place


def test_a_list_is_exported_by_those_who_may_and_that_is_written_down(place):
    async def story() -> None:
        await with_chats(place, "阿强", "=cmd()", "13812345678")
        async with client(place.house, place.tokens["lead"]) as lead:
            await eventually(
                lambda: lead.get("/chats", params={"status": "answered"}),
                lambda page: len(page["items"]) == 3,
            )
            told = await lead.get("/exports/chats", params={"status": "answered", "lang": "zh"})
            assert told.headers["content-type"] == "text/csv; charset=utf-8"
            assert told.headers["content-disposition"].endswith('.csv"')
            heads, *rows = list(csv.reader(io.StringIO(told.content.decode("utf-8-sig"))))
            lines = [dict(zip(heads, row, strict=True)) for row in rows]
            assert {each["买家"] for each in lines} == {"阿强", "'=cmd()", "138****5678"}
            assert {(each["店铺"], each["客服"], each["状态"]) for each in lines} == {
                (SHOP, "lin", "已回复")
            }
            none = await lead.get("/exports/chats", params={"status": "closed"})
            assert len(none.text.splitlines()) == 1
            assert none.text.lstrip("\ufeff").startswith("Shop,Channel,Buyer")
            other = await lead.get("/exports/chats", params={"shop": "别家"})
            assert len(other.text.splitlines()) == 1
        async with client(place.house, place.tokens["lin"]) as agent:
            assert (await agent.get("/exports/chats")).status_code == 403
        async with client(place.house, place.tokens["boss"]) as boss:
            deeds = (await boss.get("/audit", params={"subject": SHOP})).json()["items"]
            exports = [each for each in deeds if each["what"] == "chats.exported"]
            assert {each["account"] for each in exports} == {"lead"}
            assert [each["after"] for each in exports] == [
                {"status": ["closed"]},
                {"status": ["answered"]},
            ]

    run(story())
