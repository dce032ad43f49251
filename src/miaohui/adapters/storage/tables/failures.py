"""What the reader can mend about what lies in the tables."""

from miaohui.adapters.storage.table_ports import Tables
from miaohui.domain.vocabulary.problems import Problem, ReaderError


def trouble(key: str, tables: Tables, **values: object) -> ReaderError:
    """A ReaderError about the tables of a place."""
    return ReaderError(Problem(key, {"path": tables.place, **values}, file=tables.place))
