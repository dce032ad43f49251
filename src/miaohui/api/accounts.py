"""Sub-accounts, kept by those who may manage them."""

import asyncio
from collections.abc import Sequence
from typing import Any

import msgspec
from litestar import Request, delete, get, post, put
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath, JSONBody
from msgspec.structs import replace

from miaohui.adapters.storage.directory_ports import Obstacle
from miaohui.api.bodies import Asked, Confidential, Typed
from miaohui.api.callers import Callers, by_of, caller_of, needs
from miaohui.api.me import PresenceWanted
from miaohui.api.openapi import ASKING, CHANGING, example
from miaohui.api.pages import Cursor, Limit, Page, page_of
from miaohui.api.people_told import (
    EXAMPLE_ACCOUNT,
    AccountTold,
    AccountWanted,
    WhichShops,
    account_told,
    account_wanted,
)
from miaohui.api.problems import Clock
from miaohui.api.refusals import done
from miaohui.api.sessions import EXAMPLE_SESSION, SessionTold, session_told
from miaohui.domain.directory.accounts import Account
from miaohui.domain.directory.naming import name_key
from miaohui.domain.directory.permission import may_manage
from miaohui.domain.directory.presence import Presence
from miaohui.domain.directory.rights import Right
from miaohui.domain.directory.secret import Secret
from miaohui.pipelines.desk import Desk, Done
from miaohui.pipelines.furnishing import Furnishing
from miaohui.pipelines.house import House
from miaohui.pipelines.logins import living_sessions
from miaohui.pipelines.people import (
    add_account,
    change_account,
    end_sessions,
    set_first_password,
)
from miaohui.pipelines.places import shares_a_shop
from miaohui.pipelines.refusals import NotAllowed
from miaohui.pipelines.second_factors import drop_second_factor
from miaohui.pipelines.tokens import NewId

AnyRequest = Request[Any, Any, Any]
MANAGING = needs(Right.ACCOUNTS_MANAGE)
EXAMPLE_WANTED = AccountWanted(name="小王", role="agent", shops=WhichShops(only=("茶叶铺",)))


class AccountAdded(AccountWanted, frozen=True, kw_only=True):
    """A new account; whoever gets the first password has to change it."""

    first_password: Typed

    def __repr__(self) -> str:
        return f"AccountAdded({self.name!r})"


class FirstPassword(Confidential, frozen=True):
    """A password that has to be changed at the first log-in."""

    first_password: Typed


class Activation(Asked, frozen=True):
    """Whether an account may log in."""

    active: bool


class AccountsDoor(msgspec.Struct, frozen=True):
    """What the routes of accounts stand on."""

    people: House
    furnishing: Furnishing
    desk: Desk
    callers: Callers
    clock: Clock
    new_id: NewId


def account_routes(door: AccountsDoor) -> list[BaseRouteHandler]:
    """The routes of sub-accounts."""
    return [*_reading(door), *_keeping(door), *_credentials(door), *_at_work(door)]


def _reading(door: AccountsDoor) -> list[BaseRouteHandler]:
    @get(
        "/v1/accounts",
        operation_id="ListAccounts",
        summary="The sub-accounts",
        tags=["accounts"],
        opt=MANAGING | example(Page([EXAMPLE_ACCOUNT])),
        responses=ASKING,
    )
    async def list_accounts(
        request: AnyRequest, cursor: Cursor = None, limit: Limit = 50
    ) -> Page[AccountTold]:
        """By name: those that work in one of your shops."""
        mine = caller_of(request).account
        known = await asyncio.to_thread(door.people.directory.accounts)
        seen = (each for each in known if _meets(mine, each))
        return page_of(seen, _place, account_told, cursor, limit)

    @get(
        "/v1/accounts/{account_id:str}",
        operation_id="ReadAccount",
        summary="A sub-account",
        tags=["accounts"],
        opt=MANAGING | example(EXAMPLE_ACCOUNT),
        responses=ASKING,
    )
    async def read_account(request: AnyRequest, account_id: FromPath[str]) -> AccountTold:
        """As it is now."""
        return account_told(done(await _met(door, request, account_id)))

    return [list_accounts, read_account]


def _keeping(door: AccountsDoor) -> list[BaseRouteHandler]:
    @post(
        "/v1/accounts",
        operation_id="AddAccount",
        summary="Add a sub-account",
        tags=["accounts"],
        opt=MANAGING
        | example(
            EXAMPLE_ACCOUNT,
            AccountAdded(
                name="小王",
                role="agent",
                shops=WhichShops(only=("茶叶铺",)),
                first_password="第一天用的密码",  # noqa: S106
            ),
        ),
        responses=CHANGING,
    )
    async def add(request: AnyRequest, data: JSONBody[AccountAdded]) -> AccountTold:
        """Nobody gives away more rights or shops than they have."""
        acting, wanted = door.callers.acting(request), account_wanted(door.new_id(), data)
        first = Secret(data.first_password)
        added = done(await asyncio.to_thread(add_account, door.people, acting, wanted, first))
        await door.furnishing.accounts([added.id])
        return account_told(added)

    @put(
        "/v1/accounts/{account_id:str}",
        operation_id="ChangeAccount",
        summary="Change a sub-account",
        tags=["accounts"],
        opt=MANAGING | example(EXAMPLE_ACCOUNT, EXAMPLE_WANTED),
        responses=CHANGING,
    )
    async def change(
        request: AnyRequest, account_id: FromPath[str], data: JSONBody[AccountWanted]
    ) -> AccountTold:
        """Holds at once: chats that it may have no longer are handed over, and its pages come
        back with the rights that hold now."""
        before = done(await _met(door, request, account_id))
        wanted = replace(account_wanted(account_id, data), active=before.active)
        return await _changed(door, request, wanted)

    @put(
        "/v1/accounts/{account_id:str}/activation",
        operation_id="ActivateAccount",
        summary="Deactivate a sub-account, or take it back",
        tags=["accounts"],
        opt=MANAGING | example(EXAMPLE_ACCOUNT, Activation(active=True)),
        responses=CHANGING,
    )
    async def activate(
        request: AnyRequest, account_id: FromPath[str], data: JSONBody[Activation]
    ) -> AccountTold:
        """Deactivating ends its sessions, API keys and invitations and hands over its chats; the
        account, its figures and its deeds stay."""
        before = done(await _met(door, request, account_id))
        return await _changed(door, request, replace(before, active=data.active))

    return [add, change, activate]


def _credentials(door: AccountsDoor) -> list[BaseRouteHandler]:
    @put(
        "/v1/accounts/{account_id:str}/first-password",
        operation_id="SetFirstPassword",
        summary="Give somebody a new first password",
        tags=["accounts"],
        opt=MANAGING | example(EXAMPLE_ACCOUNT, FirstPassword("第一天用的密码")),
        responses=CHANGING,
    )
    async def set_first(
        request: AnyRequest, account_id: FromPath[str], data: JSONBody[FirstPassword]
    ) -> AccountTold:
        """For whoever forgot theirs. Their sessions end."""
        done(await _met(door, request, account_id))
        acting, word = door.callers.acting(request), Secret(data.first_password)
        changed = done(
            await asyncio.to_thread(set_first_password, door.people, acting, account_id, word)
        )
        await door.furnishing.accounts([account_id])
        return account_told(changed)

    @delete(
        "/v1/accounts/{account_id:str}/second-factor",
        operation_id="DropSecondFactor",
        summary="Drop somebody's second factor",
        tags=["accounts"],
        opt=MANAGING,
        responses=CHANGING,
    )
    async def drop_factor(request: AnyRequest, account_id: FromPath[str]) -> None:
        """For whoever lost telephone and recovery codes. Their sessions end; nobody drops their
        own here."""
        done(await _met(door, request, account_id))
        acting = door.callers.acting(request)
        dropped = await asyncio.to_thread(drop_second_factor, door.people, acting, account_id)
        done(dropped)
        await door.furnishing.accounts([account_id])

    @get(
        "/v1/accounts/{account_id:str}/sessions",
        operation_id="ListSessions",
        summary="Where somebody is logged in",
        tags=["accounts"],
        opt=MANAGING | example([EXAMPLE_SESSION]),
        responses=ASKING,
    )
    async def list_sessions(
        request: AnyRequest, account_id: FromPath[str]
    ) -> Sequence[SessionTold]:
        """Newest first."""
        account = done(await _met(door, request, account_id))
        if not may_manage(caller_of(request).account, account):
            done(NotAllowed())
        now = door.clock()
        found = await asyncio.to_thread(living_sessions, door.people, now, account_id)
        return [session_told(each) for each in found]

    @delete(
        "/v1/accounts/{account_id:str}/sessions",
        operation_id="EndSessions",
        summary="Log somebody out everywhere",
        tags=["accounts"],
        opt=MANAGING,
        responses=CHANGING,
    )
    async def end_all(request: AnyRequest, account_id: FromPath[str]) -> None:
        """At once, their pages included."""
        done(await _met(door, request, account_id))
        acting = door.callers.acting(request)
        done(await asyncio.to_thread(end_sessions, door.people, acting, account_id))
        await door.furnishing.accounts([account_id])

    return [set_first, drop_factor, list_sessions, end_all]


def _at_work(door: AccountsDoor) -> list[BaseRouteHandler]:
    @put(
        "/v1/accounts/{account_id:str}/presence",
        operation_id="SetPresence",
        summary="Say whether somebody else is there",
        tags=["accounts"],
        opt=needs(Right.PRESENCE_MANAGE) | example(Done(4711), PresenceWanted(Presence.AWAY)),
        responses=CHANGING,
    )
    async def set_presence(
        request: AnyRequest, account_id: FromPath[str], data: JSONBody[PresenceWanted]
    ) -> Done:
        """In all of their shops, so the right is needed in all of them."""
        done(await _met(door, request, account_id))
        by = by_of(request, door.new_id)
        return done(await door.desk.be(by, account_id, data.presence))

    return [set_presence]


async def _changed(door: AccountsDoor, request: AnyRequest, wanted: Account) -> AccountTold:
    acting = door.callers.acting(request)
    changed = done(await asyncio.to_thread(change_account, door.people, acting, wanted))
    await door.furnishing.accounts([changed.id])
    return account_told(changed)


async def _met(door: AccountsDoor, request: AnyRequest, account_id: str) -> Account | Obstacle:
    """An account that the caller may know of."""
    found = await asyncio.to_thread(door.people.directory.account, account_id)
    if found is None or not _meets(caller_of(request).account, found):
        return Obstacle.UNKNOWN
    return found


def _meets(mine: Account, other: Account) -> bool:
    return mine.id == other.id or shares_a_shop(mine, other.shops)


def _place(account: Account) -> str:
    return name_key(account.name)
