"""What is a mailbox, and what only looks like one."""

from email.errors import MessageError
from email.headerregistry import Address


def mailbox(written: str) -> Address | None:
    """The mailbox that a text names; None unless it is a plain `name@example.com` in ASCII."""
    if not written.isascii() or not written.isprintable():
        return None
    try:
        address = Address(addr_spec=written)
    except (MessageError, ValueError, IndexError):
        return None
    plain = address.addr_spec == written and '"' not in written
    return address if plain and address.username and address.domain else None
