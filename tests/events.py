"""Events and whole chats from readable arguments, for every test that needs some."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from miaohui.domain.conversation.replies import ReplyClass
from miaohui.domain.conversation.state import Terms
from miaohui.domain.vocabulary.events import Event, Payload
from miaohui.domain.vocabulary.identifiers import row_fingerprint, source_id_of
from miaohui.domain.vocabulary.interchange import DEFAULT_CHANNEL
from miaohui.domain.vocabulary.kinds import Actor, Origin

SHANGHAI = ZoneInfo("Asia/Shanghai")
TERMS = Terms(ReplyClass(), timedelta(minutes=30), SHANGHAI)
USUAL_ORIGIN = {
    Actor.BUYER: Origin.HUMAN,
    Actor.AGENT: Origin.HUMAN,
    Actor.BOT: Origin.BOT,
    Actor.SYSTEM: Origin.SYSTEM,
}
OF_PAYLOAD = Payload.__struct_fields__


def at(said: str) -> datetime:
    """`10:00:00` in Shanghai on 1 November 2026, a Sunday; `2T10:00:00` on the 2nd; or ISO."""
    if "T" not in said:
        said = "1T" + said
    day, time = said.split("T")
    if day.isdigit():
        day = f"2026-11-{int(day):02}"
    told = datetime.fromisoformat(f"{day}T{time}")
    return (told if told.tzinfo else told.replace(tzinfo=SHANGHAI)).astimezone(UTC)


def happens(kind: str, when: str, actor: str = "system", **more: object) -> Event:
    """An event of Li's chat with the tea shop; `more` are fields of the event or its payload."""
    payload = {name: more.pop(name) for name in list(more) if name in OF_PAYLOAD}
    told: dict[str, object] = {
        "shop": "tea",
        "channel": "webchat",
        "conversation": more.get("buyer", "li"),
        "buyer": "li",
        "actor": Actor(actor),
        "origin": USUAL_ORIGIN[Actor(actor)],
        "source_id": "",
        "payload": Payload(**payload),  # type: ignore[arg-type]
    }
    told |= {"at": at(when), **more}
    told["origin"] = Origin(told["origin"])
    return Event(kind=kind, **told)  # type: ignore[arg-type]


def asks(when: str, **more: object) -> Event:
    """The buyer writes."""
    return happens("text", when, "buyer", **more)


def replies(when: str, account: str | None = "anna", **more: object) -> Event:
    """A person answers."""
    return happens("text", when, "agent", account=account, **more)


def bot(when: str, **more: object) -> Event:
    """The bot answers."""
    return happens("text", when, "bot", **more)


def assigned(when: str, account: str | None, **more: object) -> Event:
    """The chat is given to an account."""
    return happens("assigned", when, account=account, **more)


def chat(*events: Event) -> list[Event]:
    """The events as a log holds them: numbered in the order given, each with a source id."""
    return [
        replace(event, seq=seq, source_id=event.source_id or f"e{seq}")
        for seq, event in enumerate(events, 1)
    ]


def moved(events: Iterable[Event], by: timedelta) -> list[Event]:
    """The same events at another time."""
    return [replace(event, at=event.at + by) for event in events]


def renumbered(events: Iterable[Event]) -> list[Event]:
    """The events in a new order of the log."""
    return [replace(event, seq=seq) for seq, event in enumerate(events, 1)]


def firsts(events: Iterable[Event]) -> list[Event]:
    """The events without repeats of (shop, channel, source_id)."""
    known: dict[tuple[str, str, str], Event] = {}
    for event in events:
        known.setdefault((event.shop, event.channel, event.source_id), event)
    return list(known.values())


def events_of(rows: Sequence[Mapping[str, str | None]]) -> list[Event]:
    """The rows of an interchange table as a log takes them in (docs/metrics.md section 10)."""
    told = [(row, _instant(row["at"] or "")) for row in rows]
    steps = [below - above for (_, above), (_, below) in pairwise(told)]
    still = timedelta()
    if sum(step < still for step in steps) > sum(step > still for step in steps):
        told.reverse()
    copies: defaultdict[str, int] = defaultdict(int)
    return [_event(row, instant, seq, copies) for seq, (row, instant) in enumerate(told, 1)]


def _instant(written: str) -> datetime:
    told = datetime.fromisoformat(written)
    return (told if told.tzinfo else told.replace(tzinfo=SHANGHAI)).astimezone(UTC)


def _event(
    row: Mapping[str, str | None], instant: datetime, seq: int, copies: defaultdict[str, int]
) -> Event:
    actor = Actor(row["actor"])
    buyer = row.get("buyer") or row.get("conversation") or ""
    return Event(
        shop=row["shop"] or "",
        channel=row.get("channel") or DEFAULT_CHANNEL,
        conversation=row.get("conversation") or buyer,
        buyer=buyer,
        at=instant,
        actor=actor,
        origin=Origin(row.get("origin") or USUAL_ORIGIN[actor]),
        kind=row["kind"] or "",
        source_id=row.get("source_id") or _made_source_id(row, copies),
        account=row.get("account") or None,
        payload=Payload(**{name: row.get(name) or None for name in OF_PAYLOAD if name != "extra"}),
        seq=seq,
    )


def _made_source_id(row: Mapping[str, str | None], copies: defaultdict[str, int]) -> str:
    fingerprint = row_fingerprint(row[name] or "" for name in sorted(row))
    copies[fingerprint] += 1
    return source_id_of(fingerprint, copies[fingerprint] - 1)
