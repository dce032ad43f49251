"""What should happen: the desk decides it, a pipeline makes it an event."""

import msgspec


class Assign(msgspec.Struct, frozen=True):
    """A chat is to lie with `account`; `reason` is why with them, `left` who had it until now."""

    chat: str
    account: str
    reason: str
    left: str | None = None
    group: str | None = None


class Release(msgspec.Struct, frozen=True):
    """A chat is to leave `account` and to lie with nobody, for `reason`."""

    chat: str
    account: str
    reason: str


class ChangePresence(msgspec.Struct, frozen=True):
    """An account is something else by its silence, or is heard of again: `presence` is a word of
    directory.presence."""

    account: str
    presence: str


Intent = Assign | Release | ChangePresence
