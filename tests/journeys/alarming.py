"""A house that is set up to raise alarms quickly, and the receivers of its notices: a team's
robot, a push service, a post office."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest
from tests.adapters.notify.certificates import authority, served
from tests.adapters.notify.email.post_offices import PostOffice, post_office
from tests.adapters.outbound.receivers import Heard, answer, receiver
from tests.journeys.clients import done
from tests.journeys.serving import SHOP

from miaohui.adapters.notify.email.mail_server import Privacy
from miaohui.domain.desk.alarms.settings import Kind

ALWAYS = """
pack: {id: always, version: "1", extends: neutral, title: {zh: 随时, en: Always}}
calendars:
  - id: cs_day
    windows: [{from: "00:00", until: "24:00"}]
"""
INSIDE = "robots_inside = true\npush_inside = true"
SECRET = "a secret of the robot"
TAKEN, BUSY = b'{"code": 0}', b'{"code": 11232, "msg": "frequency limited"}'


class Outside(NamedTuple):
    """What reached the receivers."""

    robot_port: int
    said: list[Heard]
    push_port: int
    pushed: list[Heard]
    office: PostOffice
    mail_port: int
    moods: dict[str, bytes]  # what "robot" says instead of yes


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Houses that are opened now assess at any hour, and believe the test's authority."""
    packs = tmp_path / "packs"
    packs.mkdir()
    (packs / "always.yaml").write_text(ALWAYS, "utf-8")
    authority().cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("MIAOHUI_PACKS", str(packs))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    return tmp_path


@asynccontextmanager
async def outside() -> AsyncIterator[Outside]:
    """Everybody beyond the house whom its notices reach."""
    office, moods = PostOffice(), dict[str, bytes]()
    json = "content-type: application/json"
    robot = receiver(lambda _: answer(200, json, body=moods.get("robot", TAKEN)), served())
    pushing = receiver(lambda _: answer(201), served())
    async with (
        robot as (robot_port, said),
        pushing as (push_port, pushed),
        post_office(office, Privacy.PLAIN) as mail_port,
    ):
        yield Outside(robot_port, said, push_port, pushed, office, mail_port, moods)


async def set_up(boss: httpx.AsyncClient, there: Outside, alarms: dict[str, Any]) -> None:
    """The owner says whom to tell by which ways, and when."""
    mail = {"host": "127.0.0.1", "port": there.mail_port, "sender": "house@example.com"}
    await _set(boss, "/settings/mail", mail | {"privacy": "plain"})
    await _set(boss, "/settings/push", {"contact": "mailto:owner@example.com"})
    webhook = f"https://127.0.0.1:{there.robot_port}/robot"
    robot = {"name": "客服群", "webhook": webhook, "secret": SECRET, "product": "feishu"}
    await _set(boss, f"/shops/{SHOP}/settings/robots", {"robots": [robot]})
    await set_up_alarms(boss, alarms)


async def set_up_alarms(boss: httpx.AsyncClient, alarms: dict[str, Any]) -> None:
    """The owner says whom to tell and when, of a shop that is assessed at any hour."""
    done(await boss.put(f"/shops/{SHOP}", json={"name": SHOP, "pack": "always"}))
    await _set(boss, f"/shops/{SHOP}/settings/alarms", alarms)


async def _set(boss: httpx.AsyncClient, path: str, value: dict[str, Any]) -> None:
    version = done(await boss.get(path))["version"]
    done(await boss.put(path, json={"value": value, "expected_version": version}))


def only(kind: Kind, *steps: tuple[str, int, Iterable[str]], **more: Any) -> dict[str, Any]:
    """Alarm settings with one ladder; nothing is quiet, coalesced or repeated."""
    ladder = [
        {"level": level, "seconds": seconds, "ways": list(ways)} for level, seconds, ways in steps
    ]
    quick = {
        "ladders": {each.value: [] for each in Kind} | {kind.value: ladder},
        "repeats": {"agent": None, "lead": None, "owner": None},
        "quiet_hours": None,
        "coalesce_seconds": 0,
    }
    return quick | more
