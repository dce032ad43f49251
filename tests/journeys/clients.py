"""Programs that talk to the API of a house."""

from typing import Any

import httpx
from tests.journeys.desks import Place
from tests.journeys.serving import House

WORD = "店主自己想的一句话 2026"
OTHER_WORD = "小王自己想的另一句话"
FIRST_WORD = "first word for everybody"


def api(house: House, token: str | None = None, **headers: str) -> httpx.Client:
    """A client of somebody's, or of nobody's."""
    shown = {"authorization": f"Bearer {token}"} if token else {}
    return httpx.Client(
        base_url=f"http://{house.address}/v1",
        headers={"accept-language": "en", **shown, **headers},
        timeout=30,
    )


def as_(place: Place, name: str, **headers: str) -> httpx.Client:
    """A client of one of the people of a house."""
    return api(place.house, place.tokens[name], **headers)


def done(answer: httpx.Response, status: int = 200) -> Any:
    """The body of an answer that is as it should be."""
    assert answer.status_code == status, (answer.status_code, answer.text)
    return answer.json() if answer.content else None


def refused(answer: httpx.Response, status: int, *keys: str) -> list[dict[str, str]]:
    """The problems of an answer that is a refusal."""
    assert answer.status_code == status, (answer.status_code, answer.text)
    problems = answer.json()["problems"]
    assert [problem["key"] for problem in problems] == list(keys), problems
    return problems


def log_in(house: House, name: str, password: str, **more: str) -> httpx.Response:
    """What a log-in is answered with."""
    with api(house) as anybody:
        return anybody.post("/session", json={"name": name, "password": password, **more})


def added(boss: httpx.Client, name: str, role: str = "agent", **more: object) -> dict[str, Any]:
    """An account of the tea shop that has chosen its own password."""
    wanted = {"name": name, "role": role, "first_password": FIRST_WORD}
    made = done(boss.post("/accounts", json=wanted | {"shops": {"only": ["茶叶铺"]}} | more), 201)
    change = {"name": name, "old_password": FIRST_WORD, "new_password": OTHER_WORD}
    return {**made, **done(boss.put("/me/password", json=change))}
