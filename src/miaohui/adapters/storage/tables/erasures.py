"""Erasures that were asked for, and the progress of the daily forgetting (erasure_ports)."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

import msgspec

from miaohui.adapters.storage.buyer_ports import Who
from miaohui.adapters.storage.directory_ports import Author, Deed
from miaohui.adapters.storage.erasure_ports import GIVEN_UP_AFTER, Erasure, Progress, Stage
from miaohui.adapters.storage.table_ports import Tables, Turn
from miaohui.adapters.storage.tables.recording import write_deed
from miaohui.domain.vocabulary.instants import instant_of, micros_of

COLUMNS = "id, shop, whom, chats, state, asked_at, asked_by, changed_at"
ASK = f"INSERT INTO erasure ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
FIND = f"SELECT {COLUMNS} FROM erasure WHERE shop = ? AND id = ?"  # noqa: S608
NEWEST = f"""
SELECT {COLUMNS} FROM erasure WHERE shop = ? AND whom = ? ORDER BY id DESC LIMIT 1
"""  # noqa: S608
OF_SHOP = f"""
SELECT {COLUMNS} FROM erasure WHERE shop = ? AND id < ? ORDER BY id DESC LIMIT ?
"""  # noqa: S608
UNFINISHED = f"SELECT {COLUMNS} FROM erasure WHERE state <> 'done' ORDER BY id"  # noqa: S608
CLAIM = """
UPDATE erasure SET state = 'begun', changed_at = ?
WHERE id = ? AND (state = 'asked' OR (state <> 'done' AND changed_at <= ?))
"""
REACH = "UPDATE erasure SET state = ?, changed_at = ? WHERE id = ?"
FIND_PROGRESS = "SELECT day, reached, buyers, pictures FROM forgetting WHERE shop = ?"
KEEP_PROGRESS = """
INSERT INTO forgetting (shop, day, reached, buyers, pictures) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (shop) DO UPDATE SET day = excluded.day, reached = excluded.reached,
    buyers = excluded.buyers, pictures = excluded.pictures
"""
DONE = -1
BEHIND_ALL = "~"  # ids are of digits, letters and dashes


class TableErasures:
    """erasure_ports.Erasures and Forgettings on the tables of either engine."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    # Erasures
    def ask(self, erasure: Erasure, author: Author) -> Erasure:
        """See erasure_ports.Erasures."""
        whom = _written(erasure.whom)
        with self._tables.writing() as turn:
            known = _newest(turn, erasure.shop, whom)
            if known is not None and known.stage is not Stage.DONE:
                return known
            at = micros_of(erasure.asked_at)
            chats = msgspec.json.encode(sorted(erasure.chats)).decode()
            cells = erasure.id, erasure.shop, whom, chats, "asked", at, erasure.asked_by, at
            turn.run(ASK, *cells)
            write_deed(turn, author, Deed("buyer.erased", f"{erasure.shop}/{erasure.id}"))
        return erasure

    def find(self, shop: str, erasure_id: str) -> Erasure | None:
        """See erasure_ports.Erasures."""
        with self._tables.reading() as turn:
            row = turn.row(FIND, shop, erasure_id)
        return None if row is None else _erasure(*row)

    def newest(self, shop: str, whom: Collection[Who]) -> Erasure | None:
        """See erasure_ports.Erasures."""
        with self._tables.reading() as turn:
            return _newest(turn, shop, _written(whom))

    def of_shop(self, shop: str, before: str | None, limit: int) -> Sequence[Erasure]:
        """See erasure_ports.Erasures."""
        with self._tables.reading() as turn:
            return [_erasure(*row) for row in turn.rows(OF_SHOP, shop, before or BEHIND_ALL, limit)]

    def claim(self, erasure_id: str, now: datetime) -> bool:
        """See erasure_ports.Erasures."""
        with self._tables.writing() as turn:
            before = micros_of(now - GIVEN_UP_AFTER)
            return turn.run(CLAIM, micros_of(now), erasure_id, before) > 0

    def reach(self, erasure_id: str, stage: Stage, now: datetime) -> None:
        """See erasure_ports.Erasures."""
        with self._tables.writing() as turn:
            turn.run(REACH, stage.value, micros_of(now), erasure_id)

    def unfinished(self) -> Sequence[Erasure]:
        """See erasure_ports.Erasures."""
        with self._tables.reading() as turn:
            return [_erasure(*row) for row in turn.rows(UNFINISHED)]

    # Forgettings
    def progress(self, shop: str) -> Progress | None:
        """See erasure_ports.Forgettings."""
        with self._tables.reading() as turn:
            row = turn.row(FIND_PROGRESS, shop)
        if row is None:
            return None
        day, reached, buyers, pictures = row
        return Progress(
            date.fromisoformat(day), None if reached == DONE else reached, buyers, pictures
        )

    def keep_progress(self, shop: str, progress: Progress, author: Author) -> None:
        """See erasure_ports.Forgettings."""
        reached = DONE if progress.reached is None else progress.reached
        told = {"buyers": progress.buyers, "pictures": progress.pictures}
        with self._tables.writing() as turn:
            turn.run(KEEP_PROGRESS, shop, progress.day.isoformat(), reached, *told.values())
            if progress.reached is None and any(told.values()):
                write_deed(turn, author, Deed("retention.kept", shop, after=told))


def _newest(turn: Turn, shop: str, whom: str) -> Erasure | None:
    row = turn.row(NEWEST, shop, whom)
    return None if row is None else _erasure(*row)


def _written(whom: Collection[Who]) -> str:
    """Always alike for the same buyers."""
    return msgspec.json.encode(sorted({(who.channel, who.pseudonym) for who in whom})).decode()


def _erasure(
    id_: str, shop: str, whom: str, chats: str, stage: str, asked_at: int, *rest: Any
) -> Erasure:
    asked_by, changed_at = rest
    pairs = msgspec.json.decode(whom, type=list[tuple[str, str]])
    return Erasure(
        id_,
        shop,
        tuple(Who(shop, *pair) for pair in pairs),
        tuple(msgspec.json.decode(chats, type=list[str])),
        instant_of(asked_at),
        asked_by,
        Stage(stage),
        instant_of(changed_at),
    )
