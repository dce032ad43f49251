"""Getting into a real house, and being kept out of it, over HTTP."""

import signal
from pathlib import Path

import httpx
import pytest
from pyotp import TOTP
from tests.journeys.clients import (
    FIRST_WORD,
    OTHER_WORD,
    WORD,
    added,
    api,
    as_,
    done,
    log_in,
    refused,
)
from tests.journeys.desks import opened, people_of
from tests.journeys.serving import House, opened_house

COOKIE = "miaohui_session"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    with opened(tmp_path_factory.mktemp("house")) as place:
        yield place


def cookie_of(answer: httpx.Response) -> set[str]:
    """What stands in the cookie beside its value."""
    (written,) = answer.headers.get_list("set-cookie")
    name, *attributes = (part.strip().lower() for part in written.split(";"))
    assert name.startswith(COOKIE)
    return set(attributes)


def test_whoever_started_a_house_and_nobody_else_becomes_its_first_owner(tmp_path: Path):
    with opened_house(tmp_path) as house, api(house) as anybody:
        assert house.process.stdout is not None
        token = house.process.stdout.readline().split(":")[-1].strip()
        assert done(anybody.get("/house"))["has_owner"] is False
        wanted = {"name": "老板", "password": WORD}
        refused(
            anybody.post("/house/owner", json=wanted | {"token": "guess"}), 403, "house.not_yours"
        )
        short = wanted | {"token": token, "password": "123"}
        refused(anybody.post("/house/owner", json=short), 422, "password.short")
        welcome = done(anybody.post("/house/owner", json=wanted | {"token": token}), 201)
        refused(
            anybody.post("/house/owner", json=wanted | {"token": token}),
            409,
            "directory.already_open",
        )
        assert done(anybody.get("/house"))["has_owner"] is True
        with api(house, welcome["token"]) as boss:
            told = done(boss.get("/session"))
        assert (told["account"]["role"]["id"], told["account"]["shops"]["every"]) == ("owner", True)
        assert log_in(house, "老板", WORD).status_code == 201


def test_the_token_for_the_first_owner_is_printed_only_while_there_is_none(tmp_path: Path):
    with opened(tmp_path) as place, api(place.house) as anybody:
        assert done(anybody.get("/house"))["has_owner"] is True
        place.house.process.send_signal(signal.SIGINT)
        said, _ = place.house.process.communicate(timeout=30)
        written = place.house.complaints()
    assert ("token" in said, "token" in written) == (False, False)


def test_a_session_lives_in_a_cookie_that_no_script_and_no_other_website_gets(place):
    house = place.house
    with as_(place, "boss") as boss:
        added(boss, "小饼干")
    with api(house, **{"user-agent": "Firefox 140"}) as browser:
        answer = browser.post("/session", json={"name": "小饼干", "password": OTHER_WORD})
        assert done(answer, 201)["name"] == "小饼干"
        attributes = cookie_of(answer)
        assert {"httponly", "samesite=strict", "path=/"} <= attributes
        assert "secure" not in attributes
        told = done(browser.get("/session"))
        assert told["session"]["device"] == "Firefox 140"
        assert "chats.answer" in told["rights"]
        refused(
            browser.put(
                "/me/presence",
                json={"presence": "online"},
                headers={"origin": "https://elsewhere.example.com"},
            ),
            403,
            "login.foreign_page",
        )
        own = {"origin": f"http://{house.address}"}
        done(browser.put("/me/presence", json={"presence": "online"}, headers=own))
        token = browser.cookies[COOKIE]
        answer = browser.delete("/session")
        assert (answer.status_code, "max-age=0" in cookie_of(answer)) == (204, True)
    with api(house, token) as gone:
        refused(gone.get("/session"), 401, "login.needed")


def test_another_website_cannot_log_a_browser_in(place):
    with api(place.house, origin="https://elsewhere.example.com") as foreign:
        for path, body in (
            ("/session", {"name": "boss", "password": "x"}),
            ("/house/owner", {"name": "x", "password": WORD, "token": "x"}),
            ("/invitations/acceptance", {"name": "x", "password": WORD, "token": "x"}),
        ):
            refused(foreign.post(path, json=body), 403, "login.foreign_page")


def test_a_first_password_opens_nothing_but_the_way_to_another(place):
    house = place.house
    with as_(place, "boss") as boss:
        wanted = {"name": "小新", "role": "agent", "first_password": FIRST_WORD}
        assert done(boss.post("/accounts", json=wanted), 201)["must_change_password"] is True
    refused(log_in(house, "小新", FIRST_WORD), 403, "login.password_must_change")
    change = {"name": "小新", "old_password": FIRST_WORD}
    with api(house) as anybody:
        same = change | {"new_password": FIRST_WORD}
        refused(anybody.put("/me/password", json=same), 422, "password.same")
        wrong = change | {"old_password": "wrong word", "new_password": OTHER_WORD}
        refused(anybody.put("/me/password", json=wrong), 401, "login.wrong")
        welcome = done(anybody.put("/me/password", json=change | {"new_password": OTHER_WORD}))
    with api(house, welcome["token"]) as new:
        assert done(new.get("/session"))["account"]["must_change_password"] is False
    refused(log_in(house, "小新", FIRST_WORD), 401, "login.wrong")
    assert log_in(house, "小新", OTHER_WORD).status_code == 201


def test_a_second_factor_is_offered_confirmed_asked_for_and_given_up_with_a_proof(place):
    house = place.house
    with as_(place, "boss") as boss:
        token = added(boss, "小双")["token"]
    with api(house, token) as mine:
        assert done(mine.get("/me/second-factor")) == {"in_use": False, "recovery_codes_left": 0}
        offer = done(mine.post("/me/second-factor"), 201)
        assert offer["address"].startswith("otpauth://totp/")
        codes = TOTP(offer["secret"])
        refused(mine.put("/me/second-factor", json={"code": "000000"}), 401, "login.wrong")
        confirmed = done(mine.put("/me/second-factor", json={"code": codes.now()}))
        first, second, *_ = confirmed["recovery_codes"]
        assert done(mine.get("/me/second-factor")) == {"in_use": True, "recovery_codes_left": 10}
        refused(log_in(house, "小双", OTHER_WORD), 401, "login.second_factor_wanted")
        refused(log_in(house, "小双", OTHER_WORD, code="123"), 401, "login.wrong")
        # The code that confirmed it is used up: a recovery code lets in, once.
        assert log_in(house, "小双", OTHER_WORD, code=first).status_code == 201
        refused(log_in(house, "小双", OTHER_WORD, code=first), 401, "login.wrong")
        proof = {"password": "not the word", "code": second}
        refused(mine.request("DELETE", "/me/second-factor", json=proof), 401, "login.wrong")
        proof = {"password": OTHER_WORD, "code": second}
        welcome = done(mine.request("DELETE", "/me/second-factor", json=proof))
        refused(mine.get("/session"), 401, "login.needed")
    with api(house, welcome["token"]) as mine:
        assert done(mine.get("/me/second-factor"))["in_use"] is False
    assert log_in(house, "小双", OTHER_WORD).status_code == 201


def test_an_owner_drops_the_second_factor_of_whoever_lost_the_telephone(place):
    house = place.house
    with as_(place, "boss") as boss:
        lost = added(boss, "小丢")
        with api(house, lost["token"]) as mine:
            offer = done(mine.post("/me/second-factor"), 201)
            done(mine.put("/me/second-factor", json={"code": TOTP(offer["secret"]).now()}))
        refused(log_in(house, "小丢", OTHER_WORD), 401, "login.second_factor_wanted")
        assert boss.delete(f"/accounts/{lost['id']}/second-factor").status_code == 204
        own = done(boss.get("/session"))["account"]["id"]
        refused(boss.delete(f"/accounts/{own}/second-factor"), 403, "right.missing")
    assert log_in(house, "小丢", OTHER_WORD).status_code == 201


def test_devices_are_listed_and_logged_out_one_by_one_or_all_others(place):
    house = place.house
    with as_(place, "boss") as boss:
        added(boss, "小多")
    tokens = [log_in(house, "小多", OTHER_WORD).json()["token"] for _ in range(3)]
    with api(house, tokens[0]) as mine, api(house, tokens[1]) as second:
        listed = done(mine.get("/me/sessions"))
        assert len(listed) == 4  # the one that chose the password, too
        assert [each["current"] for each in listed].count(True) == 1
        (own,) = (each["id"] for each in done(second.get("/me/sessions")) if each["current"])
        assert mine.delete(f"/me/sessions/{own}").status_code == 204
        refused(second.get("/session"), 401, "login.needed")
        refused(mine.delete(f"/me/sessions/{own}"), 404, "directory.unknown")
        assert mine.delete("/me/sessions").status_code == 204
        assert [each["current"] for each in done(mine.get("/me/sessions"))] == [True]
    with api(house, tokens[2]) as third:
        refused(third.get("/session"), 401, "login.needed")


def test_twenty_wrong_guesses_are_stopped_and_a_right_one_in_between_does_not_help(place):
    house = place.house
    with as_(place, "boss") as boss:
        added(boss, "小猜")
    answers = [log_in(house, "小猜", f"guess number {n}") for n in range(4)]
    assert log_in(house, "小猜", OTHER_WORD).status_code == 201
    answers += [log_in(house, "小猜", f"guess number {n}") for n in range(20)]
    assert [answer.status_code for answer in answers] == [401] * 9 + [429] * 15
    locked = log_in(house, "小猜", OTHER_WORD)
    problem = refused(locked, 429, "login.locked")[0]
    pause = locked.headers["retry-after"]
    assert 0 < int(pause) <= 30
    assert pause in problem["sentence"]
    # The name of nobody is locked as well, and alike.
    answers = [log_in(house, "谁也不是", f"guess number {n}") for n in range(6)]
    assert [answer.status_code for answer in answers] == [401] * 5 + [429]


def test_guesses_at_one_account_lock_nobody_else_out(place):
    house = place.house
    with as_(place, "boss") as boss:
        added(boss, "小甲")
        added(boss, "小乙")
    for n in range(7):
        log_in(house, "小甲", f"guess number {n}")
    assert log_in(house, "小甲", OTHER_WORD).status_code == 429
    assert log_in(house, "小乙", OTHER_WORD).status_code == 201


def test_what_a_proxy_says_counts_only_if_it_is_trusted(place, tmp_path):
    said = {"x-forwarded-for": "203.0.113.9", "x-forwarded-proto": "https"}
    with as_(place, "boss") as boss:
        added(boss, "小远")
    body = {"name": "小远", "password": OTHER_WORD}
    with api(place.house, **said) as liar:
        answer = liar.post("/session", json=body)
        assert done(answer, 201)["session"]["address"] == "127.0.0.1"
        assert "secure" not in cookie_of(answer)
    with (
        opened(tmp_path, more='trusted_proxies = ["127.0.0.1"]') as behind,
        as_(behind, "boss", **said) as boss,
    ):
        added(boss, "小远")
        with api(behind.house, **said) as proxied:
            answer = proxied.post("/session", json=body)
        assert done(answer, 201)["session"]["address"] == "203.0.113.9"
        assert "secure" in cookie_of(answer)
    with people_of(tmp_path) as directory:
        assert {entry.author.address for entry in directory.audit()} >= {"203.0.113.9"}


def test_no_secret_of_a_log_in_stands_in_what_the_house_writes_about_itself(tmp_path):
    with opened(tmp_path) as place:
        house: House = place.house
        with as_(place, "boss") as boss:
            welcome = added(boss, "小密")
        log_in(house, "小密", "a guess that is wrong")
        with api(house) as anybody:
            anybody.post("/session", content=f'{{"name": "小密", "password": "{OTHER_WORD}"')
            anybody.post("/session", json={"name": "小密", "password": OTHER_WORD, "cod": "123456"})
        _, complaints = house.close()
    for secret in (OTHER_WORD, FIRST_WORD, "a guess that is wrong", welcome["token"]):
        assert secret not in complaints


def test_a_repeated_log_in_under_the_same_key_is_one_session_with_its_cookie(place):
    house = place.house
    with as_(place, "boss") as boss:
        added(boss, "小重")
    body, key = {"name": "小重", "password": OTHER_WORD}, {"idempotency-key": "log-in-1"}
    with api(house, **key) as lost, api(house, **key) as again:
        first, second = lost.post("/session", json=body), again.post("/session", json=body)
    assert done(first, 201) == done(second, 201)
    assert cookie_of(first) == cookie_of(second)
    with api(house, **key) as other:
        different = other.post("/session", json=body | {"password": "another"})
    refused(different, 422, "answer.different")
