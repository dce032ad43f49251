"""Drafts, quick replies, addresses and told alarms (desk_ports.DeskStore)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from hashlib import sha256

import msgspec

from miaohui.adapters.storage.desk_ports import Draft, Reachable
from miaohui.adapters.storage.directory_ports import Author, Deed, Obstacle
from miaohui.adapters.storage.sealing import seal, unseal
from miaohui.adapters.storage.table_ports import Tables, Turn
from miaohui.adapters.storage.tables.cards import card_of, plain_of
from miaohui.adapters.storage.tables.recording import write_deed
from miaohui.domain.directory.quick_replies import QuickReply
from miaohui.domain.directory.secret import Secret
from miaohui.domain.vocabulary.instants import instant_of, micros_of

KEEP_DRAFT = """
INSERT INTO draft (account, chat, sealed, changed_at) VALUES (?, ?, ?, ?)
ON CONFLICT (account, chat) DO UPDATE
SET sealed = excluded.sealed, changed_at = excluded.changed_at
WHERE excluded.changed_at >= draft.changed_at
"""
FORGET_DRAFT = "DELETE FROM draft WHERE account = ? AND chat = ? AND changed_at <= ?"
FIND_DRAFTS = """
SELECT chat, sealed, changed_at FROM draft WHERE account = ? ORDER BY changed_at DESC, chat
"""
KEEP_REPLY = """
INSERT INTO quick_reply (id, card) VALUES (?, ?)
ON CONFLICT (id) DO UPDATE SET card = excluded.card
"""
KEEP_ADDRESS = """
INSERT INTO reachable (account, way, mark, sealed, kept_at) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (account, way, mark) DO NOTHING
"""
FORGET_ADDRESS = "DELETE FROM reachable WHERE account = ? AND way = ? AND mark = ?"
KEEP_ALARM = """
INSERT INTO told_alarm (name, card) VALUES (?, ?)
ON CONFLICT (name) DO UPDATE SET card = excluded.card
"""


class TableDesk:
    """desk_ports.DeskStore on the tables of either engine."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    # Drafts
    def keep_draft(self, account: str, draft: Draft) -> None:
        """See desk_ports.Drafts."""
        at = micros_of(draft.changed_at)
        with self._tables.writing() as turn:
            if not draft.text:
                turn.run(FORGET_DRAFT, account, draft.chat, at)
                return
            sealed = self._sealed(draft.text, _bound("draft", account, draft.chat))
            turn.run(KEEP_DRAFT, account, draft.chat, sealed, at)

    def drafts(self, account: str) -> Sequence[Draft]:
        """See desk_ports.Drafts. One that does not open any more is none."""
        with self._tables.reading() as turn:
            rows = turn.rows(FIND_DRAFTS, account)
        told = ((chat, self._open(sealed, "draft", account, chat), at) for chat, sealed, at in rows)
        return [Draft(chat, text, instant_of(at)) for chat, text, at in told if text is not None]

    def forget_drafts(self, chats: Collection[str]) -> None:
        """See desk_ports.Drafts."""
        with self._tables.writing() as turn:
            turn.run_many("DELETE FROM draft WHERE chat = ?", [(chat,) for chat in chats])

    # Quick replies
    def quick_replies(self) -> Sequence[QuickReply]:
        """See desk_ports.QuickReplies."""
        with self._tables.reading() as turn:
            rows = turn.rows("SELECT card FROM quick_reply")
        replies = [msgspec.json.decode(card, type=QuickReply) for (card,) in rows]
        return sorted(replies, key=lambda each: (each.folder, each.place, each.title, each.id))

    def keep_quick_replies(self, replies: Sequence[QuickReply], author: Author) -> None:
        """See desk_ports.QuickReplies."""
        with self._tables.writing() as turn:
            for reply in replies:
                before = _reply(turn, reply.id)
                if before != reply:
                    turn.run(KEEP_REPLY, reply.id, card_of(plain_of(reply)))
                    old = None if before is None else plain_of(before)
                    deed = Deed("quick_reply.kept", reply.id, old, plain_of(reply))
                    write_deed(turn, author, deed)

    def remove_quick_reply(self, reply_id: str, author: Author) -> Obstacle | None:
        """See desk_ports.QuickReplies."""
        with self._tables.writing() as turn:
            before = _reply(turn, reply_id)
            if before is None:
                return Obstacle.UNKNOWN
            turn.run("DELETE FROM quick_reply WHERE id = ?", reply_id)
            write_deed(turn, author, Deed("quick_reply.removed", reply_id, plain_of(before)))
        return None

    # Addresses
    def keep_address(self, reachable: Reachable, now: datetime) -> None:
        """See desk_ports.AddressBook."""
        account, way, address = reachable
        sealed = self._sealed(address.reveal(), _bound("address", account, way))
        with self._tables.writing() as turn:
            turn.run(KEEP_ADDRESS, account, way, _mark(address), sealed, micros_of(now))

    def addresses(self, accounts: Collection[str]) -> Sequence[Reachable]:
        """See desk_ports.AddressBook."""
        with self._tables.reading() as turn:
            rows = turn.rows("SELECT account, way, sealed FROM reachable ORDER BY kept_at")
        told = [
            (account, way, self._open(sealed, "address", account, way))
            for account, way, sealed in rows
            if account in accounts
        ]
        return [
            Reachable(account, way, Secret(address))
            for account, way, address in told
            if address is not None
        ]

    def forget_address(self, reachable: Reachable) -> None:
        """See desk_ports.AddressBook."""
        account, way, address = reachable
        with self._tables.writing() as turn:
            turn.run(FORGET_ADDRESS, account, way, _mark(address))

    # Alarms
    def told_alarms(self) -> Mapping[str, bytes]:
        """See desk_ports.ToldAlarms."""
        with self._tables.reading() as turn:
            return dict(turn.rows("SELECT name, card FROM told_alarm"))

    def keep_told_alarms(self, cards: Mapping[str, bytes], gone: Collection[str]) -> None:
        """See desk_ports.ToldAlarms."""
        with self._tables.writing() as turn:
            turn.run_many("DELETE FROM told_alarm WHERE name = ?", [(name,) for name in gone])
            turn.run_many(KEEP_ALARM, list(cards.items()))

    def _sealed(self, text: str, bound: bytes) -> bytes:
        return seal(self._tables.keys.wrapping, text.encode("utf-8", "surrogatepass"), bound)

    def _open(self, sealed: bytes, *names: str) -> str | None:
        plain = unseal(self._tables.keys.wrapping, sealed, _bound(*names))
        return None if plain is None else plain.decode("utf-8", "surrogatepass")


def _reply(turn: Turn, reply_id: str) -> QuickReply | None:
    row = turn.row("SELECT card FROM quick_reply WHERE id = ?", reply_id)
    return None if row is None else msgspec.json.decode(row[0], type=QuickReply)


def _mark(address: Secret) -> bytes:
    """Tells addresses apart without telling them."""
    return sha256(address.reveal().encode()).digest()


def _bound(*names: str) -> bytes:
    return "".join(f"{len(name)}:{name}" for name in names).encode()
