"""Who has read what (read_ports.ReadMarks), a row a chat."""

from collections.abc import Collection, Mapping

from miaohui.adapters.storage.read_ports import ReadUpTo
from miaohui.adapters.storage.table_ports import Tables

AT_ONCE = 500
FIND = "SELECT chat, buyer, agent FROM read_mark WHERE chat IN ({})"
KEEP = """
INSERT INTO read_mark (chat, buyer, agent) VALUES (?, ?, ?)
ON CONFLICT (chat) DO UPDATE SET
    buyer = CASE WHEN excluded.buyer > read_mark.buyer
        THEN excluded.buyer ELSE read_mark.buyer END,
    agent = CASE WHEN excluded.agent > read_mark.agent
        THEN excluded.agent ELSE read_mark.agent END
"""


class TableReadMarks:
    """read_ports.ReadMarks on the tables of either engine."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def read(self, chat_ids: Collection[str]) -> Mapping[str, ReadUpTo]:
        """See read_ports.ReadMarks."""
        found: dict[str, ReadUpTo] = {}
        wanted = list(chat_ids)
        with self._tables.reading() as turn:
            for first in range(0, len(wanted), AT_ONCE):
                some = wanted[first : first + AT_ONCE]
                question = FIND.format(", ".join("?" * len(some)))
                found |= {chat: ReadUpTo(*marks) for chat, *marks in turn.rows(question, *some)}
        return found

    def keep(self, marks: Mapping[str, ReadUpTo]) -> None:
        """See read_ports.ReadMarks."""
        if marks:
            with self._tables.writing() as turn:
                turn.run_many(KEEP, [(chat, *each) for chat, each in marks.items()])

    def forget(self, chat_ids: Collection[str]) -> None:
        """See read_ports.ReadMarks."""
        with self._tables.writing() as turn:
            turn.run_many("DELETE FROM read_mark WHERE chat = ?", [(chat,) for chat in chat_ids])
