"""The directory in the tables of a house: the door to everything in this room."""

from collections.abc import Sequence
from datetime import datetime
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
from miaohui.adapters.storage.table_ports import Tables
from miaohui.adapters.storage.tables import recording
from miaohui.adapters.storage.tables.directory import (
    accounts,
    api_keys,
    attempts,
    credentials,
    invitations,
    places,
    roles,
    sessions,
)
from miaohui.domain.directory.accounts import Account, Channel, Group, Shop
from miaohui.domain.directory.rights import Role
from miaohui.domain.directory.secret import Secret


class TableDirectory:
    """All ports of directory_ports.py on the tables of either engine, which it closes."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    # Accounts
    def accounts(self) -> Sequence[Account]:
        """See directory_ports.Accounts."""
        return accounts.accounts(self._tables)

    def account(self, account_id: str) -> Account | None:
        """See directory_ports.Accounts."""
        return accounts.account(self._tables, account_id)

    def account_named(self, name: str) -> Account | None:
        """See directory_ports.Accounts."""
        return accounts.account_named(self._tables, name)

    def open_house(self, owner: Account, password_hash: Secret, author: Author) -> Obstacle | None:
        """See directory_ports.Accounts."""
        return accounts.open_house(self._tables, owner, password_hash, author)

    def add_account(
        self, account: Account, password_hash: Secret, author: Author
    ) -> Obstacle | None:
        """See directory_ports.Accounts."""
        return accounts.add_account(self._tables, account, password_hash, author)

    def change_account(self, account: Account, author: Author) -> Obstacle | None:
        """See directory_ports.Accounts."""
        return accounts.change_account(self._tables, account, author)

    # Roles
    def roles(self) -> Sequence[Role]:
        """See directory_ports.Roles."""
        return roles.roles(self._tables)

    def keep_role(self, role: Role, author: Author) -> Obstacle | None:
        """See directory_ports.Roles."""
        return roles.keep_role(self._tables, role, author)

    def remove_role(self, role_id: str, author: Author) -> Obstacle | None:
        """See directory_ports.Roles."""
        return roles.remove_role(self._tables, role_id, author)

    # Groups
    def groups(self) -> Sequence[Group]:
        """See directory_ports.Groups."""
        return places.groups(self._tables)

    def keep_group(self, group: Group, author: Author) -> Obstacle | None:
        """See directory_ports.Groups."""
        return places.keep_group(self._tables, group, author)

    def remove_group(self, group_id: str, author: Author) -> Obstacle | None:
        """See directory_ports.Groups."""
        return places.remove_group(self._tables, group_id, author)

    # ShopList
    def listed_shops(self) -> Sequence[Shop]:
        """See directory_ports.ShopList."""
        return places.listed_shops(self._tables)

    def keep_shop(self, shop: Shop, author: Author) -> Obstacle | None:
        """See directory_ports.ShopList."""
        return places.keep_shop(self._tables, shop, author)

    def channels(self, shop: str) -> Sequence[Channel]:
        """See directory_ports.ShopList."""
        return places.channels(self._tables, shop)

    def keep_channel(self, channel: Channel, author: Author) -> Obstacle | None:
        """See directory_ports.ShopList."""
        return places.keep_channel(self._tables, channel, author)

    # Credentials
    def credential(self, account_id: str) -> Credential | None:
        """See directory_ports.Credentials."""
        return credentials.credential(self._tables, account_id)

    def renew_hash(self, account_id: str, password_hash: Secret) -> None:
        """See directory_ports.Credentials."""
        return credentials.renew_hash(self._tables, account_id, password_hash)

    def change_password(
        self, account_id: str, password_hash: Secret, must_change: bool, author: Author
    ) -> Obstacle | None:
        """See directory_ports.Credentials."""
        return credentials.change_password(
            self._tables, account_id, password_hash, must_change, author
        )

    # SecondFactors
    def offer_one_time_secret(self, account_id: str, secret: Secret) -> None:
        """See directory_ports.SecondFactors."""
        return credentials.offer_one_time_secret(self._tables, account_id, secret)

    def offered_one_time_secret(self, account_id: str) -> Secret | None:
        """See directory_ports.SecondFactors."""
        return credentials.offered_one_time_secret(self._tables, account_id)

    def confirm_one_time_secret(
        self, account_id: str, step: int, recovery_hashes: Sequence[bytes], author: Author
    ) -> bool:
        """See directory_ports.SecondFactors."""
        return credentials.confirm_one_time_secret(
            self._tables, account_id, step, recovery_hashes, author
        )

    def use_step(self, account_id: str, step: int) -> bool:
        """See directory_ports.SecondFactors."""
        return credentials.use_step(self._tables, account_id, step)

    def use_recovery_code(self, account_id: str, code_hash: bytes, author: Author) -> bool:
        """See directory_ports.SecondFactors."""
        return credentials.use_recovery_code(self._tables, account_id, code_hash, author)

    def recovery_codes_left(self, account_id: str) -> int:
        """See directory_ports.SecondFactors."""
        return credentials.recovery_codes_left(self._tables, account_id)

    def drop_second_factor(self, account_id: str, author: Author) -> None:
        """See directory_ports.SecondFactors."""
        return credentials.drop_second_factor(self._tables, account_id, author)

    # Sessions
    def open_session(self, session: Session, token_hash: bytes) -> None:
        """See directory_ports.Sessions."""
        return sessions.open_session(self._tables, session, token_hash)

    def session(self, token_hash: bytes) -> Session | None:
        """See directory_ports.Sessions."""
        return sessions.session(self._tables, token_hash)

    def sessions(self, account_id: str) -> Sequence[Session]:
        """See directory_ports.Sessions."""
        return sessions.sessions(self._tables, account_id)

    def touch_session(self, session_id: str, now: datetime) -> None:
        """See directory_ports.Sessions."""
        return sessions.touch_session(self._tables, session_id, now)

    def end_session(self, account_id: str, session_id: str, author: Author) -> bool:
        """See directory_ports.Sessions."""
        return sessions.end_session(self._tables, account_id, session_id, author)

    def end_sessions(self, account_id: str, author: Author, but: str | None = None) -> int:
        """See directory_ports.Sessions."""
        return sessions.end_sessions(self._tables, account_id, author, but)

    def forget_sessions(self, expired_before: datetime) -> int:
        """See directory_ports.Sessions."""
        return sessions.forget_sessions(self._tables, expired_before)

    # Invitations
    def keep_invitation(
        self, invitation: Invitation, token_hash: bytes, author: Author
    ) -> Obstacle | None:
        """See directory_ports.Invitations."""
        return invitations.keep_invitation(self._tables, invitation, token_hash, author)

    def invitation(self, token_hash: bytes) -> Invitation | None:
        """See directory_ports.Invitations."""
        return invitations.invitation(self._tables, token_hash)

    def invitations(self) -> Sequence[Invitation]:
        """See directory_ports.Invitations."""
        return invitations.invitations(self._tables)

    def accept_invitation(
        self, token_hash: bytes, account: Account, password_hash: Secret, author: Author
    ) -> Obstacle | None:
        """See directory_ports.Invitations."""
        return invitations.accept_invitation(
            self._tables, token_hash, account, password_hash, author
        )

    def withdraw_invitation(self, invitation_id: str, author: Author) -> bool:
        """See directory_ports.Invitations."""
        return invitations.withdraw_invitation(self._tables, invitation_id, author)

    # ApiKeys
    def keep_api_key(self, key: ApiKey, key_hash: bytes, author: Author) -> None:
        """See directory_ports.ApiKeys."""
        return api_keys.keep_api_key(self._tables, key, key_hash, author)

    def api_key(self, prefix: str) -> tuple[ApiKey, bytes] | None:
        """See directory_ports.ApiKeys."""
        return api_keys.api_key(self._tables, prefix)

    def api_keys(self) -> Sequence[ApiKey]:
        """See directory_ports.ApiKeys."""
        return api_keys.api_keys(self._tables)

    def touch_api_key(self, key_id: str, now: datetime) -> None:
        """See directory_ports.ApiKeys."""
        return api_keys.touch_api_key(self._tables, key_id, now)

    def end_api_key(self, key_id: str, author: Author) -> bool:
        """See directory_ports.ApiKeys."""
        return api_keys.end_api_key(self._tables, key_id, author)

    # LoginFailures
    def begin_attempt(self, subjects: Sequence[Subject], now: datetime) -> datetime | None:
        """See directory_ports.LoginFailures."""
        return attempts.begin_attempt(self._tables, subjects, now)

    def excuse_attempt(self, subjects: Sequence[Subject]) -> None:
        """See directory_ports.LoginFailures."""
        return attempts.excuse_attempt(self._tables, subjects)

    def forgive(self, subject: Subject) -> None:
        """See directory_ports.LoginFailures."""
        return attempts.forgive(self._tables, subject)

    # Audit
    def record(self, author: Author, deed: Deed) -> None:
        """See directory_ports.Audit."""
        return recording.record(self._tables, author, deed)

    def audit(
        self, before: int | None = None, limit: int = 100, subject: str | None = None
    ) -> Sequence[AuditEntry]:
        """See directory_ports.Audit."""
        return recording.audit(self._tables, before, limit, subject)

    def close(self) -> None:
        """Let go."""
        self._tables.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
