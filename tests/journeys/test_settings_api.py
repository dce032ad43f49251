"""Settings changed over HTTP: checked, versioned, audited, in force at once, no secret shown."""

import asyncio
from pathlib import Path

import pytest
from tests.journeys.clients import as_, done, refused
from tests.journeys.desks import Place, client, opened, page, run
from tests.journeys.serving import CHANNEL, SHOP, streamed, told
from tests.journeys.test_desk import online

HOME = f"/shops/{SHOP}/settings"
PASSWORD = "the password of the mail server"
ROBOT_KEY = "0f1e2d3c-secret-of-the-robot"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    with opened(tmp_path_factory.mktemp("house")) as place:
        yield place


@pytest.fixture
def own(tmp_path: Path):
    """A house of one's own."""
    with opened(tmp_path) as place:
        yield place


def test_a_setting_has_its_usual_value_until_it_is_set_and_every_version_stays(place):
    with as_(place, "boss") as boss:
        usual = done(boss.get(f"{HOME}/hours"))
        assert usual["version"] is None
        assert usual["value"]["timezone"] == "Asia/Shanghai"
        hours = usual["value"] | {"weekly": [{"from": "09:00", "until": "18:00"}]}
        first = done(boss.put(f"{HOME}/hours", json={"value": hours}))
        assert (first["version"], first["changed_by"]) == (1, "boss")
        assert done(boss.get(f"{HOME}/hours")) == first
        closed = hours | {"weekly": []}
        stale = boss.put(f"{HOME}/hours", json={"value": closed})
        refused(stale, 409, "directory.changed_meanwhile")
        second = done(boss.put(f"{HOME}/hours", json={"value": closed, "expected_version": 1}))
        assert second["version"] == 2
        history = done(boss.get(f"{HOME}/hours/history"))
        assert [each["version"] for each in history] == [2, 1]
        assert history[1]["value"]["weekly"][0]["from"] == "09:00"
        audit = done(boss.get("/audit", params={"subject": f"{SHOP}/hours"}))["items"]
        assert [each["what"] for each in audit] == ["setting.changed"] * 2
        # The same change again by the same person is the change that was made.
        assert (
            done(boss.put(f"{HOME}/hours", json={"value": closed, "expected_version": 1})) == second
        )


@pytest.mark.parametrize(
    ("name", "value", "path", "key"),
    [
        ("hours", {"timezone": "Mars"}, "timezone", "opening_hours.unknown_timezone"),
        ("routing", {"weights": {"nobody": 1}}, "weights.nobody", "routing.unknown"),
        ("routing", {"rules": [{"band": 12}]}, "rules[0].band", "routing.not_between"),
        ("lines", {"values": {"none_such": 0.5}}, "values.none_such", "lines.unknown"),
        ("retention", {"text_days": 3}, "text_days", "retention.days"),
        ("robots", {"robots": [{"name": "x"}]}, "", "robot.webhook"),
    ],
)
def test_what_is_wrong_with_a_setting_is_told_with_its_field(place, name, value, path, key):
    with as_(place, "boss") as boss:
        before = done(boss.get(f"{HOME}/{name}"))
        (problem,) = refused(boss.put(f"{HOME}/{name}", json={"value": value}), 422, key)
        assert path in problem["sentence"]
        assert problem.get("field", "") == path
        assert done(boss.get(f"{HOME}/{name}")) == before


def test_what_does_not_have_the_shape_of_a_setting_is_refused_with_its_place(place):
    with as_(place, "boss") as boss:
        misspelt = {"value": {"policy": {"cooldown": "PT1M"}}}
        (problem,) = refused(boss.put(f"{HOME}/routing", json=misspelt), 400, "http.400")
        assert "cooldown" in problem["sentence"]


def test_only_known_settings_of_known_shops_are_there(place):
    with as_(place, "boss") as boss:
        refused(boss.get(f"{HOME}/nonsense"), 404, "http.404")
        refused(boss.get("/shops/nowhere/settings/hours"), 404, "directory.unknown")
        refused(boss.get("/shops/nowhere/settings/hours/history"), 404, "directory.unknown")


def test_the_password_of_the_mail_server_is_kept_and_never_shown(place):
    with as_(place, "boss") as boss:
        assert done(boss.get("/settings/mail"))["value"] is None
        mail = {
            "host": "smtp.example.com",
            "port": 465,
            "sender": "service@example.com",
            "name": "service",
        }
        wrong = mail | {"host": "no host", "sender": "nobody"}
        refused(
            boss.put("/settings/mail", json={"value": wrong}), 422, "email.host", "email.sender"
        )
        first = done(boss.put("/settings/mail", json={"value": mail | {"password": PASSWORD}}))
        assert first["value"]["has_password"] is True
        # Without a password the one kept stays, unless the server is another.
        changed = {"value": mail | {"port": 587, "privacy": "starttls"}, "expected_version": 1}
        assert done(boss.put("/settings/mail", json=changed))["value"]["has_password"] is True
        moved = {"value": mail | {"host": "smtp.other.example"}, "expected_version": 2}
        assert done(boss.put("/settings/mail", json=moved))["value"]["has_password"] is False
        history = boss.get("/settings/mail/history")
        assert [each["value"] for each in done(history)] == [None] * 3
        told_ = history.text + boss.get("/settings/mail").text + boss.get("/audit").text
        assert PASSWORD not in told_
    for path in place.folder.glob("shop.db*"):
        assert PASSWORD.encode() not in path.read_bytes()


def test_the_key_for_web_push_is_made_here_and_everybody_may_have_its_public_half(place):
    with as_(place, "boss") as boss, as_(place, "lin") as lin:
        contact = {"contact": "mailto:owner@example.com"}
        refused(
            boss.put("/settings/push", json={"value": {"contact": "owner"}}), 422, "push.contact"
        )
        first = done(boss.put("/settings/push", json={"value": contact}))["value"]
        assert done(lin.get("/settings/push"))["value"] == first
        refused(lin.put("/settings/push", json={"value": contact}), 403, "right.missing")
        other = {"value": {"contact": "https://example.com/us"}, "expected_version": 1}
        kept = done(boss.put("/settings/push", json=other))["value"]
        assert kept["public_key"] == first["public_key"]
        new = {"value": contact | {"new_key": True}, "expected_version": 2}
        assert (
            done(boss.put("/settings/push", json=new))["value"]["public_key"] != first["public_key"]
        )


def test_the_address_of_a_robot_is_kept_and_never_shown(place):
    with as_(place, "boss") as boss:
        webhook = f"https://robots.example.com/send?key={ROBOT_KEY}"
        (product, *_) = ("wecom", "dingtalk")
        robot = {"name": "客服群", "webhook": webhook, "secret": "s", "product": product}
        twice = {"value": {"robots": [robot, robot]}}
        refused(boss.put(f"{HOME}/robots", json=twice), 422, "robot.twice")
        first = done(boss.put(f"{HOME}/robots", json={"value": {"robots": [robot]}}))
        assert first["value"]["robots"] == [
            {"name": "客服群", "product": product, "host": "robots.example.com", "has_secret": True}
        ]
        more = [{"name": "客服群"}, robot | {"name": "老板群"}]
        asked = {"value": {"robots": more}, "expected_version": 1}
        second = done(boss.put(f"{HOME}/robots", json=asked))
        assert second["value"]["robots"][0] == first["value"]["robots"][0]
        assert ROBOT_KEY not in boss.get(f"{HOME}/robots").text + boss.get("/audit").text


def test_settings_outlive_a_restart(tmp_path):
    hours = {"timezone": "Asia/Shanghai", "weekly": [{"from": "10:00", "until": "12:00"}]}
    with opened(tmp_path) as first, as_(first, "boss") as boss:
        done(boss.put(f"{HOME}/hours", json={"value": hours}))
        value = {"contact": "mailto:owner@example.com"}
        key = done(boss.put("/settings/push", json={"value": value}))["value"]["public_key"]
        tokens = first.tokens
        assert first.house.close()[0] == 0
    from tests.journeys.clients import api
    from tests.journeys.serving import House

    again = House(tmp_path)
    try:
        with api(again, tokens["boss"]) as boss:
            told_ = done(boss.get(f"{HOME}/hours"))
            assert (told_["version"], told_["value"]["weekly"][0]["from"]) == (1, "10:00")
            assert done(boss.get("/settings/push"))["value"]["public_key"] == key
    finally:
        again.close()


def test_routing_is_changed_under_a_working_desk(own: Place):
    house, tokens = own.house, own.tokens

    async def story() -> None:
        async with client(house, tokens["boss"]) as boss:
            group = (
                await boss.post("/groups", json={"name": "售后组", "shops": {"only": [SHOP]}})
            ).json()
            member = {"name": "zhou", "role": "agent", "shops": {"only": [SHOP]}}
            member["groups"] = [group["id"]]
            assert (await boss.put("/accounts/zhou", json=member)).status_code == 200
            lin, zhou = await page(house, tokens["lin"]), await page(house, tokens["zhou"])
            await online(house, tokens, "lin", "zhou")
            routing = {
                "policy": {"overflow": None},
                "rules": [{"channel": CHANNEL, "group": group["id"]}],
            }
            kept = await boss.put(f"{HOME}/routing", json={"value": routing})
            assert kept.status_code == 200, kept.text
        await streamed(house.port, [told(f"m{n}", f"c{n}") for n in range(3)], 0)
        await zhou.until(lambda each: each.has("zhou"))
        await asyncio.sleep(1.5)
        assert lin.cards == {}

    run(story())


def test_a_line_of_ones_own_is_in_the_figures_at_once(own: Place):
    house, tokens = own.house, own.tokens

    async def story() -> None:
        async with client(house, tokens["boss"]) as boss:
            shop = {"name": SHOP, "pack": "pdd"}
            assert (await boss.put(f"/shops/{SHOP}", json=shop)).status_code == 200
            wall = await page(house, tokens["boss"])
            lines = {"value": {"values": {"star_reply_3min": 0.83}}}
            kept = await boss.put(f"{HOME}/lines", json=lines)
            assert kept.status_code == 200, kept.text

        def margins(each):
            for frame in reversed(each.told("figures")):
                if "margins" in frame["figures"]:
                    return frame["figures"]["margins"]
            return {}

        def shown(each):
            return any(
                (line["line"], line["value"]) == ("star_reply_3min", 0.83)
                for lines in margins(each).values()
                for line in lines
            )

        await wall.until(shown)

    run(story())
