"""People kept over HTTP in a real house, and what that does to whoever is at work."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from tests.journeys.clients import FIRST_WORD, OTHER_WORD, WORD, added, api, as_, done, refused
from tests.journeys.desks import Page, Place, client, opened, page, run
from tests.journeys.serving import SHOP, log_in, streamed, told
from tests.journeys.test_desk import online

COME_AGAIN, LOGGED_OUT = 4_412, 403


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    with opened(tmp_path_factory.mktemp("house")) as place:
        yield place


@pytest.fixture
def own(tmp_path: Path):
    """A house of one's own."""
    with opened(tmp_path) as place:
        yield place


async def code_of(page: Page) -> int | None:
    """The code with which a page is closed."""
    async with asyncio.timeout(20):
        await page.socket.wait_closed()
    return page.socket.close_code


def test_an_account_is_added_read_changed_and_listed_by_name(place):
    with as_(place, "boss") as boss:
        wanted = {
            "name": "小改",
            "role": "agent",
            "shops": {"only": [SHOP]},
            "skills": [{"name": "售后", "level": 4}],
            "capacity": 5,
            "capacity_by_channel": {"自家店": 3},
            "languages": ["zh", "en"],
            "visibility": "team",
        }
        made = done(boss.post("/accounts", json=wanted | {"first_password": FIRST_WORD}), 201)
        assert (made["must_change_password"], made["role"]) == (
            True,
            {"id": "agent", "name": "客服"},
        )
        read = done(boss.get(f"/accounts/{made['id']}"))
        assert read == made
        assert {key: read[key] for key in wanted if key not in ("role", "shops")} == {
            key: wanted[key] for key in wanted if key not in ("role", "shops")
        }
        changed = done(
            boss.put(f"/accounts/{made['id']}", json=wanted | {"role": "lead", "capacity": 9})
        )
        assert (changed["role"]["id"], changed["capacity"]) == ("lead", 9)
        taken = wanted | {"first_password": FIRST_WORD, "name": " 小改 "}
        refused(boss.post("/accounts", json=taken), 409, "directory.name_taken")
        wrong = wanted | {"name": "", "capacity": -1, "languages": ["中文"]}
        answer = boss.put(f"/accounts/{made['id']}", json=wrong)
        refused(answer, 422, "name.empty", "account.capacity", "account.language")
        refused(boss.put("/accounts/nobody", json=wanted), 404, "directory.unknown")
        misspelt = boss.put(f"/accounts/{made['id']}", json=wanted | {"capcity": 1})
        assert "capcity" in refused(misspelt, 400, "http.400")[0]["sentence"]


def test_a_long_list_is_read_page_by_page(place):
    with as_(place, "boss") as boss:
        for n in range(5):
            wanted = {"name": f"列表{n}", "role": "viewer", "first_password": FIRST_WORD}
            done(boss.post("/accounts", json=wanted), 201)
        whole = done(boss.get("/accounts", params={"limit": 200}))
        assert whole["next"] is None
        names: list[str] = []
        cursor = None
        while True:
            asked = {"limit": 2} | ({"cursor": cursor} if cursor else {})
            told_ = done(boss.get("/accounts", params=asked))
            assert len(told_["items"]) <= 2
            names += [each["name"] for each in told_["items"]]
            cursor = told_["next"]
            if cursor is None:
                break
        assert names == [each["name"] for each in whole["items"]]
        assert len(names) == len(set(names)) >= 10
        refused(boss.get("/accounts", params={"cursor": "garbage"}), 400, "http.bad_cursor")


def test_nobody_gives_more_than_they_have(place):
    with as_(place, "boss") as boss:
        rights = ["accounts.manage", "chats.read", "chats.answer", "chats.transfer", "tasks.manage"]
        role = done(boss.post("/roles", json={"name": "人事", "rights": rights}), 201)
        staff = added(boss, "小人事", role["id"])
        owner = done(boss.get("/session"))["account"]["id"]
    with api(place.house, staff["token"]) as hr:
        made = added(hr, "小下属")
        above = {"name": "小上司", "first_password": FIRST_WORD, "role": "lead"}
        refused(hr.post("/accounts", json=above), 403, "right.missing")
        everywhere = above | {"role": "agent", "shops": {"every": True}}
        refused(hr.post("/accounts", json=everywhere), 403, "right.missing")
        refused(
            hr.put(f"/accounts/{owner}/first-password", json={"first_password": FIRST_WORD}),
            403,
            "right.missing",
        )
        refused(
            hr.put(f"/accounts/{owner}/activation", json={"active": False}), 403, "right.missing"
        )
        invitation = {"role": "owner", "shops": {"only": [SHOP]}}
        refused(hr.post("/invitations", json=invitation), 403, "right.missing")
        refused(hr.post("/roles", json={"name": "x", "rights": rights}), 403, "right.missing")
        assert hr.delete(f"/accounts/{made['id']}/sessions").status_code == 204
    with api(place.house, made["token"]) as gone:
        refused(gone.get("/session"), 401, "login.needed")


def test_whoever_is_deactivated_is_out_at_once_and_their_chats_are_handed_over(own: Place):
    house, tokens = own.house, own.tokens

    async def story() -> None:
        boss, lin = await page(house, tokens["boss"]), await page(house, tokens["lin"])
        await online(house, tokens, "lin")
        await streamed(house.port, [told("m1"), told("m2", "c2")], 0)
        await boss.until(lambda each: len(each.cards) == 2)
        await boss.until(lambda each: {c.life.account for c in each.cards.values()} == {"lin"})
        zhou = await page(house, tokens["zhou"])
        await online(house, tokens, "zhou")
        async with client(house, tokens["boss"]) as api_:
            gone = await api_.put("/accounts/lin/activation", json={"active": False})
            assert gone.status_code == 200, gone.text
        assert await code_of(lin) == COME_AGAIN
        assert lin.told("closing")
        with pytest.raises(Exception, match="HTTP 403"):
            await page(house, tokens["lin"])
        await zhou.until(lambda each: len(each.cards) == 2)
        await boss.until(lambda each: {c.life.account for c in each.cards.values()} == {"zhou"})
        async with client(house, tokens["boss"]) as api_:
            back = await api_.put("/accounts/lin/activation", json={"active": True})
            assert back.json()["active"] is True
            # Sessions that ended stay ended.
        async with client(house, tokens["lin"]) as gone_:
            assert (await gone_.get("/session")).status_code == 401

    run(story())


def test_what_somebody_did_stays_theirs_when_they_are_deactivated(own: Place):
    house, tokens = own.house, own.tokens

    def figures() -> Any:
        with as_(own, "boss") as boss:
            return done(boss.get(f"/shops/{SHOP}/now"))["figures"]

    def deeds_of_lin() -> Any:
        with log_in(own.folder) as log:
            events = [each for each in log.read(SHOP) if each.account == "lin"]
        return [(each.kind, each.at, each.payload.text) for each in events]

    async def story() -> None:
        lin = await page(house, tokens["lin"])
        await online(house, tokens, "lin")
        await streamed(house.port, [told("m1"), told("m2", "c2")], 0)
        chat = await lin.until(lambda each: len(each.cards) == 2 and each.has("lin"))
        async with client(house, tokens["lin"]) as api_:
            said = await api_.post(f"/chats/{chat}/messages", json={"text": "在的"})
            assert said.status_code == 201
        await lin.until(lambda each: each.cards[chat].waiting == 0)

    run(story())
    before, deeds = figures(), deeds_of_lin()
    assert ("text", "在的") in [(kind, text) for kind, _, text in deeds]
    with as_(own, "boss") as boss:
        done(boss.put("/accounts/lin/activation", json={"active": False}))
        assert figures() == before
        assert deeds_of_lin()[: len(deeds)] == deeds
        known = done(boss.get("/accounts"))["items"]
        assert {each["id"]: each["active"] for each in known}["lin"] is False
        (entry,) = done(boss.get("/audit", params={"subject": "lin", "limit": 1}))["items"]
        assert (entry["what"], entry["account"]) == ("account.deactivated", "boss")


def test_the_last_owner_of_everything_stays(own: Place):
    with as_(own, "boss") as boss:
        refused(
            boss.put("/accounts/boss/activation", json={"active": False}),
            409,
            "directory.last_owner",
        )
        smaller = {"name": "boss", "role": "owner", "shops": {"only": [SHOP]}}
        refused(boss.put("/accounts/boss", json=smaller), 409, "directory.last_owner")


def test_whoever_loses_a_shop_loses_its_chats_and_their_page_comes_back_without_them(own: Place):
    house, tokens = own.house, own.tokens

    async def story() -> None:
        boss, lin = await page(house, tokens["boss"]), await page(house, tokens["lin"])
        await online(house, tokens, "lin")
        await streamed(house.port, [told("m1")], 0)
        chat = await lin.until(lambda each: each.has("lin"))
        async with client(house, tokens["boss"]) as api_:
            moved = {"name": "lin", "role": "agent", "shops": {"only": []}}
            assert (await api_.put("/accounts/lin", json=moved)).status_code == 200
        assert await code_of(lin) == COME_AGAIN
        await boss.until(lambda each: each.cards[chat].life.account is None)
        again = await page(house, tokens["lin"])
        assert again.cards == {}
        async with client(house, tokens["lin"]) as api_:
            assert (await api_.get(f"/chats/{chat}")).status_code == 404

    run(story())


def test_the_rights_of_a_role_hold_at_once_for_everybody_who_has_it(own: Place):
    house, tokens = own.house, own.tokens
    with as_(own, "boss") as boss:
        rights = ["chats.read", "chats.answer"]
        role = done(boss.post("/roles", json={"name": "新人", "rights": rights}), 201)
        token = added(boss, "小新人", role["id"], visibility="all")["token"]

    async def story() -> None:
        new = await page(house, token)
        await streamed(house.port, [told("m1")], 0)
        chat = await new.until(lambda each: next(iter(each.cards), None))
        async with client(house, tokens["boss"]) as boss_:
            less = {"name": "新人", "rights": ["chats.read"]}
            assert (await boss_.put(f"/roles/{role['id']}", json=less)).status_code == 200
        assert await code_of(new) == COME_AGAIN
        again = await page(house, token)
        await again.say(say={"ref": 1, "chat": chat, "key": "k", "saying": {"text": "在的"}})
        answered = await again.answered(1)
        assert answered["problems"][0]["key"] == "right.missing"
        async with client(house, token) as api_:
            refused_ = await api_.post(f"/chats/{chat}/messages", json={"text": "在的"})
            assert refused_.status_code == 403

    run(story())
    with as_(own, "boss") as boss:
        refused(boss.delete(f"/roles/{role['id']}"), 409, "directory.in_use")
        refused(
            boss.put("/roles/agent", json={"name": "客服", "rights": rights}), 422, "role.built_in"
        )
        listed = {each["id"]: each for each in done(boss.get("/roles"))}
        assert listed[role["id"]]["rights"] == ["chats.read"]
        assert (listed["owner"]["built_in"], listed[role["id"]]["built_in"]) == (True, False)


def test_a_page_whose_session_was_ended_is_closed_and_stays_out(own: Place):
    house, tokens = own.house, own.tokens

    async def story() -> None:
        lin = await page(house, tokens["lin"])
        async with client(house, tokens["boss"]) as boss:
            assert (await boss.delete("/accounts/lin/sessions")).status_code == 204
        assert await code_of(lin) == COME_AGAIN
        with pytest.raises(Exception, match="HTTP 403"):
            await page(house, tokens["lin"])

    run(story())


def test_a_lead_says_who_is_there_and_who_is_not_is_given_nothing(own: Place):
    house, tokens = own.house, own.tokens

    async def story() -> None:
        boss = await page(house, tokens["boss"])
        lin = await page(house, tokens["lin"])
        await online(house, tokens, "lin")
        async with client(house, tokens["lead"]) as lead:
            off = await lead.put("/accounts/lin/presence", json={"presence": "off_shift"})
            assert off.status_code == 200, off.text
            unknown = await lead.put("/accounts/nobody/presence", json={"presence": "away"})
            assert unknown.status_code == 404
        await boss.until(lambda each: each.people["lin"]["presence"] == "off_shift")
        await streamed(house.port, [told("m1")], 0)
        await boss.until(lambda each: len(each.cards) == 1)
        await asyncio.sleep(1.5)
        assert lin.cards == {}
        async with client(house, tokens["lin"]) as other:
            refused_ = await other.put("/accounts/zhou/presence", json={"presence": "away"})
            assert refused_.status_code == 403

    run(story())


def test_somebody_joins_by_a_link_once(place):
    with as_(place, "boss") as boss, api(place.house) as anybody:
        wanted = {"role": "agent", "shops": {"only": [SHOP]}}
        made = done(boss.post("/invitations", json=wanted), 201)
        assert made["invitation"]["id"] in {each["id"] for each in done(boss.get("/invitations"))}
        link = {"token": made["token"]}
        offer = done(anybody.post("/invitations/offer", json=link))
        assert (offer["role"]["id"], offer["shops"]["only"]) == ("agent", [SHOP])
        joining = link | {"name": "小邀", "password": "123"}
        refused(anybody.post("/invitations/acceptance", json=joining), 422, "password.short")
        taken = link | {"name": "boss", "password": WORD}
        refused(anybody.post("/invitations/acceptance", json=taken), 409, "directory.name_taken")
        joining = link | {"name": "小邀", "password": WORD}
        welcome = done(anybody.post("/invitations/acceptance", json=joining), 201)
        with api(place.house, welcome["token"]) as new:
            assert done(new.get("/session"))["account"]["shops"] == {"every": False, "only": [SHOP]}
            done(new.put("/me/presence", json={"presence": "online"}))
        again = link | {"name": "小再", "password": WORD}
        refused(anybody.post("/invitations/acceptance", json=again), 410, "invitation.gone")
        refused(anybody.post("/invitations/offer", json=link), 410, "invitation.gone")
        made = done(boss.post("/invitations", json=wanted), 201)
        assert boss.delete(f"/invitations/{made['invitation']['id']}").status_code == 204
        gone = anybody.post("/invitations/offer", json={"token": made["token"]})
        refused(gone, 410, "invitation.gone")


def test_an_api_key_may_do_what_is_in_it_until_it_is_ended(place):
    with as_(place, "boss") as boss:
        wanted = {"label": "ERP", "rights": ["shops.manage"], "shops": {"only": [SHOP]}}
        made = done(boss.post("/api-keys", json=wanted), 201)
        with api(place.house, made["whole"]) as erp:
            told_ = done(erp.get("/session"))
            assert (told_["rights"], told_["session"]) == (["shops.manage"], None)
            assert told_["key"]["label"] == "ERP"
            assert [each["id"] for each in done(erp.get("/shops"))] == [SHOP]
            refused(erp.get("/accounts"), 403, "right.missing")
            refused(erp.get("/me/sessions"), 403, "right.missing")
            refused(erp.post("/api-keys", json=wanted), 403, "right.missing")
            listed = {each["id"]: each for each in done(boss.get("/api-keys"))}
            assert listed[made["key"]["id"]]["last_used_at"] is not None
            assert made["whole"] not in str(listed)
            assert boss.delete(f"/api-keys/{made['key']['id']}").status_code == 204
            refused(erp.get("/session"), 401, "login.needed")
        refused(boss.delete(f"/api-keys/{made['key']['id']}"), 404, "directory.unknown")
        old = wanted | {"expires_at": "2020-01-01T00:00:00Z"}
        made = done(boss.post("/api-keys", json=old), 201)
        with api(place.house, made["whole"]) as late:
            refused(late.get("/session"), 401, "login.needed")


def test_a_group_is_removed_only_once_nobody_is_in_it(place):
    with as_(place, "boss") as boss:
        wanted = {"name": "售后组", "shops": {"only": [SHOP]}}
        group = done(boss.post("/groups", json=wanted), 201)
        refused(boss.post("/groups", json=wanted), 409, "directory.name_taken")
        member = added(boss, "小组员", groups=[group["id"]])
        refused(boss.delete(f"/groups/{group['id']}"), 409, "directory.in_use")
        renamed = done(boss.put(f"/groups/{group['id']}", json=wanted | {"name": "售后一组"}))
        with api(place.house, member["token"]) as mine:
            assert renamed in done(mine.get("/groups"))
        moved = {"name": "小组员", "role": "agent", "shops": {"only": [SHOP]}, "groups": []}
        done(boss.put(f"/accounts/{member['id']}", json=moved))
        assert boss.delete(f"/groups/{group['id']}").status_code == 204
        refused(boss.delete(f"/groups/{group['id']}"), 404, "directory.unknown")
        lost = boss.post(
            "/accounts", json=moved | {"first_password": FIRST_WORD, "name": "小", "groups": ["x"]}
        )
        refused(lost, 404, "directory.unknown")


def test_everything_done_to_people_stands_in_the_audit_log_without_a_secret(own: Place):
    with as_(own, "boss") as boss:
        made = added(boss, "小查")
        for name in ("小一", "小二", "小三"):
            changed = {"name": name, "role": "agent", "shops": {"only": [SHOP]}}
            done(boss.put(f"/accounts/{made['id']}", json=changed))
        entries: list[dict[str, object]] = []
        cursor = None
        while cursor is not None or not entries:
            asked = {"limit": 2, "subject": made["id"]} | ({"cursor": cursor} if cursor else {})
            told_ = done(boss.get("/audit", params=asked))
            entries += told_["items"]
            cursor = told_["next"]
        assert [each["what"] for each in entries] == [
            *["account.changed"] * 3,
            "password.changed",
            "account.added",
        ]
        assert (entries[0]["before"], entries[0]["after"]) == ({"name": "小二"}, {"name": "小三"})
        assert {each["account"] for each in entries} == {"boss", made["id"]}
        assert {each["address"] for each in entries} == {"127.0.0.1"}
        whole = str(done(boss.get("/audit", params={"limit": 200})))
        for secret in (FIRST_WORD, OTHER_WORD, made["token"], "argon2"):
            assert secret not in whole


def test_the_same_request_under_the_same_key_is_carried_out_once(place):
    with as_(place, "boss", **{"idempotency-key": "once-1"}) as boss:
        wanted = {"name": "小一次", "role": "agent", "first_password": FIRST_WORD}
        first, again = boss.post("/accounts", json=wanted), boss.post("/accounts", json=wanted)
        assert done(first, 201) == done(again, 201)
        refused(boss.post("/accounts", json=wanted | {"name": "小别"}), 422, "answer.different")
