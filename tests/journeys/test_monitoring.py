"""What a monitoring system reads of a house, and who may."""

import re

import httpx
import pytest
from tests.journeys.desks import client, opened, page, run
from tests.journeys.serving import SHOP, House, delivered, streamed, told

TOKEN = "a-token-for-the-monitoring"


def readings(house: House, **headers: str) -> dict[str, float]:
    """Every line of the page by its name and labels."""
    answer = httpx.get(f"http://{house.address}/metrics", headers=headers)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/plain; version=")
    lines = re.findall(r"^(miaohui_\S+|miaohui_.+?\}) (\S+)$", answer.text, re.MULTILINE)
    return {name: float(value) for name, value in lines}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("house")
    with opened(folder, more=f'metrics_token = "{TOKEN}"\nmetrics_per_shop = true') as place:
        yield place


def test_it_counts_what_happens_in_the_house(place):
    house, tokens, *_ = place

    async def story() -> dict[str, float]:
        lin = await page(house, tokens["lin"])
        async with client(house, tokens["lin"]) as api:
            await api.put("/me/presence", json={"presence": "online"})
            await streamed(house.port, [told("m1"), told("m2")], 0)
            chat = await lin.until(lambda each: each.has("lin"))
            assert (await api.post(f"/chats/{chat}/messages", json={"text": "在"})).is_success
            delivered(house, told("x"), channel="nobody")
            await lin.until(lambda each: each.cards[chat].waiting_since is None)
        await streamed(house.port, [told("m3")], 0)
        return readings(house)

    read = run(story())
    assert read["miaohui_accepted_events_total"] >= 6
    assert read["miaohui_commit_seconds_count"] == read["miaohui_commit_events_count"] > 3
    assert read["miaohui_failed_commits_total"] == read["miaohui_waiting_events"] == 0
    assert read['miaohui_refusals_total{key="webhook.unknown"}'] == 1
    assert read['miaohui_decisions_total{kind="assign"}'] == 1
    assert read["miaohui_wait_at_assignment_seconds_count"] == 1
    assert read["miaohui_pages"] == 1
    assert read['miaohui_people{presence="online"}'] == 1
    assert read['miaohui_chats{state="on_the_floor"}'] == 1
    assert read['miaohui_chats{state="waiting"}'] == 1
    assert read['miaohui_outbox_messages{state="failed"}'] == 0
    assert sum(read[name] for name in read if name.startswith("miaohui_sending_tries")) >= 1
    shops = [name for name in read if name.startswith("miaohui_figure_pending{")]
    assert shops
    assert all(f'shop="{SHOP}"' in name for name in shops)


def test_from_elsewhere_it_is_read_with_the_token_only(place):
    house, *_ = place
    through_a_proxy = {"x-forwarded-for": "203.0.113.7"}
    address = f"http://{house.address}/metrics"
    assert httpx.get(address, headers=through_a_proxy).status_code == 401
    wrong = {**through_a_proxy, "authorization": "Bearer guess"}
    assert httpx.get(address, headers=wrong).status_code == 401
    assert readings(house, **through_a_proxy, authorization=f"Bearer {TOKEN}")


def test_without_being_asked_it_names_no_shop(tmp_path):
    with opened(tmp_path) as place:
        assert SHOP not in httpx.get(f"http://{place.house.address}/metrics").text
        through_a_proxy = {"x-forwarded-for": "203.0.113.7", "authorization": "Bearer -"}
        answer = httpx.get(f"http://{place.house.address}/metrics", headers=through_a_proxy)
        assert answer.status_code == 401
