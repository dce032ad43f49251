"""A shop right now and its day hour by hour, in a real house whose platform assesses all day."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.journeys.desks import client, opened, page, run
from tests.journeys.serving import SHOP, streamed, told

ALL_DAY = """
pack:
  id: day
  version: "1.0"
  title: {{zh: 全天, en: All day}}
  extends: pdd@2026.1
  timezone: {zone}
calendars:
  - id: cs_day
    windows: [{{from: "00:00", until: "24:00"}}]
    clip_by: message
    provenance: {{source: own, confidence: M}}
"""
LINE_SECONDS = 180
AHEAD = 12 - datetime.now(UTC).hour  # so that it is about noon there, and no midnight comes
ZONE = f"Etc/GMT{-AHEAD:+d}"


def packs_in(folder: Path) -> Path:
    """A folder with the pack in it."""
    packs = folder / "packs"
    packs.mkdir()
    (packs / "day.yaml").write_text(ALL_DAY.format(zone=ZONE), "utf-8")
    return packs


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MIAOHUI_PACKS", str(packs_in(tmp_path)))
    with opened(tmp_path) as place:
        yield place


def last_figures(page):
    """What a page was told last of the shop."""
    told = [each["figures"] for each in page.told("figures") if "figures" in each["figures"]]
    return told[-1] if told else {}


def test_a_passed_line_is_told_though_nothing_happens_and_stands_in_its_hour(place):
    async def story() -> None:
        lead = await page(place.house, place.tokens["lead"])
        async with client(place.house, place.tokens["boss"]) as boss:
            chosen = await boss.put(f"/shops/{SHOP}", json={"name": SHOP, "pack": "day"})
            assert chosen.status_code == 200, chosen.text
        asked = datetime.now(UTC) - timedelta(seconds=LINE_SECONDS - 3)
        await streamed(place.house.port, [told("m1", "阿强", at=asked.isoformat())], 0)
        before = await lead.until(lambda each: (now := last_figures(each)).get("urgent") and now)
        (chat,) = lead.cards
        assert before["urgent"]["chat"] == before["longest"]["chat"] == chat
        assert datetime.fromisoformat(before["urgent"]["deadline"]) == asked + timedelta(
            seconds=LINE_SECONDS
        )
        after = await lead.until(lambda each: (now := last_figures(each)).get("lost") and now)
        assert "urgent" not in after
        assert after["longest"]["chat"] == chat
        async with client(place.house, place.tokens["lead"]) as api:
            hours = (await api.get(f"/shops/{SHOP}/hours")).json()
            rate = hours["days"]["day"]["rates"]["reply_3min"]
            assert rate["assessed"] == [{"opens": 0, "closes": 1440}]
            ((hour, figure),) = [(each["hour"], each["figure"]) for each in rate["hours"]]
            assert hour == (asked + timedelta(hours=AHEAD)).hour
            assert figure == after["figures"]["day"]["reply_3min"]
            missed = {"metric": "reply_3min", "verdict": "missed", "shop": SHOP, "hour": hour}
            behind = (await api.get("/chats", params=missed)).json()["items"]
            assert [each["chat"]["chat_id"] for each in behind] == [chat]
            for nothing in ({"verdict": "hit"}, {"hour": (hour + 1) % 24}, {"shop": "别家"}):
                assert (await api.get("/chats", params=missed | nothing)).json()["items"] == []
            assert (await api.get("/shops/别家/hours")).status_code == 404
        async with client(place.house, place.tokens["lin"]) as api:
            assert (await api.get(f"/shops/{SHOP}/hours")).status_code == 403

    run(story())
