"""Small nasty logs: every edge of the specification, in rows of the interchange table.

A log is a list of steps, each drawn on its own, that one plain function turns into rows. So a
seeded `random.Random` and Hypothesis share one generator, and Hypothesis shrinks a log by leaving
out steps and by making single choices plainer: the plainest option always stands first.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

Row = dict[str, str | None]
Option = TypeVar("Option")
Pick = Callable[[Sequence[Any]], Any]

SHANGHAI = ZoneInfo("Asia/Shanghai")
OPENING_DAY = datetime(2026, 11, 1, 9, 0, tzinfo=SHANGHAI)
MICROSECOND = timedelta(microseconds=1)

# Weights are repetitions. Most rows meet in one conversation, or nothing would ever happen in it.
SHOPS = ("East Street Tea", "East Street Tea", "East Street Tea", "West Gate Shoes")
CHANNELS = ("pinduoduo", "pinduoduo", "pinduoduo", "pinduoduo", None, "", "file")
BUYERS = ("buyer-1", "buyer-1", "buyer-1", "buyer-2", "buyer-3")
NAMING = ("by buyer", "by buyer", "by buyer", "both", "by conversation", "another conversation")
WHERE = ("shop", "channel", "conversation", "buyer")
ANYWHERE = ("anywhere", "where the row before was", "where the row before was")
MOSTLY_ONE_PLACE = (*["where the row before was"] * 9, "anywhere")
ACCOUNTS = ("anna", "anna", "bao", "chen", None, "")

SECOND = timedelta(seconds=1)
EXACT_WAITS = (
    timedelta(seconds=30),
    timedelta(seconds=180),
    timedelta(seconds=300),
    timedelta(seconds=3600),
    timedelta(minutes=30),
    timedelta(hours=48),
)
SHORT_PAUSES = (
    SECOND,
    timedelta(0),
    timedelta(seconds=10),
    timedelta(seconds=20),
    timedelta(seconds=29),
    timedelta(seconds=95, microseconds=123_457),
    timedelta(minutes=20),
    MICROSECOND,
    -SECOND,
)
EXACT_PAUSES = (
    *EXACT_WAITS[:-1],
    *(wait + MICROSECOND for wait in EXACT_WAITS[:-1]),
    *(wait - MICROSECOND for wait in EXACT_WAITS[:-1]),
)
LONG_PAUSES = (
    timedelta(hours=5),
    timedelta(days=1),
    EXACT_WAITS[-1],
    EXACT_WAITS[-1] + MICROSECOND,
    EXACT_WAITS[-1] - MICROSECOND,
    -timedelta(minutes=31),
)
AT_ONCE = (timedelta(0), SECOND, timedelta(seconds=10), -SECOND)
A_DAY = (timedelta(days=1),)
AROUND_A_BURST = (
    timedelta(seconds=29),
    *(EXACT_WAITS[0] + by for by in (timedelta(0), MICROSECOND, -MICROSECOND)),
)
AROUND_A_SESSION = (
    timedelta(minutes=20),
    *(EXACT_WAITS[4] + by for by in (timedelta(0), MICROSECOND, -MICROSECOND)),
)
EDGES_OF_THE_DAY = (
    *[time(10, 0)] * 4,
    time(7, 59, 59, 999_000),
    time(7, 59, 59, 999_999),
    time(8, 0),
    time(8, 0, 0, 1),
    time(22, 59, 50),
    time(22, 59, 59, 999_000),
    time(22, 59, 59, 999_999),
    time(23, 0),
    time(23, 59, 59, 999_999),
    time(0, 0),
    time(0, 0, 0, 1),
)
# Where a step's pause is measured from.
MEASURED_FROM = (
    *["the newest row"] * 7,
    *["the newest row of the conversation"] * 2,
    *["the newest message of the buyer"] * 3,
    *["the oldest message of the buyer since an agent"] * 3,
)
# Whether the file has its newest row first.
TURNED = (False, False, False, True)
AN_EDGE = "an edge of the day"


@dataclass(frozen=True)
class Happening:
    """What a row says was done, before its time and place are known."""

    actor: str
    kind: str
    origins: tuple[str | None, ...]
    purposes: tuple[str | None, ...] = (None,)
    mark: str | None = None
    has_account: bool = False
    has_about: bool = False


OF_AGENTS = ("human", "human", None, "", "assisted", "assisted", "auto", "batch", "bot", "system")
OF_BOTS = ("bot", None, "", "auto", "batch", "human")
OF_SYSTEMS = ("system", None, "")
OF_BUYERS = ("human", None, "")
PURPOSES = (None, "answer", "", "greeting", "menu", "away")
MARKS = ("malicious_user", "staff_or_test_account")


def by_buyer(kind: str) -> Happening:
    return Happening("buyer", kind, OF_BUYERS)


def by_agent(kind: str) -> Happening:
    return Happening("agent", kind, OF_AGENTS, has_account=True)


def by_bot(kind: str) -> Happening:
    return Happening("bot", kind, OF_BOTS, purposes=PURPOSES)


def by_system(kind: str) -> Happening:
    return Happening("system", kind, OF_SYSTEMS)


def of_delivery(kind: str) -> Happening:
    return Happening("system", kind, OF_SYSTEMS, has_about=True)


def of_assignment(kind: str) -> Happening:
    return Happening("system", kind, OF_SYSTEMS, has_account=True)


def of_mark(kind: str, mark: str) -> Happening:
    return Happening("agent", kind, OF_AGENTS, mark=mark)


TALK = (
    *[by_buyer("text")] * 6,
    *[by_agent("text")] * 5,
    *[by_bot("text")] * 3,
)
RARER_TALK = (
    by_buyer("image"),
    by_buyer("emoji"),
    by_buyer("card.product"),
    by_agent("file"),
    by_agent("card.order_reminder"),
    by_agent("coupon"),
    by_agent("op.price_change"),
    by_agent("op.recommend"),
    by_bot("coupon"),
    by_bot("card.group"),
    by_bot("op.link"),
    by_system("text"),
    by_system("card.refund_agreed"),
)
LIFE = (
    of_delivery("delivery.confirmed"),
    of_delivery("delivery.confirmed"),
    of_delivery("delivery.failed"),
    of_delivery("message.recalled"),
    of_assignment("assigned"),
    of_assignment("assigned"),
    of_assignment("transferred"),
    of_assignment("unassigned"),
    by_buyer("human_requested"),
    by_buyer("complaint.opened"),
    by_buyer("complaint.opened"),
    by_agent("complaint.closed"),
    by_system("complaint.closed"),
    by_agent("spam.reported"),
    by_agent("spam.reported"),
    by_system("spam.confirmed"),
    by_system("spam.confirmed"),
    by_system("spam.rejected"),
)
A_PERSON_WRITES = Happening("agent", "text", ("human", None, "", "assisted"), has_account=True)
THE_BOT_ANSWERS = Happening("bot", "text", ("bot", None, ""), (None, "answer", ""))
FATES = (*["delivery.confirmed"] * 4, *["delivery.failed"] * 4, "message.recalled")
RARE = (
    of_mark("buyer.marked", MARKS[0]),
    of_mark("buyer.unmarked", MARKS[0]),
    of_mark("buyer.marked", MARKS[1]),
    of_mark("buyer.unmarked", MARKS[1]),
    by_buyer("rating.given"),
    by_buyer("order.placed"),
    by_system("order.paid"),
    by_system("refund.requested"),
    by_agent("presence.changed"),
    by_agent("note"),
    by_agent("closed"),
)


@dataclass(frozen=True)
class Theme:
    """What a whole log is about: rare rules want the same few things to meet again and again."""

    happenings: tuple[tuple[Happening, ...], ...]
    pauses: tuple[tuple[timedelta, ...], ...]
    whereabouts: tuple[str, ...]
    edges: int = 1  # how many of 16 steps go to an edge of the day


THEMES = (
    Theme(
        happenings=(*[TALK] * 9, *[RARER_TALK] * 3, *[LIFE] * 6, RARE),
        pauses=(*[SHORT_PAUSES] * 9, *[EXACT_PAUSES] * 6, LONG_PAUSES),
        whereabouts=ANYWHERE,
    ),
    # Deliveries: replies and bot answers confirmed, failed and recalled in any order.
    Theme(
        happenings=(
            (by_buyer("text"),),
            (A_PERSON_WRITES, A_PERSON_WRITES, THE_BOT_ANSWERS),
            *[tuple(of_delivery(kind) for kind in FATES)] * 3,
        ),
        pauses=(*[AT_ONCE] * 6, SHORT_PAUSES, EXACT_PAUSES, A_DAY),
        whereabouts=MOSTLY_ONE_PLACE,
    ),
    # Bots: bursts of the buyer, answered and not, with a wish for a human now and then.
    Theme(
        happenings=(
            *[(by_buyer("text"),)] * 8,
            *[(THE_BOT_ANSWERS,)] * 7,
            (by_bot("text"), by_bot("coupon"), by_bot("card.group"), by_bot("op.link")),
            (by_buyer("human_requested"), A_PERSON_WRITES, of_delivery("delivery.confirmed")),
        ),
        pauses=(*[AT_ONCE] * 2, *[AROUND_A_BURST] * 3, SHORT_PAUSES, *[A_DAY] * 3),
        whereabouts=MOSTLY_ONE_PLACE,
        edges=3,
    ),
    # Sessions: gaps around 30 minutes, held together or not by anything at all.
    Theme(
        happenings=(
            *[(by_buyer("text"),)] * 4,
            *[(A_PERSON_WRITES,)] * 3,
            (by_agent("op.link"), by_bot("op.link"), by_system("text"), by_bot("coupon")),
            (by_buyer("human_requested"), by_agent("note"), by_agent("closed")),
            RARER_TALK,
        ),
        pauses=(*[AROUND_A_SESSION] * 4, *[(timedelta(minutes=20),)] * 3, AT_ONCE, A_DAY),
        whereabouts=MOSTLY_ONE_PLACE,
    ),
    # Verdicts: reports, their verdicts and marks over several days.
    Theme(
        happenings=(
            *[(by_buyer("text"),)] * 3,
            (by_agent("spam.reported"),),
            (by_system("spam.confirmed"), by_system("spam.rejected")),
            RARE[:4],
        ),
        pauses=(SHORT_PAUSES, LONG_PAUSES),
        whereabouts=MOSTLY_ONE_PLACE,
        edges=4,
    ),
    # Accounts: assignments and complaints around the thresholds.
    Theme(
        happenings=(
            *[(by_buyer("text"), A_PERSON_WRITES)] * 2,
            tuple(of_assignment(kind) for kind in ("assigned", "transferred", "unassigned")),
            (by_buyer("complaint.opened"), by_system("complaint.closed")),
        ),
        pauses=(*[EXACT_PAUSES] * 3, SHORT_PAUSES, LONG_PAUSES),
        whereabouts=MOSTLY_ONE_PLACE,
    ),
)


@dataclass(frozen=True)
class Step:
    """One row to come."""

    happening: Happening
    whereabouts: str
    shop: str
    channel: str | None
    buyer: str
    naming: str
    origin: str | None
    account: str | None
    purpose: str | None
    measured_from: str
    pause: timedelta
    edge: time
    naming_of_source: str
    back: int
    late_by: int
    written: str


def one_step(pick: Pick, theme: Theme) -> Step:
    """One step of a log on a theme."""
    happening = pick(pick(theme.happenings))
    measured_from = pick(MEASURED_FROM + (AN_EDGE,) * theme.edges)
    on_an_edge = measured_from == AN_EDGE
    return Step(
        happening=happening,
        whereabouts=pick(theme.whereabouts),
        shop=pick(SHOPS),
        channel=pick(CHANNELS),
        buyer=pick(BUYERS),
        naming=pick(NAMING),
        origin=pick(happening.origins),
        account=pick(ACCOUNTS) if happening.has_account else None,
        purpose=pick(happening.purposes),
        measured_from=measured_from,
        pause=timedelta(0) if on_an_edge else pick(pick(theme.pauses)),
        edge=pick(EDGES_OF_THE_DAY) if on_an_edge else EDGES_OF_THE_DAY[0],
        naming_of_source=pick(
            ("fresh",) * 8 + ("blank", "empty", "of an earlier row", "the whole earlier row")
        ),
        back=pick((1, 1, 1, 2, 3, 5)),
        late_by=pick((0,) * 8 + (1, 2, 5)),
        written=pick(("shanghai", "shanghai", "plain", "utc", "zulu", "newfoundland")),
    )


# ---------------------------------------------------------------------------------------------
# Steps into rows
# ---------------------------------------------------------------------------------------------


def file_of(steps: Sequence[Step], newest_first: bool) -> list[Row]:
    """The rows in file order: some late by a few places, the whole maybe bottom-up."""
    told: list[Row] = []
    for step in steps:
        told.append(row_of(step, told))
    places = [number + step.late_by for number, step in enumerate(steps)]
    in_file = [told[number] for number in sorted(range(len(told)), key=places.__getitem__)]
    return in_file[::-1] if newest_first else in_file


def row_of(step: Step, told: list[Row]) -> Row:
    if step.naming_of_source == "the whole earlier row" and told:
        return dict(counted_back(told, step.back))
    happening = step.happening
    row: Row = {
        **whereabouts_of(step, told),
        "at": None,
        "actor": happening.actor,
        "origin": step.origin,
        "account": step.account,
        "kind": happening.kind,
        "text": "hello" if happening.kind == "text" else None,
        "order": "order-1" if happening.kind.startswith("order.") else None,
        "source_id": source_of(step, told),
    }
    row["at"] = written_as(step.written, at_of(step, row, told))
    if step.purpose is not None:
        row["purpose"] = step.purpose
    if happening.mark is not None:
        row["mark"] = happening.mark
    if happening.has_about:
        row["about"] = about_of(step, row, told)
    if happening.kind in ("assigned", "transferred"):
        row["by"] = "the team lead"
    return row


def whereabouts_of(step: Step, told: list[Row]) -> Row:
    if step.whereabouts == "where the row before was" and told:
        return {column: told[-1][column] for column in WHERE}
    return {
        "shop": step.shop,
        "channel": step.channel,
        "conversation": conversation_of(step),
        "buyer": None if step.naming == "by conversation" else step.buyer,
    }


def conversation_of(step: Step) -> str | None:
    # The buyer's one conversation under its blank and its written name, and now and then another.
    return {
        "by buyer": None,
        "both": step.buyer,
        "by conversation": step.buyer,
        "another conversation": "talk of " + step.buyer,
    }[step.naming]


def source_of(step: Step, told: list[Row]) -> str | None:
    if step.naming_of_source == "blank":
        return None
    if step.naming_of_source == "empty":
        return ""
    if step.naming_of_source == "of an earlier row" and told:
        return counted_back(told, step.back)["source_id"]
    return f"m{len(told) + 1}"


def about_of(step: Step, row: Row, told: list[Row]) -> str | None:
    candidates = [
        earlier
        for earlier in told
        if earlier["actor"] in ("agent", "bot")
        and earlier["shop"] == row["shop"]
        and (earlier["channel"] or "file") == (row["channel"] or "file")
        and earlier["source_id"]
    ]
    if not candidates:
        return "m1"
    return counted_back(candidates, step.back)["source_id"]


def counted_back(rows: list[Row], back: int) -> Row:
    return rows[-min(back, len(rows))]


def at_of(step: Step, row: Row, told: list[Row]) -> datetime:
    newest = max((instant_of(earlier) for earlier in told), default=OPENING_DAY)
    if step.measured_from == AN_EDGE:
        return next_time_of_day(newest, step.edge)
    talk = sorted(
        (earlier for earlier in told if conversation_key(earlier) == conversation_key(row)),
        key=instant_of,
    )
    asked = [earlier for earlier in talk if is_asking(earlier)]
    if step.measured_from == "the newest row of the conversation" and talk:
        return instant_of(talk[-1]) + step.pause
    if step.measured_from == "the newest message of the buyer" and asked:
        return instant_of(asked[-1]) + step.pause
    if step.measured_from == "the oldest message of the buyer since an agent" and asked:
        return instant_of(oldest_since_an_agent(talk, asked)) + step.pause
    return newest + step.pause


def conversation_key(row: Row) -> tuple[str | None, str, str | None]:
    return (row["shop"], row["channel"] or "file", row["conversation"] or row["buyer"])


def is_asking(row: Row) -> bool:
    return row["actor"] == "buyer" and row["kind"] in ("text", "image", "emoji")


def oldest_since_an_agent(talk: list[Row], asked: list[Row]) -> Row:
    agents = [instant_of(row) for row in talk if row["actor"] == "agent"]
    since = [row for row in asked if not agents or instant_of(row) >= agents[-1]]
    return since[0] if since else asked[-1]


def next_time_of_day(after: datetime, wanted: time) -> datetime:
    local = after.astimezone(SHANGHAI)
    today = datetime.combine(local.date(), wanted, tzinfo=SHANGHAI)
    return today if today >= local else today + timedelta(days=1)


def instant_of(row: Row) -> datetime:
    written = datetime.fromisoformat(row["at"] or "")
    return written if written.tzinfo else written.replace(tzinfo=SHANGHAI)


def written_as(style: str, at: datetime) -> str:
    if style == "plain":
        return at.astimezone(SHANGHAI).replace(tzinfo=None).isoformat()
    if style == "utc":
        return at.astimezone(UTC).isoformat()
    if style == "zulu":
        return at.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
    if style == "newfoundland":
        return at.astimezone(timezone(-timedelta(hours=3, minutes=30))).isoformat()
    return at.astimezone(SHANGHAI).isoformat()


# ---------------------------------------------------------------------------------------------
# The two ways in
# ---------------------------------------------------------------------------------------------


def rows(draw_from: random.Random, size: int) -> list[Row]:
    """A nasty log of `size` rows from a seeded random source."""
    theme = draw_from.choice(THEMES)
    steps = [one_step(draw_from.choice, theme) for _ in range(size)]
    return file_of(steps, newest_first=draw_from.choice(TURNED))


@st.composite
def drawn_steps(draw: st.DrawFn, theme: Theme) -> Step:
    """One step that Hypothesis chooses."""
    return one_step(lambda options: draw(st.sampled_from(options)), theme)


@st.composite
def nasty_logs(draw: st.DrawFn, max_size: int = 60) -> list[Row]:
    """A nasty log of up to `max_size` rows that Hypothesis can shrink."""
    theme = draw(st.sampled_from(THEMES))
    # Hypothesis draws short lists of its own accord, so a long log is several lists in a row.
    pieces = [draw(st.lists(drawn_steps(theme), max_size=-(-max_size // 5))) for _ in range(5)]
    steps = [step for piece in pieces for step in piece][:max_size]
    return file_of(steps, newest_first=draw(st.sampled_from(TURNED)))


def as_of_in(rows: Sequence[Row]) -> st.SearchStrategy[str | None]:
    """None, or an instant at, just beside, or an exact threshold after one of the rows."""
    if not rows:
        return st.none()
    beside = (timedelta(0), MICROSECOND, -MICROSECOND)
    after = (timedelta(0), *EXACT_WAITS, timedelta(minutes=1))
    in_mid_log = st.builds(
        instant_after,
        st.sampled_from(list(rows)),
        st.sampled_from(after),
        st.sampled_from(beside),
    )
    return st.none() | in_mid_log


def instant_after(row: Row, wait: timedelta, beside: timedelta) -> str:
    return written_as("utc", instant_of(row) + wait + beside)
