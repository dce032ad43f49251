"""The address of a database, `postgresql://user@host:5432/name`, and how it may be shown."""

SCHEMES = ("postgresql://", "postgres://")
SECRET = ("password", "sslpassword")


def is_address(written: str) -> bool:
    """Whether this is meant to be the address of a PostgreSQL database."""
    return written.startswith(SCHEMES)


def shown(url: str) -> str:
    """The address without any password."""
    scheme, _, rest = url.partition("://")
    # From the last @ on, however a password was written.
    who, at, where = rest.rpartition("@")
    place, _, query = where.partition("?")
    open_pairs = [pair for pair in query.split("&") if pair and not _is_secret(pair)]
    options = f"?{'&'.join(open_pairs)}" if open_pairs else ""
    return f"{scheme}://{who.partition(':')[0]}{at}{place}{options}"


def _is_secret(pair: str) -> bool:
    return pair.partition("=")[0].lower() in SECRET
