"""What the house asks of storage about people: who they are, how they get in, what they did.

Every write takes its `Author` and leaves its row in the audit log in the same transaction, with
secrets left out. Every implementation runs tests/adapters/storage/directory_contract.py. All
calls block, and raise ReaderError as the log does.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Protocol

import msgspec

from miaohui.domain.directory.accounts import Account, Channel, Group, Shop, Shops
from miaohui.domain.directory.attempts import Patience
from miaohui.domain.directory.rights import Right, Role
from miaohui.domain.directory.secret import Secret


class Obstacle(StrEnum):
    """Why something was not written; nothing has changed then."""

    UNKNOWN = "unknown"
    NAME_TAKEN = "name_taken"
    IN_USE = "in_use"
    LAST_OWNER = "last_owner"
    ALREADY_OPEN = "already_open"
    USED_UP = "used_up"
    CHANGED_MEANWHILE = "changed_meanwhile"


class Author(msgspec.Struct, frozen=True):
    """Who does something (an account's id, None for the house itself), when and from where."""

    account: str | None
    at: datetime
    address: str | None = None


class Deed(msgspec.Struct, frozen=True):
    """Something done: `what` such as `account.changed`, `subject` the id of what it was done to.

    `before` and `after` hold no secrets.
    """

    what: str
    subject: str
    before: Mapping[str, object] | None = None
    after: Mapping[str, object] | None = None


class AuditEntry(msgspec.Struct, frozen=True):
    """A deed as the audit log keeps it; `number` grows by time."""

    number: int
    author: Author
    deed: Deed


class Credential(msgspec.Struct, frozen=True):
    """What an account proves itself with. `one_time_secret` is None without a second factor."""

    password_hash: Secret
    one_time_secret: Secret | None = None


class Session(msgspec.Struct, frozen=True):
    """A device that is logged in. Whoever holds its token is the account until it expires."""

    id: str
    account: str
    device: str
    address: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime


class Invitation(msgspec.Struct, frozen=True):
    """A link by which one person joins the house, once."""

    id: str
    role: Role
    shops: Shops
    groups: frozenset[str]
    invited_by: str
    created_at: datetime
    expires_at: datetime


class ApiKey(msgspec.Struct, frozen=True):
    """A machine that acts for an account. `prefix` is the part of the key that may be shown."""

    id: str
    prefix: str
    label: str
    rights: frozenset[Right]
    shops: Shops
    account: str
    created_at: datetime
    expires_at: datetime | None = None
    last_used_at: datetime | None = None


class Subject(NamedTuple):
    """Whose failures are counted: `scope` is `account` or `address`."""

    scope: str
    name: str
    patience: Patience


class Accounts(Protocol):
    """Sub-accounts. None is ever deleted: their figures and deeds stay."""

    def accounts(self) -> Sequence[Account]:
        """All accounts, by the key of their names."""
        ...

    def account(self, account_id: str) -> Account | None:
        """The account of an id."""
        ...

    def account_named(self, name: str) -> Account | None:
        """The account that logs in with a name, however it is written."""
        ...

    def open_house(self, owner: Account, password_hash: Secret, author: Author) -> Obstacle | None:
        """Add the very first account; ALREADY_OPEN if there is any."""
        ...

    def add_account(
        self, account: Account, password_hash: Secret, author: Author
    ) -> Obstacle | None:
        """Add an account. NAME_TAKEN, or UNKNOWN for its role or one of its groups."""
        ...

    def change_account(self, account: Account, author: Author) -> Obstacle | None:
        """Replace what is known of an account.

        Deactivating ends its sessions, API keys and open invitations. NAME_TAKEN; UNKNOWN; and
        LAST_OWNER if no active owner of every shop would be left.
        """
        ...


class Roles(Protocol):
    """Built-in and own roles."""

    def roles(self) -> Sequence[Role]:
        """All roles, built-in ones first."""
        ...

    def keep_role(self, role: Role, author: Author) -> Obstacle | None:
        """Add or change an own role. NAME_TAKEN; IN_USE for a built-in one."""
        ...

    def remove_role(self, role_id: str, author: Author) -> Obstacle | None:
        """UNKNOWN for one that is not there; IN_USE for a built-in one and while anybody, or an
        invitation, has it."""
        ...


class Groups(Protocol):
    """Groups of accounts."""

    def groups(self) -> Sequence[Group]:
        """All groups, by the key of their names."""
        ...

    def keep_group(self, group: Group, author: Author) -> Obstacle | None:
        """Add or change a group. NAME_TAKEN."""
        ...

    def remove_group(self, group_id: str, author: Author) -> Obstacle | None:
        """UNKNOWN; IN_USE while any account or open invitation is in it."""
        ...


class ShopList(Protocol):
    """Shops and their channels. None is deleted, as their log stays."""

    def listed_shops(self) -> Sequence[Shop]:
        """All shops, by id."""
        ...

    def keep_shop(self, shop: Shop, author: Author) -> Obstacle | None:
        """Add or change a shop. NAME_TAKEN."""
        ...

    def channels(self, shop: str) -> Sequence[Channel]:
        """The channels of a shop, by id."""
        ...

    def keep_channel(self, channel: Channel, author: Author) -> Obstacle | None:
        """Add or change a channel. UNKNOWN for its shop."""
        ...


class Credentials(Protocol):
    """Passwords and second factors. Hashes only, and secrets sealed under the master key."""

    def credential(self, account_id: str) -> Credential | None:
        """What an account proves itself with."""
        ...

    def renew_hash(self, account_id: str, password_hash: Secret) -> None:
        """The same password under newer parameters: no deed."""
        ...

    def change_password(
        self, account_id: str, password_hash: Secret, must_change: bool, author: Author
    ) -> Obstacle | None:
        """Set a password and end all sessions of the account. UNKNOWN."""
        ...


class SecondFactors(Protocol):
    """One-time codes and recovery codes."""

    def offer_one_time_secret(self, account_id: str, secret: Secret) -> None:
        """Keep a secret beside the one in use until a code of it confirms it."""
        ...

    def offered_one_time_secret(self, account_id: str) -> Secret | None:
        """The secret that waits for its first code."""
        ...

    def confirm_one_time_secret(
        self, account_id: str, step: int, recovery_hashes: Sequence[bytes], author: Author
    ) -> bool:
        """Put the offered secret in use, its code of `step` used up, with new recovery codes.

        False if none was offered.
        """
        ...

    def use_step(self, account_id: str, step: int) -> bool:
        """Use a code up; False if one of this step or a later one was used before."""
        ...

    def use_recovery_code(self, account_id: str, code_hash: bytes, author: Author) -> bool:
        """Use a recovery code up; False if it is none or was used before."""
        ...

    def recovery_codes_left(self, account_id: str) -> int:
        """How many recovery codes can still be used."""
        ...

    def drop_second_factor(self, account_id: str, author: Author) -> None:
        """Forget the secrets and recovery codes of an account and end its sessions."""
        ...


class Sessions(Protocol):
    """Who is logged in, on which device. A token is known by its hash alone."""

    def open_session(self, session: Session, token_hash: bytes) -> None:
        """Keep a new session."""
        ...

    def session(self, token_hash: bytes) -> Session | None:
        """The session of a token, if it was not revoked; whether it expired is for the reader."""
        ...

    def sessions(self, account_id: str) -> Sequence[Session]:
        """The sessions of an account that are not revoked, newest first."""
        ...

    def touch_session(self, session_id: str, now: datetime) -> None:
        """It was just used."""
        ...

    def end_session(self, account_id: str, session_id: str, author: Author) -> bool:
        """Revoke one session of an account; False if there is none."""
        ...

    def end_sessions(self, account_id: str, author: Author, but: str | None = None) -> int:
        """Revoke all sessions of an account but one; how many."""
        ...

    def forget_sessions(self, expired_before: datetime) -> int:
        """Delete those that expired long ago; how many."""
        ...


class Invitations(Protocol):
    """Links by which people join."""

    def keep_invitation(
        self, invitation: Invitation, token_hash: bytes, author: Author
    ) -> Obstacle | None:
        """Keep a new invitation. UNKNOWN for its role or one of its groups."""
        ...

    def invitation(self, token_hash: bytes) -> Invitation | None:
        """The open invitation of a token; whether it expired is for the reader."""
        ...

    def invitations(self) -> Sequence[Invitation]:
        """All open invitations, newest first."""
        ...

    def accept_invitation(
        self, token_hash: bytes, account: Account, password_hash: Secret, author: Author
    ) -> Obstacle | None:
        """Use an invitation up and add its account. USED_UP, or NAME_TAKEN (it stays open)."""
        ...

    def withdraw_invitation(self, invitation_id: str, author: Author) -> bool:
        """Close an open invitation; False if there is none."""
        ...


class ApiKeys(Protocol):
    """Keys of machines. A key is known by its prefix and its hash alone."""

    def keep_api_key(self, key: ApiKey, key_hash: bytes, author: Author) -> None:
        """Keep a new key."""
        ...

    def api_key(self, prefix: str) -> tuple[ApiKey, bytes] | None:
        """The living key of a prefix, and the hash of the whole."""
        ...

    def api_keys(self) -> Sequence[ApiKey]:
        """All living keys, newest first."""
        ...

    def touch_api_key(self, key_id: str, now: datetime) -> None:
        """It was just used."""
        ...

    def end_api_key(self, key_id: str, author: Author) -> bool:
        """End a key; False if there is none."""
        ...


class LoginFailures(Protocol):
    """Failed log-ins; what is kept outlives restarts and names nobody."""

    def begin_attempt(self, subjects: Sequence[Subject], now: datetime) -> datetime | None:
        """Count a failure of every subject beforehand, so that guesses at once count as well.

        Returns until when one of them is locked; then nothing was counted.
        """
        ...

    def excuse_attempt(self, subjects: Sequence[Subject]) -> None:
        """Take one failure of each back: the guess was right."""
        ...

    def forgive(self, subject: Subject) -> None:
        """Forget all failures of one."""
        ...


class Audit(Protocol):
    """What was done, for ever: rows are added and never changed."""

    def record(self, author: Author, deed: Deed) -> None:
        """Add a deed that is no write of its own: an export, a name unmasked."""
        ...

    def audit(
        self, before: int | None = None, limit: int = 100, subject: str | None = None
    ) -> Sequence[AuditEntry]:
        """The newest entries with a number below `before`, newest first; of a subject if given.

        The last one's number is the cursor of the next page.
        """
        ...


class Directory(
    Accounts,
    Roles,
    Groups,
    ShopList,
    Credentials,
    SecondFactors,
    Sessions,
    Invitations,
    ApiKeys,
    LoginFailures,
    Audit,
    Protocol,
):
    """Everything about people in one place, as a storage gives it."""
