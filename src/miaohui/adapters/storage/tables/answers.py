"""Requests and their answers (answer_ports.Answers): under pseudonyms and seals, so that no key, no
name and no secret of an answer stands in the table."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from miaohui.adapters.storage.answer_ports import (
    GIVEN_UP_AFTER,
    Beginning,
    Begun,
    Different,
    Remembered,
    UnderWay,
)
from miaohui.adapters.storage.sealing import pseudonym, seal, unseal
from miaohui.adapters.storage.table_ports import Tables
from miaohui.adapters.storage.tables.failures import trouble
from miaohui.domain.vocabulary.instants import instant_of, micros_of

FIND = "SELECT fingerprint, begun_at, answer FROM request WHERE request = ?"
BEGIN = """
INSERT INTO request (request, fingerprint, begun_at) VALUES (?, ?, ?) ON CONFLICT (request)
DO UPDATE SET fingerprint = excluded.fingerprint, begun_at = excluded.begun_at
"""
FINISH = "UPDATE request SET answer = ? WHERE request = ? AND begun_at = ? AND answer IS NULL"
ABANDON = "DELETE FROM request WHERE request = ? AND begun_at = ? AND answer IS NULL"
FORGET = "DELETE FROM request WHERE begun_at < ?"


class TableAnswers:
    """answer_ports.Answers on the tables of either engine."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def begin(self, caller: str, key: str, fingerprint: bytes, now: datetime) -> Beginning:
        """See answer_ports.Answers."""
        request = self._request(caller, key)
        asked = pseudonym(self._tables.keys, "fingerprint", fingerprint.hex())
        with self._tables.writing() as turn:
            row = turn.row(FIND, request)
            if row is None or _is_given_up(row[1], row[2], now):
                turn.run(BEGIN, request, asked, micros_of(now))
                return Begun(caller, key, now)
        known, begun_at, answer = row
        if known != asked:
            return Different()
        if answer is None:
            return UnderWay(instant_of(begun_at))
        return self._opened(request, answer)

    def finish(
        self, begun: Begun, status: int, body: bytes, headers: Mapping[str, str] | None = None
    ) -> bool:
        """See answer_ports.Answers."""
        request = self._request(begun.caller, begun.key)
        plain = msgspec.msgpack.encode(Remembered(status, body, headers or {}))
        answer = seal(self._tables.keys.wrapping, plain, _bound(request))
        with self._tables.writing() as turn:
            return turn.run(FINISH, answer, request, micros_of(begun.at)) > 0

    def abandon(self, begun: Begun) -> None:
        """See answer_ports.Answers."""
        request = self._request(begun.caller, begun.key)
        with self._tables.writing() as turn:
            turn.run(ABANDON, request, micros_of(begun.at))

    def forget(self, before: datetime) -> int:
        """See answer_ports.Answers."""
        with self._tables.writing() as turn:
            return turn.run(FORGET, micros_of(before))

    def _request(self, caller: str, key: str) -> bytes:
        return pseudonym(self._tables.keys, "request", caller, key)

    def _opened(self, request: bytes, answer: bytes) -> Remembered:
        plain = unseal(self._tables.keys.wrapping, answer, _bound(request))
        if plain is None:
            raise trouble("answer.damaged", self._tables)
        return msgspec.msgpack.decode(plain, type=Remembered)


def _is_given_up(begun_at: int, answer: bytes | None, now: datetime) -> bool:
    return answer is None and instant_of(begun_at) + GIVEN_UP_AFTER <= now


def _bound(request: bytes) -> bytes:
    return b"answer to " + request
