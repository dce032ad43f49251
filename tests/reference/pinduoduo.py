"""The figures of the Pinduoduo pack, computed as naively as the specification is written.

Nothing here is shared with the engine and nothing is fast: every rule is a short function that
loops over lists, with the sentence of the specification it obeys as its comment. Where the
specification leaves a choice, the comment says "Reading:" and the choice.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

Row = Mapping[str, str | None]
Figure = dict[str, Any]
Place = tuple[datetime, int]

SHANGHAI = ZoneInfo("Asia/Shanghai")
MICROSECOND = timedelta(microseconds=1)

MESSAGES = ["text", "emoji", "image", "video", "file"]
CARDS = [
    "card.product",
    "card.buyer_show",
    "card.group",
    "card.small_payment",
    "card.order_reminder",
    "card.refund_agreed",
    "card.cashback",
]
COUPONS = ["coupon"]
OPERATIONS = [
    "op.address_review",
    "op.price_change",
    "op.return_tracking_change",
    "op.link",
    "op.proxy_order",
    "op.proxy_aftersale",
    "op.recommend",
]
DELIVERIES = ["delivery.confirmed", "delivery.failed", "message.recalled"]

# "the first that holds in this order"
REASONS = [
    "outside_window",
    "exempt_day",
    "staff_or_test_account",
    "malicious_user",
    "spam_confirmed",
    "bot_only",
]

# "window 08:00-23:00 by message time", "opening instant in, closing instant out"
OPENING = time(8, 0)
CLOSING = time(23, 0)
# "session_gap (pack, default 30 min)"
SESSION_GAP = timedelta(minutes=30)
# "burst_gap, default 30 s"
BURST_GAP = timedelta(seconds=30)
NOBODY = "unassigned"


@dataclass(frozen=True)
class Metric:
    """One line of the table in section 8."""

    name: str
    unit: str  # the unit of the figure: message, round, session or person
    judged_on: str  # what its samples are: messages, rounds, sessions, rounds_and_complaints
    threshold: timedelta | None
    rule: str  # rate, mean, all_messages_within, first_reply_within or count_unanswered
    has_window: bool = True
    needed_a_human: bool = False


METRICS = [
    Metric(
        "reply_3min",
        "person",
        "messages",
        timedelta(seconds=180),
        "all_messages_within",
        needed_a_human=True,
    ),
    Metric("reply_3min_round", "round", "rounds", timedelta(seconds=180), "rate"),
    Metric("reply_30s", "message", "messages", timedelta(seconds=30), "rate"),
    Metric("reply_5min", "round", "rounds", timedelta(seconds=300), "rate"),
    Metric("reply_60min", "person", "messages", timedelta(seconds=3600), "all_messages_within"),
    Metric("reply_60min_first", "person", "rounds", timedelta(seconds=3600), "first_reply_within"),
    Metric("first_response", "session", "sessions", None, "mean"),
    Metric("avg_response", "round", "rounds", None, "mean"),
    Metric("avg_response_message", "message", "messages", None, "mean"),
    Metric("unanswered_persons", "person", "rounds", None, "count_unanswered"),
    Metric(
        "reply_48h",
        "round",
        "rounds_and_complaints",
        timedelta(seconds=172800),
        "rate",
        has_window=False,
    ),
]


@dataclass(frozen=True)
class Event:
    """One row of the log, after reading."""

    seq: int
    source_id: str | None
    shop: str
    channel: str
    conversation: str
    at: datetime
    actor: str
    origin: str
    account: str | None
    kind: str
    purpose: str | None
    mark: str | None
    about: str | None


@dataclass(frozen=True)
class Answer:
    """A counted reply, a bot's answer or a closed complaint, standing where it counts."""

    at: datetime
    seq: int
    account: str | None


@dataclass(frozen=True)
class Round:
    """A maximal run of buyer messages, and the counted reply that ended it."""

    messages: tuple[Event, ...]
    reply: Answer | None


@dataclass(frozen=True)
class Sample:
    """One thing a figure judges: a message, a round, a session's first round or a complaint."""

    channel: str
    conversation: str
    start: datetime
    start_seq: int
    answered_at: datetime | None
    account: str
    reason: str | None  # why it is excluded; None when it is counted


# ---------------------------------------------------------------------------------------------
# Reading the file
# ---------------------------------------------------------------------------------------------


def report(rows: Sequence[Row], as_of: str | datetime | None = None) -> dict[str, Any]:
    """The object of section 10, without its key "pack"."""
    whole_log = without_repeats(events_of(in_log_order(rows)))
    known_until = instant(as_of) if as_of is not None else newest(whole_log)
    if known_until is None:
        return {"as_of": None, "shops": []}
    # "events later than `as_of` do not exist"
    log = [event for event in whole_log if event.at <= known_until]
    # Reading: a shop is listed when at least one of its events exists.
    shops = sorted({event.shop for event in log})
    return {
        "as_of": known_until.isoformat(),
        "shops": [report_of_shop(shop, log, known_until) for shop in shops],
    }


def in_log_order(rows: Sequence[Row]) -> list[Row]:
    # "A file whose instants mostly descend is read bottom-up."
    # Reading: more strictly descending than strictly ascending neighbours, repeats included.
    descending = 0
    ascending = 0
    for above, below in itertools.pairwise(rows):
        if instant_of(below) < instant_of(above):
            descending += 1
        if instant_of(below) > instant_of(above):
            ascending += 1
    if descending > ascending:
        return list(reversed(rows))
    return list(rows)


def events_of(rows: list[Row]) -> list[Event]:
    # "`seq`: position in the shop's log ...; in a file, the row order"
    return [event_of(row, seq) for seq, row in enumerate(rows)]


def event_of(row: Row, seq: int) -> Event:
    actor = filled(row, "actor") or ""
    return Event(
        seq=seq,
        source_id=filled(row, "source_id"),
        shop=filled(row, "shop") or "",
        # Reading: a blank channel is the channel "file".
        channel=filled(row, "channel") or "file",
        # "one conversation per (shop, channel, buyer)"
        # Reading: keyed by the column `conversation`; where that is blank, by the buyer.
        conversation=filled(row, "conversation") or filled(row, "buyer") or "",
        at=instant_of(row),
        actor=actor,
        origin=filled(row, "origin") or origin_when_blank(actor),
        account=filled(row, "account"),
        kind=filled(row, "kind") or "",
        purpose=filled(row, "purpose"),
        mark=filled(row, "mark"),
        about=filled(row, "about"),
    )


def filled(row: Row, column: str) -> str | None:
    value = row.get(column)
    if value is None or value.strip() == "":
        return None
    return value


def origin_when_blank(actor: str) -> str:
    # "A blank `origin` is `human` for agents, `bot` for bots, `system` for systems."
    # A buyer's origin decides nothing.
    return {"agent": "human", "bot": "bot", "system": "system"}.get(actor, "human")


def instant_of(row: Row) -> datetime:
    return instant(row["at"] or "")


def instant(written: str | datetime) -> datetime:
    # "`at` is ISO 8601 with an offset; without one, the pack's timezone"
    read = datetime.fromisoformat(written) if isinstance(written, str) else written
    if read.tzinfo is None:
        read = read.replace(tzinfo=SHANGHAI)
    return read.astimezone(UTC)


def without_repeats(events: list[Event]) -> list[Event]:
    # "(shop, channel, source_id) is unique, the first wins: a repeat is accepted and changes
    # nothing." Reading: the first in the log's order, also when that one is later than `as_of`.
    # "A blank one becomes a hash of the row plus its ordinal among identical rows": so a row
    # without a source_id is never a repeat inside one file.
    kept: list[Event] = []
    for event in events:
        if event.source_id is None or not any(same_thing(event, earlier) for earlier in kept):
            kept.append(event)
    return kept


def same_thing(one: Event, other: Event) -> bool:
    return (one.shop, one.channel, one.source_id) == (other.shop, other.channel, other.source_id)


def newest(log: list[Event]) -> datetime | None:
    # "default: the newest `at` of the whole input"
    # Reading: of all shops; a repeat, which "changes nothing", does not move it either.
    return max((event.at for event in log), default=None)


# ---------------------------------------------------------------------------------------------
# Places, days, durations
# ---------------------------------------------------------------------------------------------


def place(thing: Event | Answer) -> Place:
    # "Order inside a conversation: by `(at, seq)`."
    return (thing.at, thing.seq)


def day_of(at: datetime) -> date:
    # "the local date"
    return at.astimezone(SHANGHAI).date()


def microseconds(duration: timedelta) -> int:
    return duration // MICROSECOND


def in_window(at: datetime) -> bool:
    # "opening instant in, closing instant out: `08:00:00.000` counts, `23:00:00.000` does not"
    return OPENING <= at.astimezone(SHANGHAI).time() < CLOSING


def of_conversation(channel: str, conversation: str, log: list[Event]) -> list[Event]:
    mine = [
        event for event in log if event.channel == channel and event.conversation == conversation
    ]
    return sorted(mine, key=place)


# ---------------------------------------------------------------------------------------------
# Replies
# ---------------------------------------------------------------------------------------------


def is_buyer_message(event: Event) -> bool:
    # Reading: a buyer's message stays one even if the buyer recalled it.
    return event.actor == "buyer" and event.kind in MESSAGES


def is_human_reply(event: Event) -> bool:
    # "The class `human` counts an event when its actor is `agent`, its origin is `human` or
    # (pack switch, on in the Pinduoduo pack) `assisted`, and its kind is a message, a card, a
    # coupon or an operation of section 2."
    return (
        event.actor == "agent"
        and event.origin in ["human", "assisted"]
        and event.kind in MESSAGES + CARDS + COUPONS + OPERATIONS
    )


def is_bot_answer(event: Event) -> bool:
    # "an `actor: bot` message, card or coupon whose `payload.purpose` is not `greeting`, `menu`
    # or `away`"
    return (
        event.actor == "bot"
        and event.kind in MESSAGES + CARDS + COUPONS
        and event.purpose not in ["greeting", "menu", "away"]
    )


def news_about(event: Event, log: list[Event]) -> list[Event]:
    # "each names the event it is about": by its source_id, in the same shop and channel.
    if event.source_id is None:
        return []
    news = [
        other
        for other in log
        if other.kind in DELIVERIES
        and other.shop == event.shop
        and other.channel == event.channel
        and other.about == event.source_id
    ]
    return sorted(news, key=place)


def standing(event: Event, log: list[Event]) -> Answer | None:
    """Where a reply of our own counts, or None if it is no reply."""
    news = news_about(event, log)
    # "one that ... was recalled is no reply"
    if any(other.kind == "message.recalled" for other in news):
        return None
    failures = [other for other in news if other.kind == "delivery.failed"]
    confirmations = [other for other in news if other.kind == "delivery.confirmed"]
    # Reading: of several confirmations the first one after the last failure counts.
    if failures:
        confirmations = [one for one in confirmations if place(one) > place(failures[-1])]
    # "one that failed ... is no reply"
    if failures and not confirmations:
        return None
    # "A reply of our own counts at the instant in its `delivery.confirmed`"
    if confirmations:
        return Answer(confirmations[0].at, confirmations[0].seq, event.account)
    # "until then at its `at`"
    return Answer(event.at, event.seq, event.account)


def human_replies(conversation: list[Event], log: list[Event]) -> list[Answer]:
    found = [standing(event, log) for event in conversation if is_human_reply(event)]
    return sorted([reply for reply in found if reply is not None], key=place)


def bot_answers(conversation: list[Event], log: list[Event]) -> list[Answer]:
    # Reading: a bot's answer, too, stands at its confirmation and is none if it failed.
    found = [standing(event, log) for event in conversation if is_bot_answer(event)]
    return sorted([answer for answer in found if answer is not None], key=place)


# ---------------------------------------------------------------------------------------------
# Rounds and sessions
# ---------------------------------------------------------------------------------------------


def rounds_of(conversation: list[Event], log: list[Event]) -> list[Round]:
    # "a maximal run of buyer messages with no counted reply in between. `start` = its first
    # buyer message, `reply` = the first counted reply after it, if any."
    in_line: list[Event | Answer] = [event for event in conversation if is_buyer_message(event)]
    in_line += human_replies(conversation, log)
    rounds: list[Round] = []
    waiting: list[Event] = []
    for thing in sorted(in_line, key=place):
        if isinstance(thing, Event):
            waiting.append(thing)
        elif waiting:
            rounds.append(Round(tuple(waiting), thing))
            waiting = []
    if waiting:
        rounds.append(Round(tuple(waiting), None))
    return rounds


def sessions_of(conversation: list[Event]) -> list[list[Event]]:
    # "messages, cards, coupons and operations (of anybody) whose neighbours are less than
    # `session_gap` apart". Reading: every event stands in its session at its own `at`, whether
    # confirmed, failed or recalled.
    sessions: list[list[Event]] = []
    for event in sorted(conversation, key=place):
        if event.kind not in MESSAGES + CARDS + COUPONS + OPERATIONS:
            continue
        if sessions and event.at - sessions[-1][-1].at < SESSION_GAP:
            sessions[-1].append(event)
        else:
            sessions.append([event])
    return sessions


def first_round_of(session: list[Event], rounds: list[Round]) -> Round | None:
    # "A session's sample is the first round that starts in it; none, no sample."
    for one in rounds:
        if one.messages[0] in session:
            return one
    return None


# ---------------------------------------------------------------------------------------------
# Marks, spam, people served by the bot alone
# ---------------------------------------------------------------------------------------------


def is_marked(conversation: list[Event], mark: str) -> bool:
    # "`staff_or_test_account` · `malicious_user`". Reading: for all samples of the conversation,
    # if the last mark or unmark of that kind is a mark.
    marked = False
    for event in sorted(conversation, key=place):
        if event.kind == "buyer.marked" and event.mark == mark:
            marked = True
        if event.kind == "buyer.unmarked" and event.mark == mark:
            marked = False
    return marked


def spam_days(conversation: list[Event]) -> list[date]:
    # "the conversation's samples on the local day of the report that the platform confirmed;
    # merely reported spam still counts". Reading: a verdict is on the latest report before it;
    # the last verdict on a report wins; a verdict without a report means nothing.
    reports: list[Event] = []
    verdicts: dict[int, str] = {}
    for event in sorted(conversation, key=place):
        if event.kind == "spam.reported":
            reports.append(event)
        if event.kind in ["spam.confirmed", "spam.rejected"] and reports:
            verdicts[reports[-1].seq] = event.kind
    return [day_of(one.at) for one in reports if verdicts.get(one.seq) == "spam.confirmed"]


def bursts_of(messages: list[Event]) -> list[list[Event]]:
    # "each burst (buyer messages less than `burst_gap`, default 30 s, apart)"
    bursts: list[list[Event]] = []
    for message in messages:
        if bursts and message.at - bursts[-1][-1].at < BURST_GAP:
            bursts[-1].append(message)
        else:
            bursts.append([message])
    return bursts


def is_bot_only(conversation: list[Event], day: date, log: list[Event]) -> bool:
    # "that calendar day, in and outside the window, the conversation has no counted reply"
    # Reading: a counted reply is of the day it stands on.
    if any(day_of(reply.at) == day for reply in human_replies(conversation, log)):
        return False
    # "and no `human_requested`"
    for event in conversation:
        if event.kind == "human_requested" and day_of(event.at) == day:
            return False
    # Reading: bursts are cut at midnight, like everything of "that calendar day".
    messages = [
        event for event in conversation if is_buyer_message(event) and day_of(event.at) == day
    ]
    answers = [answer for answer in bot_answers(conversation, log) if day_of(answer.at) == day]
    bursts = bursts_of(messages)
    # "and each burst is followed, after its last message and before the next burst or the day's
    # end, by" a bot's answer
    for number, burst in enumerate(bursts):
        following = [answer for answer in answers if place(answer) > place(burst[-1])]
        if number + 1 < len(bursts):
            next_burst = bursts[number + 1]
            following = [answer for answer in following if place(answer) < place(next_burst[0])]
        if not following:
            return False
    return True


def reason_to_exclude(
    metric: Metric, start: datetime, conversation: list[Event], log: list[Event]
) -> str | None:
    # "Excluded with one reason, the first that holds in this order"
    # `exempt_day` never holds: the pack of section 8 has no calendar overlay.
    day = day_of(start)
    if metric.has_window and not in_window(start):
        return "outside_window"
    if is_marked(conversation, "staff_or_test_account"):
        return "staff_or_test_account"
    if is_marked(conversation, "malicious_user"):
        return "malicious_user"
    if day in spam_days(conversation):
        return "spam_confirmed"
    # "only where the pack says the metric asks for people who *needed a human*"
    if metric.needed_a_human and is_bot_only(conversation, day, log):
        return "bot_only"
    return None


# ---------------------------------------------------------------------------------------------
# Accounts
# ---------------------------------------------------------------------------------------------


def assigned_at(conversation: list[Event], moment: datetime) -> str:
    # "the account it was assigned to". Reading: `assigned` and `transferred` set the account,
    # `unassigned` clears it, those at exactly that instant included.
    account: str | None = None
    for event in sorted(conversation, key=place):
        if event.at > moment:
            continue
        if event.kind in ["assigned", "transferred"]:
            account = event.account
        if event.kind == "unassigned":
            account = None
    return account or NOBODY


def holder_of(
    start: datetime,
    answer: Answer | None,
    metric: Metric,
    conversation: list[Event],
    as_of: datetime,
) -> str:
    # "an answered round belongs to the account of its reply"
    if answer is not None:
        return answer.account or NOBODY
    # "a missed round to the account it was assigned to when the threshold passed, else
    # `unassigned`". Reading: at min(start + T, as_of), T infinite where there is no threshold.
    if metric.threshold is None:
        return assigned_at(conversation, as_of)
    return assigned_at(conversation, min(start + metric.threshold, as_of))


# ---------------------------------------------------------------------------------------------
# Samples
# ---------------------------------------------------------------------------------------------


def samples_of_shop(metric: Metric, log: list[Event], as_of: datetime) -> list[Sample]:
    samples: list[Sample] = []
    for channel, name in sorted({(event.channel, event.conversation) for event in log}):
        conversation = of_conversation(channel, name, log)
        samples += samples_of_conversation(metric, conversation, log, as_of)
    return samples


def samples_of_conversation(
    metric: Metric, conversation: list[Event], log: list[Event], as_of: datetime
) -> list[Sample]:
    rounds = rounds_of(conversation, log)
    samples: list[Sample] = []
    if metric.judged_on == "messages":
        # "every single buyer message; its `reply` is the reply of its round". "The clock starts
        # at the sample's own buyer message (unit message)". "Messages follow their round".
        for one in rounds:
            holder = holder_of(one.messages[0].at, one.reply, metric, conversation, as_of)
            samples += [
                sample(message, one.reply, holder, metric, conversation, log)
                for message in one.messages
            ]
    if metric.judged_on in ["rounds", "rounds_and_complaints"]:
        # "The clock starts at ... the round's `start`."
        samples += [sample_of_round(one, metric, conversation, log, as_of) for one in rounds]
    if metric.judged_on == "sessions":
        # "A session's sample is the first round that starts in it; none, no sample."
        for session in sessions_of(conversation):
            first = first_round_of(session, rounds)
            if first is not None:
                samples.append(sample_of_round(first, metric, conversation, log, as_of))
    if metric.judged_on == "rounds_and_complaints":
        # "plus each `complaint.opened`"
        for complaint in [event for event in conversation if event.kind == "complaint.opened"]:
            answer = answer_to_complaint(complaint, conversation, log)
            holder = holder_of(complaint.at, answer, metric, conversation, as_of)
            samples.append(sample(complaint, answer, holder, metric, conversation, log))
    return samples


def answer_to_complaint(
    complaint: Event, conversation: list[Event], log: list[Event]
) -> Answer | None:
    # "answered by the next counted reply or `complaint.closed`"
    answers = human_replies(conversation, log)
    for event in conversation:
        if event.kind == "complaint.closed":
            answers.append(Answer(event.at, event.seq, event.account))
    later = [answer for answer in answers if place(answer) > place(complaint)]
    return min(later, key=place, default=None)


def sample_of_round(
    one: Round, metric: Metric, conversation: list[Event], log: list[Event], as_of: datetime
) -> Sample:
    holder = holder_of(one.messages[0].at, one.reply, metric, conversation, as_of)
    return sample(one.messages[0], one.reply, holder, metric, conversation, log)


def sample(
    starter: Event,
    answer: Answer | None,
    holder: str,
    metric: Metric,
    conversation: list[Event],
    log: list[Event],
) -> Sample:
    return Sample(
        channel=starter.channel,
        conversation=starter.conversation,
        start=starter.at,
        start_seq=starter.seq,
        answered_at=answer.at if answer is not None else None,
        account=holder,
        reason=reason_to_exclude(metric, starter.at, conversation, log),
    )


def outcome(one: Sample, metric: Metric, as_of: datetime) -> str:
    assert metric.threshold is not None
    threshold = microseconds(metric.threshold)
    # "A sample is a hit if answered with `wait <= T`"
    if one.answered_at is not None:
        return "hit" if microseconds(one.answered_at - one.start) <= threshold else "miss"
    # "pending if unanswered and `as_of - clock start <= T`; else a miss"
    return "pending" if microseconds(as_of - one.start) <= threshold else "miss"


def counted_only(samples: list[Sample]) -> list[Sample]:
    return [one for one in samples if one.reason is None]


# ---------------------------------------------------------------------------------------------
# Persons
# ---------------------------------------------------------------------------------------------


def person_days(samples: list[Sample]) -> list[list[Sample]]:
    # "one conversation on one local calendar day"
    days: dict[tuple[str, str, date], list[Sample]] = {}
    for one in sorted(samples, key=lambda one: (one.start, one.start_seq)):
        days.setdefault((one.channel, one.conversation, day_of(one.start)), []).append(one)
    return list(days.values())


def reason_of_person(samples: list[Sample]) -> str | None:
    # "person: ... having at least one counted sample that day". Reading: else it is excluded for
    # the latest reason, in the order of section 6, that any of its samples has.
    if counted_only(samples):
        return None
    return max((one.reason for one in samples if one.reason), key=REASONS.index)


def outcome_of_person(samples: list[Sample], metric: Metric, as_of: datetime) -> str:
    outcomes = [outcome(one, metric, as_of) for one in counted_only(samples)]
    if metric.rule == "first_reply_within":
        # "the person is what its first counted round of the day is"
        return outcomes[0]
    # "over its counted messages of the day: a miss if any is a miss; else pending if any is
    # pending; else a hit"
    if "miss" in outcomes:
        return "miss"
    if "pending" in outcomes:
        return "pending"
    return "hit"


# ---------------------------------------------------------------------------------------------
# Figures
# ---------------------------------------------------------------------------------------------


def figure(metric: Metric, samples: list[Sample], as_of: datetime) -> Figure:
    if metric.unit == "person":
        return figure_of_persons(metric, samples, as_of)
    reasons = [one.reason for one in samples]
    if metric.rule == "mean":
        return mean(counted_only(samples), excluded(reasons))
    outcomes = [outcome(one, metric, as_of) for one in counted_only(samples)]
    return rate(outcomes, excluded(reasons))


def figure_of_persons(metric: Metric, samples: list[Sample], as_of: datetime) -> Figure:
    persons = person_days(samples)
    # "counted in the figure's unit": an excluded person-day is one, however many its messages.
    left_out = excluded([reason_of_person(person) for person in persons])
    counted = [person for person in persons if reason_of_person(person) is None]
    if metric.rule == "count_unanswered":
        return count_of_unanswered(counted, left_out)
    outcomes = [outcome_of_person(person, metric, as_of) for person in counted]
    result = rate(outcomes, left_out)
    if metric.needed_a_human:
        # "A metric that uses it always returns, beside its value, the value with these persons
        # counted as misses."
        misses = left_out.get("bot_only", 0)
        result["value_bot_only_as_misses"] = share(
            result["numerator"], result["denominator"] + misses
        )
    return result


def excluded(reasons: list[str | None]) -> dict[str, int]:
    # "listed beside the number". Reading: only reasons with a count above 0.
    return {reason: reasons.count(reason) for reason in REASONS if reason in reasons}


def share(part: int, whole: int) -> float | None:
    # "null only when the denominator is 0"
    return part / whole if whole > 0 else None


def rate(outcomes: list[str], left_out: dict[str, int]) -> Figure:
    # "hits / (hits + misses)"; "`denominator` = hits + misses, `worst` = n / (d + pending),
    # `best` = (n + pending) / (d + pending)"
    hits = outcomes.count("hit")
    pending = outcomes.count("pending")
    judged = hits + outcomes.count("miss")
    return {
        "value": share(hits, judged),
        "numerator": hits,
        "denominator": judged,
        "pending": pending,
        "worst": share(hits, judged + pending),
        "best": share(hits + pending, judged + pending),
        "excluded": left_out,
    }


def mean(counted: list[Sample], left_out: dict[str, int]) -> Figure:
    # "over answered counted samples"; "`numerator` = summed seconds, `denominator` = samples"
    # Reading: pending is 0, so worst = best = value.
    answered = [one for one in counted if one.answered_at is not None]
    waited = 0
    for one in answered:
        assert one.answered_at is not None
        waited += microseconds(one.answered_at - one.start)
    value = share(waited, len(answered) * 1_000_000)
    return {
        "value": value,
        "numerator": waited / 1_000_000,
        "denominator": len(answered),
        "pending": 0,
        "worst": value,
        "best": value,
        "excluded": left_out,
    }


def count_of_unanswered(persons: list[list[Sample]], left_out: dict[str, int]) -> Figure:
    # "person-days none of whose counted rounds has a reply by `as_of`"
    # Reading: numerator = value = the count, denominator = person-days with a counted round.
    unanswered = 0
    for person in persons:
        if all(one.answered_at is None for one in counted_only(person)):
            unanswered += 1
    value = unanswered if persons else None
    return {
        "value": value,
        "numerator": unanswered,
        "denominator": len(persons),
        "pending": 0,
        "worst": value,
        "best": value,
        "excluded": left_out,
    }


# ---------------------------------------------------------------------------------------------
# The report of one shop
# ---------------------------------------------------------------------------------------------


def report_of_shop(shop: str, whole_log: list[Event], as_of: datetime) -> dict[str, Any]:
    log = [event for event in whole_log if event.shop == shop]
    samples = {metric.name: samples_of_shop(metric, log, as_of) for metric in METRICS}
    every_sample = [one for of_metric in samples.values() for one in of_metric]
    # Reading: only days and accounts holding at least one sample, counted or excluded.
    days = sorted({day_of(one.start) for one in every_sample})
    accounts = sorted({one.account for one in every_sample})
    return {
        "shop": shop,
        "total": {metric.name: figure(metric, samples[metric.name], as_of) for metric in METRICS},
        "days": [
            {"date": day.isoformat(), "metrics": figures_of_day(day, samples, as_of)}
            for day in days
        ],
        "accounts": [
            {"account": account, "metrics": figures_of_account(account, samples, as_of)}
            for account in accounts
        ],
    }


def figures_of_day(
    day: date, samples: dict[str, list[Sample]], as_of: datetime
) -> dict[str, Figure]:
    # "The day of a sample is the local date of its clock start"
    figures: dict[str, Figure] = {}
    for metric in METRICS:
        of_day = [one for one in samples[metric.name] if day_of(one.start) == day]
        figures[metric.name] = figure(metric, of_day, as_of)
    return figures


def figures_of_account(
    account: str, samples: dict[str, list[Sample]], as_of: datetime
) -> dict[str, Figure]:
    # "a person-day counts for each account holding one of its samples, judged on those alone"
    figures: dict[str, Figure] = {}
    for metric in METRICS:
        of_account = [one for one in samples[metric.name] if one.account == account]
        figures[metric.name] = figure(metric, of_account, as_of)
    return figures
