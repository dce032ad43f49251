"""One's own addresses, by the API of a real house with a real post office outside."""

import asyncio

from tests.journeys.alarming import INSIDE, only, outside, set_up, trusted
from tests.journeys.clients import done, refused
from tests.journeys.desks import client, opened, people_of, run
from tests.journeys.serving import SHOP

from miaohui.domain.desk.alarms.settings import Kind

__all__ = ["trusted"]


def test_a_mailbox_is_added_tried_shown_behind_asterisks_and_removed(trusted):
    async def story() -> None:
        async with outside() as there:
            with opened(trusted, more=INSIDE) as place:
                house, tokens = place.house, place.tokens
                async with (
                    client(house, tokens["boss"]) as boss,
                    client(house, tokens["lin"]) as lin,
                ):
                    mine = {"mailbox": "lin@example.com", "label": "telephone"}
                    known = done(await lin.post("/me/addresses", json=mine), 201)
                    shown = {"way": "email", "label": "telephone", "shown": "l***@example.com"}
                    assert known == {"id": known["id"], **shown}
                    trials = f"/me/addresses/{known['id']}/trials"
                    told = done(await lin.post(trials), 201)
                    assert told == {"outcome": "refused", "reason": "not_set_up"}
                    await set_up(boss, there, only(Kind.WAITING))
                    assert done(await lin.post(trials), 201)["outcome"] == "taken"
                    [letter] = there.office.letters
                    assert (letter["To"], letter["Subject"]) == (
                        "lin@example.com",
                        "Miaohui: a test notice",
                    )
                    refused(await boss.post(trials), 404, "directory.unknown")
                    done(await lin.post(trials), 201)
                    refused(await lin.post(trials), 429, "reachable.too_fast")
                    done(await lin.delete(f"/me/addresses/{known['id']}"), 204)
                    assert done(await lin.get("/me/addresses")) == []
                    wrong = await lin.post("/me/addresses", json={"mailbox": "nowhere"})
                    refused(wrong, 422, "reachable.email")
                    keys = {"p256dh": "x", "auth": "y"}
                    half = {"subscription": {"endpoint": "https://push.example.com", "keys": keys}}
                    refused(await lin.post("/me/addresses", json=half), 422, "reachable.web_push")
                await asyncio.sleep(0)
                assert "lin@example" not in place.house.complaints()
                with people_of(trusted) as directory:
                    assert "lin@example" not in str(directory.audit())

    run(story())


def test_robots_are_tried_and_the_key_that_browsers_subscribe_with_is_there_for_everybody(trusted):
    async def story() -> None:
        async with outside() as there:
            with opened(trusted, more=INSIDE) as place:
                house, tokens = place.house, place.tokens
                async with (
                    client(house, tokens["boss"]) as boss,
                    client(house, tokens["lin"]) as lin,
                ):
                    assert done(await lin.get("/settings/push"))["value"] is None
                    await set_up(boss, there, only(Kind.WAITING))
                    trial = await boss.post(f"/shops/{SHOP}/robots/客服群/trials")
                    assert done(trial, 201)["outcome"] == "taken"
                    assert "a test notice" in there.said[0].body.decode()
                    nobody = await boss.post(f"/shops/{SHOP}/robots/别的/trials")
                    refused(nobody, 404, "directory.unknown")
                    assert len(done(await lin.get("/settings/push"))["value"]["public_key"]) == 87

    run(story())
