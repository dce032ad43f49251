"""A CSV of the interchange table read one character, one row, one rule at a time.

Shares nothing with the reader but the vocabulary: what both make of a nasty file must be equal.
Knows the separator, files in UTF-8 and the plain interchange headers only.
"""

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

from miaohui.domain.text.brief import brief_of
from miaohui.domain.vocabulary.events import Event, Payload
from miaohui.domain.vocabulary.identifiers import row_fingerprint, source_id_of
from miaohui.domain.vocabulary.kinds import Actor, Mark, Origin
from miaohui.domain.vocabulary.spreadsheets import restored

LIMIT = 1 << 20
PAYLOAD = ("purpose", "about", "mark", "by", "rating", "media", "brief")
OURS = (
    *("shop", "channel", "conversation", "buyer", "at", "actor", "origin", "account"),
    *("kind", "text", "order", "source_id"),
    *PAYLOAD,
)
UNPACKED = (*PAYLOAD, "text", "order")
SPACE = "".join(chr(code) for code in range(0x3001) if chr(code).isspace()) + "\u200b\ufeff"


@dataclass
class Slow:
    """Events in the order of the log, and rejects as (line, key)."""

    events: list[Event] = field(default_factory=list)
    rejects: list[tuple[int, str]] = field(default_factory=list)


class RejectedError(Exception):
    """This row is none, for the reason in its first argument."""


def read_slowly(data: bytes, separator: str, shop: str | None, zone: str) -> Slow:
    """The whole file; its first record is the header."""
    slow = Slow()
    records = records_of(data, separator.encode(), slow)
    headers = [alias(cell.strip()) for cell in records[0][1]]
    found: list[tuple[Event, str]] = []
    for line, cells in records[1:]:
        try:
            one = event_of(cells, headers, shop, ZoneInfo(zone))
        except RejectedError as error:
            slow.rejects.append((line, str(error)))
        else:
            if one is not None:
                found.append((one, row_fingerprint(cells[: len(headers)])))
    slow.events = in_order(found)
    slow.rejects.sort()
    return slow


def alias(header: str) -> str:
    """`payload.mark` and `payload_mark` are `mark`."""
    bare = header[8:] if header.startswith(("payload.", "payload_")) else ""
    return bare if bare in UNPACKED else header


def records_of(data: bytes, separator: bytes, slow: Slow) -> list[tuple[int, list[str]]]:
    """Records as (line, cells); broken lines go to the rejects."""
    records: list[tuple[int, list[str]]] = []
    if data and not data.endswith(b"\n"):
        data += b"\n"
    at, line = 0, 1
    while at < len(data):
        try:
            cells, end = record_at(data, at, separator)
        except RejectedError as error:
            slow.rejects.append((line, str(error)))
            at = data.index(b"\n", at) + 1
            line += 1
            continue
        try:
            records.append((line, [cell.decode() for cell in cells]))
        except UnicodeDecodeError:
            slow.rejects.append((line, "reject.undecodable"))
        line += data[at:end].count(b"\n")
        at = end
    return records


def record_at(data: bytes, start: int, separator: bytes) -> tuple[list[bytes], int]:
    cells: list[bytes] = []
    at = start
    while True:
        if data[at : at + 1] == b'"':
            cell, at = quoted(data, start, at + 1)
            complaint = "reject.quote_misplaced"
        else:
            cell, at = bare(data, at, separator)
            complaint = "reject.return_unquoted"
        cells.append(cell)
        if at - start >= LIMIT:
            raise RejectedError("reject.record_too_long")
        if data[at : at + 1] == separator:
            at += 1
            continue
        while data[at : at + 1] == b"\r":
            at += 1
        if at - start >= LIMIT:
            raise RejectedError("reject.record_too_long")
        if data[at : at + 1] == b"\n":
            return cells, at + 1
        raise RejectedError(complaint)


def quoted(data: bytes, start: int, at: int) -> tuple[bytes, int]:
    cell = b""
    while at < len(data) and at - start < LIMIT:
        if data[at : at + 2] == b'""':
            cell += b'"'
            at += 2
        elif data[at : at + 1] == b'"':
            return cell, at + 1
        else:
            cell += data[at : at + 1]
            at += 1
    raise RejectedError("reject.quote_open" if at >= len(data) else "reject.record_too_long")


def bare(data: bytes, at: int, separator: bytes) -> tuple[bytes, int]:
    end = at
    while data[end : end + 1] not in (separator, b"\r", b"\n"):
        end += 1
    return data[at:end], end


def event_of(
    cells: list[str], headers: list[str], shop: str | None, zone: ZoneInfo
) -> Event | None:
    if not any(cell.strip() for cell in cells):
        return None
    if len(cells) < len(headers):
        raise RejectedError("reject.cells_missing")
    if any(cell.strip() for cell in cells[len(headers) :]):
        raise RejectedError("reject.cells_too_many")
    if any("\0" in cell for cell in cells[: len(headers)]):
        raise RejectedError("reject.nul")
    plain = dict(zip(headers, map(restored, cells), strict=False))
    row = {name: cell.strip(SPACE) or None for name, cell in plain.items()}
    row["text"] = plain.get("text") or None
    extra = {n: plain[n] for n in headers if n not in (*OURS, *PACKED) and plain[n].strip()}
    for name in PACKED:
        extra |= filled_in(row, name, plain.get(name, ""))
    return judged(row, extra, shop, zone)


PACKED = ("payload", "extra")


def filled_in(row: dict[str, str | None], name: str, cell: str) -> dict[str, str]:
    """Blank cells filled with what a JSON object says; what is left of it."""
    left: dict[str, str] = {}
    for key, text in object_in(name, cell).items():
        ours = alias(key)
        bare = text if ours == "text" else text.strip(SPACE)
        if ours not in UNPACKED or (name == "extra" and ours in row):
            left |= {key: text} if text.strip() else {}
        elif "\0" in bare:
            raise RejectedError("reject.nul")
        elif bare and row.get(ours) is None:
            row[ours] = bare
        elif bare and row[ours] != bare:
            left[ours] = bare
    return left


def object_in(name: str, cell: str) -> dict[str, str]:
    try:
        found = json.loads(cell)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        return {name: cell} if cell.strip() else {}
    if name == "payload" and isinstance(found.get("extra"), dict):
        found = found.pop("extra") | found
    return {key: as_cell(value) for key, value in found.items()}


def as_cell(value: object) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def judged(
    row: dict[str, str | None],
    extra: dict[str, str],
    shop: str | None,
    zone: ZoneInfo,
) -> Event:
    at = instant(row.get("at"), zone)
    actor = word(named(row), Actor, "actor")
    blank_origin = {"agent": "human", "buyer": "human", "bot": "bot", "system": "system"}[actor]
    origin = word(row.get("origin") or blank_origin, Origin, "origin")
    kind = row.get("kind") or "text"
    if not re.fullmatch(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*", kind):
        raise RejectedError("reject.kind_unknown")
    mark = row.get("mark")
    if kind in ("buyer.marked", "buyer.unmarked"):
        mark = mark or (row["text"] or "").strip(SPACE)
        if mark not in list(Mark):
            raise RejectedError("reject.mark_unknown")
    conversation = row.get("conversation") or row.get("buyer")
    if conversation is None:
        raise RejectedError("reject.buyer_missing")
    the_shop = (row["shop"] or shop) if "shop" in row else (shop or "default")
    if the_shop is None:
        raise RejectedError("reject.shop_missing")
    brief = row.get("brief")
    if brief is None and actor == "agent" and row["text"] is not None:
        brief = brief_of(row["text"])
    payload = {name: row.get(name) for name in PAYLOAD} | {"mark": mark, "brief": brief}
    return Event(
        shop=the_shop,
        channel=row.get("channel") or "file",
        conversation=conversation,
        buyer=row.get("buyer") or conversation,
        at=at,
        actor=Actor(actor),
        origin=Origin(origin),
        kind=kind,
        source_id=row.get("source_id") or "",
        account=row.get("account"),
        payload=Payload(text=row["text"], order=row.get("order"), extra=extra, **payload),
    )


def named(row: dict[str, str | None]) -> str | None:
    """The sender, who may go by the buyer's or the account's name."""
    cell = row.get("actor")
    if cell is None or cell.lower() in list(Actor):
        return cell
    if cell == row.get("buyer"):
        return "buyer"
    return "agent" if cell == row.get("account") else cell


def word(cell: str | None, words: type[Actor] | type[Origin], name: str) -> str:
    if cell is None:
        raise RejectedError(f"reject.{name}_missing")
    if cell.lower() not in list(words):
        raise RejectedError(f"reject.{name}_unknown")
    return cell.lower()


CLOCK = (
    r"(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})(?:日[ \t]*|[Tt]|[ \t]+)"
    r"(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?[ \t]*(Z|z|UTC|[+-]\d\d(?::?\d\d)?)?"
)
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def instant(cell: str | None, zone: ZoneInfo) -> datetime:
    if cell is None:
        raise RejectedError("reject.at_missing")
    try:
        at = written_instant(cell, zone)
    except (ValueError, OverflowError):
        raise RejectedError("reject.at_unreadable") from None
    if not 1990 <= at.year <= 2100:
        raise RejectedError("reject.at_out_of_range")
    return at


def written_instant(cell: str, zone: ZoneInfo) -> datetime:
    if re.fullmatch(r"\d{9,16}", cell, re.ASCII):
        return epoch(int(cell))
    if found := re.fullmatch(CLOCK, cell, re.ASCII):
        year, month, day, hour, minute, second, fraction, offset = found.groups()
        micros = int((fraction or "0")[:6].ljust(6, "0"))
        parts = (int(year), int(month), int(day), int(hour), int(minute), int(second or 0))
        return with_offset(datetime(*parts, micros), offset, zone)  # noqa: DTZ001
    weekday_first = r"[A-Z][a-z]{2} ([A-Z][a-z]{2} \d{1,2} \d\d:\d\d:\d\d [+-]\d{4} \d{4})"
    if found := re.fullmatch(weekday_first, cell, re.ASCII):
        month, day, clock, offset, year = found[1].split()
        hour, minute, second = map(int, clock.split(":"))
        number = MONTHS.index(month) + 1
        naive = datetime(int(year), number, int(day), hour, minute, second)  # noqa: DTZ001
        return with_offset(naive, offset, zone)
    raise ValueError(cell)


def epoch(number: int) -> datetime:
    micros = number * 10**6 if number < 10**11 else number * 1000 if number < 10**14 else number
    if micros > 4_133_980_800_000_000:
        raise RejectedError("reject.at_out_of_range")
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros)


def with_offset(naive: datetime, offset: str | None, zone: ZoneInfo) -> datetime:
    if offset is None:
        local = naive.replace(tzinfo=zone, fold=0)
        if local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != naive:
            raise RejectedError("reject.at_skipped")
        return local.astimezone(UTC)
    if offset in ("Z", "z", "UTC"):
        return naive.replace(tzinfo=UTC)
    digits = offset[1:].replace(":", "").ljust(4, "0")
    hours, minutes = int(digits[:2]), int(digits[2:])
    if hours > 23 or minutes > 59:
        raise ValueError(offset)
    size = timedelta(hours=hours, minutes=minutes) * (-1 if offset[0] == "-" else 1)
    return naive.replace(tzinfo=timezone(size)).astimezone(UTC)


def in_order(found: list[tuple[Event, str]]) -> list[Event]:
    """Turned round if time mostly runs backward; blank source ids made; numbered from 1."""
    steps = [later[0].at - earlier[0].at for earlier, later in pairwise(found)]
    zero = timedelta()
    if sum(step < zero for step in steps) > sum(step > zero for step in steps):
        found.reverse()
    seen: Counter[str] = Counter()
    events: list[Event] = []
    for seq, (one, fingerprint) in enumerate(found, 1):
        source_id = one.source_id
        if not source_id:
            source_id = source_id_of(fingerprint, seen[fingerprint])
            seen[fingerprint] += 1
        fields = {name: getattr(one, name) for name in one.__struct_fields__}
        events.append(Event(**{**fields, "seq": seq, "source_id": source_id}))
    return events
