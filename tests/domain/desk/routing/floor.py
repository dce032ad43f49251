"""A small desk at noon for the tests of routing."""

from datetime import UTC, datetime, timedelta

from miaohui.domain.desk.routing.people import Agent, Held, Load
from miaohui.domain.desk.routing.policy import Policy, Preference
from miaohui.domain.desk.routing.requests import Request

NOON = datetime(2026, 11, 9, 4, tzinfo=UTC)

# No stickiness, no overflow, nothing but capacity and turns: tests add what they are about.
PLAIN = Policy(
    prefer=(Preference.TURN,),
    sticky=None,
    overflow=None,
    waiting_at_most=None,
    idle_after=None,
    unanswered_after=None,
)


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def agent(account: str, **more) -> Agent:
    return Agent(account=account, **more)


def request(conversation: str = "new", **more) -> Request:
    since = more.pop("waiting_since", NOON)
    values = {"shop": "shop", "channel": "web", "buyer": f"buyer of {conversation}", **more}
    return Request(conversation=conversation, waiting_since=since, **values)


def chat(conversation: str, waits_for: float | None = None, **more) -> Held:
    """A chat in hand; `waits_for`: seconds since its buyer wrote, None: nobody waits."""
    since = None if waits_for is None else NOON - seconds(waits_for)
    values = {"channel": "web", "active_at": NOON if since is None else since, **more}
    return Held(conversation=conversation, waiting_since=since, **values)


def holding(count: int, *, ago: float | None = None, **more) -> Load:
    """So many chats in which nobody waits; `ago`: seconds since the last assignment."""
    held = tuple(chat(f"held {number}", **more) for number in range(count))
    return Load(held=held, last_assigned_at=None if ago is None else NOON - seconds(ago))


def given(*ago: float) -> Load:
    """Nothing in hand, assignments so many seconds ago."""
    return Load(assigned_at=tuple(NOON - seconds(each) for each in ago))
