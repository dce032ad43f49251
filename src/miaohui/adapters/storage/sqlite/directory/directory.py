"""The directory in one SQLite file: the door to everything in this room."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Self

from miaohui.adapters.storage.directory_ports import (
    ApiKey,
    AuditEntry,
    Author,
    Credential,
    Deed,
    Invitation,
    Obstacle,
    Session,
    Subject,
)
from miaohui.adapters.storage.master_key import read_master_key
from miaohui.adapters.storage.sealing import derive_keys
from miaohui.adapters.storage.sqlite.connection import connect
from miaohui.adapters.storage.sqlite.directory import (
    accounts,
    api_keys,
    attempts,
    credentials,
    invitations,
    places,
    recording,
    roles,
    sessions,
)
from miaohui.adapters.storage.sqlite.directory.ledger import Ledger
from miaohui.adapters.storage.sqlite.failures import told_to_the_reader
from miaohui.adapters.storage.sqlite.log import PATIENCE_SECONDS, open_log
from miaohui.domain.directory.accounts import Account, Channel, Group, Shop
from miaohui.domain.directory.rights import Role
from miaohui.domain.directory.secret import Secret


class SqliteDirectory:
    """All ports of directory_ports.py on one SQLite file. Threads and processes may share it."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    # Accounts
    def accounts(self) -> Sequence[Account]:
        """See directory_ports.Accounts."""
        return accounts.accounts(self._ledger)

    def account(self, account_id: str) -> Account | None:
        """See directory_ports.Accounts."""
        return accounts.account(self._ledger, account_id)

    def account_named(self, name: str) -> Account | None:
        """See directory_ports.Accounts."""
        return accounts.account_named(self._ledger, name)

    def open_house(self, owner: Account, password_hash: Secret, author: Author) -> Obstacle | None:
        """See directory_ports.Accounts."""
        return accounts.open_house(self._ledger, owner, password_hash, author)

    def add_account(
        self, account: Account, password_hash: Secret, author: Author
    ) -> Obstacle | None:
        """See directory_ports.Accounts."""
        return accounts.add_account(self._ledger, account, password_hash, author)

    def change_account(self, account: Account, author: Author) -> Obstacle | None:
        """See directory_ports.Accounts."""
        return accounts.change_account(self._ledger, account, author)

    # Roles
    def roles(self) -> Sequence[Role]:
        """See directory_ports.Roles."""
        return roles.roles(self._ledger)

    def keep_role(self, role: Role, author: Author) -> Obstacle | None:
        """See directory_ports.Roles."""
        return roles.keep_role(self._ledger, role, author)

    def remove_role(self, role_id: str, author: Author) -> Obstacle | None:
        """See directory_ports.Roles."""
        return roles.remove_role(self._ledger, role_id, author)

    # Groups
    def groups(self) -> Sequence[Group]:
        """See directory_ports.Groups."""
        return places.groups(self._ledger)

    def keep_group(self, group: Group, author: Author) -> Obstacle | None:
        """See directory_ports.Groups."""
        return places.keep_group(self._ledger, group, author)

    def remove_group(self, group_id: str, author: Author) -> Obstacle | None:
        """See directory_ports.Groups."""
        return places.remove_group(self._ledger, group_id, author)

    # ShopList
    def listed_shops(self) -> Sequence[Shop]:
        """See directory_ports.ShopList."""
        return places.listed_shops(self._ledger)

    def keep_shop(self, shop: Shop, author: Author) -> Obstacle | None:
        """See directory_ports.ShopList."""
        return places.keep_shop(self._ledger, shop, author)

    def channels(self, shop: str) -> Sequence[Channel]:
        """See directory_ports.ShopList."""
        return places.channels(self._ledger, shop)

    def keep_channel(self, channel: Channel, author: Author) -> Obstacle | None:
        """See directory_ports.ShopList."""
        return places.keep_channel(self._ledger, channel, author)

    # Credentials
    def credential(self, account_id: str) -> Credential | None:
        """See directory_ports.Credentials."""
        return credentials.credential(self._ledger, account_id)

    def renew_hash(self, account_id: str, password_hash: Secret) -> None:
        """See directory_ports.Credentials."""
        return credentials.renew_hash(self._ledger, account_id, password_hash)

    def change_password(
        self, account_id: str, password_hash: Secret, must_change: bool, author: Author
    ) -> Obstacle | None:
        """See directory_ports.Credentials."""
        return credentials.change_password(
            self._ledger, account_id, password_hash, must_change, author
        )

    # SecondFactors
    def offer_one_time_secret(self, account_id: str, secret: Secret) -> None:
        """See directory_ports.SecondFactors."""
        return credentials.offer_one_time_secret(self._ledger, account_id, secret)

    def offered_one_time_secret(self, account_id: str) -> Secret | None:
        """See directory_ports.SecondFactors."""
        return credentials.offered_one_time_secret(self._ledger, account_id)

    def confirm_one_time_secret(
        self, account_id: str, step: int, recovery_hashes: Sequence[bytes], author: Author
    ) -> bool:
        """See directory_ports.SecondFactors."""
        return credentials.confirm_one_time_secret(
            self._ledger, account_id, step, recovery_hashes, author
        )

    def use_step(self, account_id: str, step: int) -> bool:
        """See directory_ports.SecondFactors."""
        return credentials.use_step(self._ledger, account_id, step)

    def use_recovery_code(self, account_id: str, code_hash: bytes, author: Author) -> bool:
        """See directory_ports.SecondFactors."""
        return credentials.use_recovery_code(self._ledger, account_id, code_hash, author)

    def recovery_codes_left(self, account_id: str) -> int:
        """See directory_ports.SecondFactors."""
        return credentials.recovery_codes_left(self._ledger, account_id)

    def drop_second_factor(self, account_id: str, author: Author) -> None:
        """See directory_ports.SecondFactors."""
        return credentials.drop_second_factor(self._ledger, account_id, author)

    # Sessions
    def open_session(self, session: Session, token_hash: bytes) -> None:
        """See directory_ports.Sessions."""
        return sessions.open_session(self._ledger, session, token_hash)

    def session(self, token_hash: bytes) -> Session | None:
        """See directory_ports.Sessions."""
        return sessions.session(self._ledger, token_hash)

    def sessions(self, account_id: str) -> Sequence[Session]:
        """See directory_ports.Sessions."""
        return sessions.sessions(self._ledger, account_id)

    def touch_session(self, session_id: str, now: datetime) -> None:
        """See directory_ports.Sessions."""
        return sessions.touch_session(self._ledger, session_id, now)

    def end_session(self, account_id: str, session_id: str, author: Author) -> bool:
        """See directory_ports.Sessions."""
        return sessions.end_session(self._ledger, account_id, session_id, author)

    def end_sessions(self, account_id: str, author: Author, but: str | None = None) -> int:
        """See directory_ports.Sessions."""
        return sessions.end_sessions(self._ledger, account_id, author, but)

    def forget_sessions(self, expired_before: datetime) -> int:
        """See directory_ports.Sessions."""
        return sessions.forget_sessions(self._ledger, expired_before)

    # Invitations
    def keep_invitation(
        self, invitation: Invitation, token_hash: bytes, author: Author
    ) -> Obstacle | None:
        """See directory_ports.Invitations."""
        return invitations.keep_invitation(self._ledger, invitation, token_hash, author)

    def invitation(self, token_hash: bytes) -> Invitation | None:
        """See directory_ports.Invitations."""
        return invitations.invitation(self._ledger, token_hash)

    def invitations(self) -> Sequence[Invitation]:
        """See directory_ports.Invitations."""
        return invitations.invitations(self._ledger)

    def accept_invitation(
        self, token_hash: bytes, account: Account, password_hash: Secret, author: Author
    ) -> Obstacle | None:
        """See directory_ports.Invitations."""
        return invitations.accept_invitation(
            self._ledger, token_hash, account, password_hash, author
        )

    def withdraw_invitation(self, invitation_id: str, author: Author) -> bool:
        """See directory_ports.Invitations."""
        return invitations.withdraw_invitation(self._ledger, invitation_id, author)

    # ApiKeys
    def keep_api_key(self, key: ApiKey, key_hash: bytes, author: Author) -> None:
        """See directory_ports.ApiKeys."""
        return api_keys.keep_api_key(self._ledger, key, key_hash, author)

    def api_key(self, prefix: str) -> tuple[ApiKey, bytes] | None:
        """See directory_ports.ApiKeys."""
        return api_keys.api_key(self._ledger, prefix)

    def api_keys(self) -> Sequence[ApiKey]:
        """See directory_ports.ApiKeys."""
        return api_keys.api_keys(self._ledger)

    def touch_api_key(self, key_id: str, now: datetime) -> None:
        """See directory_ports.ApiKeys."""
        return api_keys.touch_api_key(self._ledger, key_id, now)

    def end_api_key(self, key_id: str, author: Author) -> bool:
        """See directory_ports.ApiKeys."""
        return api_keys.end_api_key(self._ledger, key_id, author)

    # LoginFailures
    def begin_attempt(self, subjects: Sequence[Subject], now: datetime) -> datetime | None:
        """See directory_ports.LoginFailures."""
        return attempts.begin_attempt(self._ledger, subjects, now)

    def excuse_attempt(self, subjects: Sequence[Subject]) -> None:
        """See directory_ports.LoginFailures."""
        return attempts.excuse_attempt(self._ledger, subjects)

    def forgive(self, subject: Subject) -> None:
        """See directory_ports.LoginFailures."""
        return attempts.forgive(self._ledger, subject)

    # Audit
    def record(self, author: Author, deed: Deed) -> None:
        """See directory_ports.Audit."""
        return recording.record(self._ledger, author, deed)

    def audit(
        self, before: int | None = None, limit: int = 100, subject: str | None = None
    ) -> Sequence[AuditEntry]:
        """See directory_ports.Audit."""
        return recording.audit(self._ledger, before, limit, subject)

    def close(self) -> None:
        """Let go."""
        with self._ledger.lock, told_to_the_reader(self._ledger.path):
            self._ledger.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_directory(
    path: Path,
    master_key_file: Path,
    clock: Callable[[], datetime],
    chance: Callable[[int], int],
    *,
    create: bool = True,
    patience_seconds: float = PATIENCE_SECONDS,
) -> SqliteDirectory:
    """Open the directory in the log at `path`, which is made as `open_log` makes it.

    Raises ReaderError as `open_log` does.
    """
    open_log(
        path, master_key_file, clock, chance, create=create, patience_seconds=patience_seconds
    ).close()
    keys = derive_keys(read_master_key(master_key_file))
    with told_to_the_reader(path):
        connection = connect(path, create=False, patience_seconds=patience_seconds)
    return SqliteDirectory(Ledger(path, connection, keys, RLock()))
