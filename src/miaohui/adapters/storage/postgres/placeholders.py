"""`?` in a statement, as all small tables write it, turned into `$1`, `$2`, … of PostgreSQL."""

from functools import lru_cache

STATEMENTS = 1024


@lru_cache(STATEMENTS)
def numbered(statement: str) -> str:
    """The statement with its places numbered. Raises ValueError for a `?` inside quotes."""
    written, *rest = statement.split("?")
    for place, part in enumerate(rest, 1):
        if written.count("'") % 2 or written.count('"') % 2:
            raise ValueError(f"a ? stands inside quotes: {statement}")
        written += f"${place}{part}"
    return written
