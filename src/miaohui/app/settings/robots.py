"""Robots in team chats that are told of a shop's alarms; their addresses are kept sealed."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import msgspec

from miaohui.adapters.notify.team_robots.address import Product, robot_address
from miaohui.domain.directory.naming import name_key, name_problems
from miaohui.domain.directory.rights import Right
from miaohui.domain.directory.secret import Secret
from miaohui.domain.vocabulary.problems import Problem, ReaderError
from miaohui.pipelines.known_settings import Known

MOST_ROBOTS = 20
SOME = next(iter(Product))


class Robot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A robot as somebody enters it. Without `webhook` the one kept under this name stays; the
    product is told by the webhook unless a company runs it on a host of its own."""

    name: str
    webhook: str | None = None
    secret: str | None = None
    product: Product | None = None

    def __repr__(self) -> str:
        return f"Robot({self.name!r})"


class Robots(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All robots of a shop."""

    robots: tuple[Robot, ...] = ()


class RobotKept(msgspec.Struct, frozen=True):
    """`address` is what the notifier takes."""

    name: str
    address: str

    def __repr__(self) -> str:
        return f"RobotKept({self.name!r})"


class RobotsKept(msgspec.Struct, frozen=True):
    """All robots of a shop as they are kept."""

    robots: tuple[RobotKept, ...] = ()


class RobotShown(msgspec.Struct, frozen=True):
    """A robot as it may be shown: whoever has its whole address can speak as it."""

    name: str
    product: str
    host: str
    has_secret: bool


class RobotsShown(msgspec.Struct, frozen=True):
    """All robots of a shop as they may be shown."""

    robots: tuple[RobotShown, ...] = ()


class Address(msgspec.Struct):
    """What stands in an address."""

    product: str
    webhook: str
    secret: str | None = None


ROBOTS: Known[Robots, RobotsKept, RobotsShown] = Known(
    name="robots",
    of_shops=True,
    right=Right.ALARMS_MANAGE,
    asked=Robots,
    kept=RobotsKept,
    shown=RobotsShown,
    usual=lambda _: RobotsKept(),
    problems=lambda _, asked: list(_problems(asked)),
    keep=lambda asked, before: RobotsKept(tuple(_kept(asked, before or RobotsKept()))),
    show=lambda kept: RobotsShown(tuple(_shown(each) for each in kept.robots)),
    sealed=True,
    example=Robots((Robot("客服群", "https://robots.example.com/send?key=KEY", product=SOME),)),
)


def robot_addresses(robots: RobotsKept) -> list[Secret]:
    """What the notifier is told."""
    return [Secret(each.address) for each in robots.robots]


def _problems(asked: Robots) -> Iterator[Problem]:
    if len(asked.robots) > MOST_ROBOTS:
        yield Problem("robot.too_many", {"path": "robots", "most": MOST_ROBOTS})
    keys = [name_key(each.name) for each in asked.robots]
    for place, robot in enumerate(asked.robots):
        yield from name_problems(robot.name)
        if keys[place] in keys[:place]:
            yield Problem("robot.twice", {"path": f"robots[{place}].name", "name": robot.name})


def _kept(asked: Robots, before: RobotsKept) -> Iterator[RobotKept]:
    known = {name_key(each.name): each.address for each in before.robots}
    for robot in asked.robots:
        address = known.get(name_key(robot.name))
        if robot.webhook is not None:
            address = robot_address(robot.webhook, robot.secret, robot.product).reveal()
        if address is None:
            raise ReaderError(Problem("robot.webhook"))
        yield RobotKept(robot.name.strip(), address)


def _shown(kept: RobotKept) -> RobotShown:
    address = msgspec.json.decode(kept.address, type=Address)
    host = urlsplit(address.webhook).hostname or ""
    return RobotShown(kept.name, address.product, host, address.secret is not None)
