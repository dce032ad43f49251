"""Nobody gets in: every route × every role × nobody × people of another shop × an API key, with
real objects, says exactly what the rights say."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import httpx
import pytest
from litestar.routes import HTTPRoute, WebSocketRoute
from tests.journeys.clients import api, as_, done
from tests.journeys.desks import Place, client, opened, page, run
from tests.journeys.samples import (
    ELSEWHERE,
    OF_THE_SHOP,
    Operation,
    Samples,
    operations_of,
    samples_in,
)
from tests.journeys.serving import SHOP, streamed, told

from miaohui.domain.directory.accounts import EVERY_SHOP, Account, Shops, Visibility
from miaohui.domain.directory.rights import BUILT_IN_ROLES, OWNER, Right

# What the sample of an operation needs beyond the right that lets somebody ask at all.
MORE = {"HandOnChat": Right.CHATS_ASSIGN, "TakeAlarm": Right.CHATS_ASSIGN}
REFUSED = {"login.needed": 401, "right.missing": 403, "directory.unknown": 404}


class Caller(NamedTuple):
    """Who asks: an account with a fresh session for each request, or with an API key of its."""

    name: str
    account: Account | None
    key: str | None = None


def people() -> list[Account]:
    """Everybody of every role here, and everybody elsewhere."""
    found = []
    for shop, where in ((SHOP, "here"), (ELSEWHERE, "there")):
        shops = Shops(only=frozenset({shop}))
        for role in BUILT_IN_ROLES.values():
            name = f"{role.id} {where}"
            found.append(Account(name, name, role, shops=shops, visibility=Visibility.ALL))
    return found


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    maker = Account("maker", "maker", OWNER, shops=EVERY_SHOP, visibility=Visibility.ALL)
    with opened(tmp_path_factory.mktemp("house"), maker, *people()) as place:
        place.platform.status = 410
        with as_(place, "boss") as boss:
            done(boss.post("/shops", json={"id": ELSEWHERE, "name": ELSEWHERE}), 201)
        yield place


@pytest.fixture(scope="module")
def document(place: Place) -> dict[str, Any]:
    with api(place.house) as anybody:
        return done(anybody.get("/schema/openapi.json"))


@pytest.fixture(scope="module")
def samples(place: Place) -> Iterator[Samples]:
    with samples_in(place, "maker") as samples:
        yield samples


@pytest.fixture(scope="module")
def callers(place: Place) -> list[Caller]:
    with as_(place, "boss") as boss:
        every = [right.value for right in Right]
        wanted = {"label": "all", "rights": every, "shops": {"every": True}}
        key = done(boss.post("/api-keys", json=wanted), 201)["whole"]
    boss_account = Account("boss", "boss", OWNER, shops=EVERY_SHOP)
    known = [Caller(each.name, each) for each in (boss_account, *people())]
    return [Caller("nobody", None), *known, Caller("key of the boss", boss_account, key)]


def expected(operation: Operation, caller: Caller, body: Any) -> str | None:
    """The problem that a caller is told; None: they are let in."""
    right, account = operation.told["x-right"], caller.account
    if right == "anybody":
        return None
    if account is None:
        return "login.needed"
    if operation.told["x-in-person"] and caller.key is not None:
        return "right.missing"
    if right != "logged_in" and right not in account.role.rights:
        return "right.missing"
    if operation.told["x-everywhere"] and not account.shops.every:
        return "right.missing"
    if OF_THE_SHOP & set(operation.wanted) and not account.shops.holds(SHOP):
        return "directory.unknown"
    more = MORE.get(operation.told["operationId"])
    if more is not None and more not in account.role.rights:
        return "right.missing"
    return "right.missing" if _gives_away(body, account) else None


def _gives_away(body: Any, account: Account) -> bool:
    """Whether a body hands out a shop that its sender does not have."""
    shops = body.get("shops", {}) if isinstance(body, dict) else {}
    return SHOP in shops.get("only", ()) and not account.shops.holds(SHOP)


def test_every_operation_says_whom_it_is_for(document):
    known = {"anybody", "logged_in", *(right.value for right in Right)}
    strange = [
        str(each) for each in operations_of(document) if each.told.get("x-right") not in known
    ]
    assert strange == []
    assert len(operations_of(document)) > 80


def test_every_handler_of_the_application_says_whom_it_is_for_sockets_included(tmp_path):
    import asyncio

    from miaohui.api.request_log import RequestLog
    from miaohui.app.config import Settings
    from miaohui.app.house import opened_house

    async def told() -> list[tuple[str, object]]:
        async with opened_house(Settings(log=(tmp_path / "shop.db").as_posix())) as house:
            found: list[tuple[str, object]] = []
            assert isinstance(house.app, RequestLog)
            litestar: Any = house.app._app
            for route in litestar.routes:
                if isinstance(route, HTTPRoute):
                    found += [
                        (route.path, each.opt.get("right"))
                        for each in route.route_handlers
                        if each.http_methods != {"OPTIONS"}
                    ]
                elif isinstance(route, WebSocketRoute):
                    found.append((route.path, route.route_handler.opt.get("right")))
            return found

    found = asyncio.run(told())
    assert {"/v1/desk", "/v1/channels/{channel_id:str}/stream"} <= {path for path, _ in found}
    allowed = {"anybody", "logged_in", *Right}
    assert [path for path, right in found if right not in allowed] == []


def test_whoever_works_elsewhere_hears_nothing_of_this_shop_over_the_socket(place):
    house, tokens = place.house, place.tokens

    async def story() -> None:
        boss, there = await page(house, tokens["boss"]), await page(house, tokens["owner there"])
        await streamed(house.port, [told("heard by some", "heard by some")], 0)
        await boss.until(lambda each: each.has(None))
        await boss.until(lambda each: each.told("figures"))
        async with client(house, tokens["lead here"]) as lead:
            done(await lead.put("/me/presence", json={"presence": "online"}))
        await boss.until(lambda each: each.people["lead here"]["presence"] != "off_shift")
        assert (there.cards, there.told("event")) == ({}, [])
        assert {each["figures"]["shop"] for each in there.told("figures")} <= {ELSEWHERE}
        assert {name for name in there.people if name.endswith(" here")} == set()
        assert SHOP not in str(there.frames)

    run(story())


def test_every_route_tells_everybody_what_their_rights_say(place, document, samples, callers):
    wrong: list[str] = []
    with httpx.Client(base_url=f"http://{place.house.address}", timeout=60) as client:
        for operation in operations_of(document):
            for caller in callers:
                wrong += _wrong(client, samples, operation, caller)
    assert "\n".join(wrong) == ""


def _wrong(
    client: httpx.Client, samples: Samples, operation: Operation, caller: Caller
) -> Iterator[str]:
    body = samples.body(operation)
    wanted = expected(operation, caller, body)
    path = samples.path(operation, caller.account, fresh=wanted is None)
    answer = _asked(client, samples, operation.method, path, caller, body)
    said = f"{operation} as {caller.name}: {answer.status_code} {answer.text[:200]}"
    keys = [] if answer.is_success else [each["key"] for each in answer.json()["problems"]]
    if wanted is None:
        if answer.status_code >= 500 or (keys and keys[0] in REFUSED):
            yield f"{said}, but should be let in"
    elif (answer.status_code, keys) != (REFUSED[wanted], [wanted]):
        yield f"{said}, but should be told {wanted}"
    elsewhere = caller.account is not None and not caller.account.shops.holds(SHOP)
    if elsewhere and SHOP in answer.text and operation.told["x-right"] != "anybody":
        yield f"{said}: tells of another shop"


def _asked(
    client: httpx.Client, samples: Samples, method: str, path: str, caller: Caller, body: Any
) -> httpx.Response:
    token = caller.key or (samples.token(caller.account) if caller.account else None)
    shown = {"authorization": f"Bearer {token}"} if token else {}
    client.cookies.clear()
    return client.request(method, path, headers=shown, json=body)
