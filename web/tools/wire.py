"""What a browser must know of the house, as the house tells it: its API, its frames, its words, and
vectors of cards that both must come to, in five files. web/tools/types.js makes the rest of them.

    python web/tools/wire.py FOLDER
"""

import asyncio
import os
import random
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import structlog
from litestar.testing import AsyncTestClient

from miaohui.api.desk_socket import Answered, FromPage
from miaohui.app.config import Settings
from miaohui.app.house import opened_house
from miaohui.domain.conversation.card import Card, card_of, next_card
from miaohui.domain.conversation.replies import ReplyClass, counts
from miaohui.domain.conversation.state import Terms
from miaohui.domain.conversation.transitions import fold
from miaohui.domain.desk.alarms.settings import FORESEEN, PERSONAL, USUAL_LADDERS
from miaohui.domain.desk.routing.policy import (
    DEADLINE_AWARE,
    LEAST_LOADED,
    LONGEST_WAITING,
    ROUND_ROBIN,
    WEIGHTED,
)
from miaohui.domain.directory.presence import Presence
from miaohui.domain.directory.rights import BUILT_IN_ROLES, Right
from miaohui.domain.vocabulary.events import Event, Payload
from miaohui.domain.vocabulary.kinds import KINDS, TALK, Actor, Family, Mark, Origin
from miaohui.pipelines.frames import Frame
from miaohui.pipelines.shop_now import MyDay, ShopNow

TERMS = Terms(ReplyClass(), timedelta(minutes=30), UTC)
BEGIN = datetime(2026, 11, 11, 2, tzinfo=UTC)
CAN_BE_KEPT = [
    kind for family, kinds in KINDS.items() if family is not Family.DELIVERY for kind in kinds
]
SAID: Mapping[str, list[str | None]] = {
    "account": ["anna", "lin", "unassigned", None],
    "group": ["pre_sale", None, None],
    "until": ["2026-11-11T20:00:00+08:00", "soon", None],
    "tag": ["VIP", "催发货", None],
    "purpose": ["removed", None, None],
    "mark": [*Mark, "kind_person", None],
    "rating": ["1", "3", None],
    "about": ["e1", "e2", "e3", None],
    "order": ["o1", "o2", None],
}  # fmt: skip


async def document() -> Any:
    """The OpenAPI document of an open house."""
    with TemporaryDirectory() as folder:
        place = Path(folder)
        os.environ["MIAOHUI_MASTER_KEY_FILE"] = str(place / "key")
        async with (
            opened_house(Settings(log=str(place / "shop.db"))) as house,
            AsyncTestClient(house.app) as client,  # type: ignore[arg-type]
        ):
            return (await client.get("/v1/schema/openapi.json")).raise_for_status().json()


def frames() -> Any:
    """The shapes of what goes over the desk's socket."""
    kinds = (Frame, FromPage, Answered, ShopNow, MyDay)
    _, components = msgspec.json.schema_components(
        kinds, ref_template="#/components/schemas/{name}"
    )
    info = {"title": "frames", "version": "1"}
    return {"openapi": "3.1.0", "info": info, "paths": {}, "components": {"schemas": components}}


def words() -> Any:
    """The words that browser and house share."""
    return {
        "kinds": {family.value: kinds for family, kinds in KINDS.items()},
        "talk": sorted(TALK),
        "marks": list(Mark),
        "presences": list(Presence),
        "rights": list(Right),
        "roles": sorted(BUILT_IN_ROLES),
    }


def usual() -> Any:
    """What holds while nobody has set it, and the policies that are ready to be taken."""
    policies = {
        "deadline_aware": DEADLINE_AWARE,
        "longest_waiting": LONGEST_WAITING,
        "least_loaded": LEAST_LOADED,
        "round_robin": ROUND_ROBIN,
        "weighted": WEIGHTED,
    }
    foreseen, personal = sorted(FORESEEN), sorted(PERSONAL)
    return {
        "policies": policies,
        "ladders": USUAL_LADDERS,
        "foreseen": foreseen,
        "personal": personal,
    }


def vectors() -> Iterator[Any]:
    """For every kind of event, cards before and after it, as the house's own fold has them."""
    for kind in CAN_BE_KEPT:
        chance = random.Random(kind)  # noqa: S311
        for _ in range(5):
            kinds = [*chance.choices(CAN_BE_KEPT, k=chance.randint(0, 12)), kind]
            events = [_something(chance, each, n) for n, each in enumerate(kinds, 1)]
            before = card_of(fold(events[:-1], TERMS))
            answers = counts(TERMS.replies, events[-1], TERMS.zone)
            after = next_card(before, events[-1], answers)
            yield {"card": before, "event": _told(events[-1], answers), "after": after}


def _something(chance: random.Random, kind: str, seq: int) -> Event:
    said = {name: chance.choice(each) for name, each in SAID.items()}
    return Event(
        shop="tea",
        channel="webchat",
        conversation="li",
        buyer="li",
        at=BEGIN + timedelta(seconds=5 * seq),
        actor=chance.choice(list(Actor)),
        origin=chance.choice(list(Origin)),
        kind=kind,
        source_id=f"e{seq}",
        account=said.pop("account"),
        payload=Payload(**said),  # type: ignore[arg-type]
        seq=seq,
    )


def _told(event: Event, answers: bool) -> Any:
    names = ("seq", "at", "actor", "origin", "kind", "source_id", "account", "payload")
    return {**{name: getattr(event, name) for name in names}, "answers": answers}


def files() -> Mapping[str, bytes]:
    """Every file by its name."""
    said = {
        "openapi": asyncio.run(document()),
        "frames": frames(),
        "words": words(),
        "usual": usual(),
        "vectors": list(vectors()),
    }
    card = msgspec.json.encode(Card())
    assert card == b"{}"  # what is usual is left out, in the vectors as on the socket
    return {f"{name}.json": _written(each) for name, each in said.items()}


def _written(each: Any) -> bytes:
    """A list with a line for each of its things: changes can be read."""
    if not isinstance(each, list):
        return msgspec.json.format(msgspec.json.encode(each, order="sorted"), indent=1) + b"\n"
    lines = b",\n".join(msgspec.json.encode(one, order="sorted") for one in each)
    return b"[\n" + lines + b"\n]\n"


def main(folder: Path) -> None:
    """Write all of them."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    folder.mkdir(parents=True, exist_ok=True)
    for name, each in files().items():
        (folder / name).write_bytes(each)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
