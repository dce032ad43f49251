"""Keys for machines: shown once, checked by prefix and hash, never stronger than their maker."""

import hmac
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from msgspec.structs import replace

from miaohui.adapters.storage.directory_ports import ApiKey, Obstacle
from miaohui.domain.directory.accounts import Account, Shops
from miaohui.domain.directory.naming import name_problems
from miaohui.domain.directory.permission import holds, may_grant, may_manage
from miaohui.domain.directory.rights import Right, Role
from miaohui.domain.directory.secret import Secret
from miaohui.pipelines.house import Acting, Caller, House, author_of
from miaohui.pipelines.refusals import NotAllowed, Unfit
from miaohui.pipelines.tokens import hash_of, new_id, new_letters, new_token

MARK = "mh"  # a word by which scanners find keys that were published by mistake
PREFIX_LETTERS = 8
TOUCHED_EVERY = timedelta(minutes=1)


class MadeKey(NamedTuple):
    """A new key, and the whole of it, which is shown this once."""

    key: ApiKey
    whole: Secret


def make_api_key(
    house: House,
    acting: Acting,
    label: str,
    rights: Collection[Right],
    shops: Shops,
    expires_at: datetime | None = None,
) -> MadeKey | NotAllowed | Unfit:
    """A key with some of one's own rights in some of one's own shops."""
    maker = acting.account
    if not holds(maker, Right.API_KEYS_MANAGE) or not may_grant(maker, rights, shops):
        return NotAllowed()
    problems = name_problems(label)
    if problems:
        return Unfit(problems)
    prefix = new_letters(house.chance, PREFIX_LETTERS)
    whole = Secret(f"{MARK}_{prefix}_{new_token(house.chance).reveal()}")
    key = ApiKey(
        new_id(house.chance, acting.at),
        prefix,
        label.strip(),
        frozenset(rights),
        shops,
        maker.id,
        acting.at,
        expires_at,
    )
    house.directory.keep_api_key(key, hash_of(whole), author_of(acting))
    return MadeKey(key, whole)


def who_calls(house: House, now: datetime, whole: Secret) -> Caller | None:
    """The account that a key acts for, with no more than both may do; None if it is none."""
    found = house.directory.api_key(_prefix_of(whole))
    if found is None:
        return None
    key, key_hash = found
    if not hmac.compare_digest(key_hash, hash_of(whole)) or _is_over(key, now):
        return None
    maker = house.directory.account(key.account)
    if maker is None or not maker.active:
        return None
    if key.last_used_at is None or now - key.last_used_at >= TOUCHED_EVERY:
        house.directory.touch_api_key(key.id, now)
    return Caller(_limited(maker, key), key=key)


def keys_in_view(house: House, acting: Acting) -> list[ApiKey]:
    """The living keys that somebody may see and end: their own, and those of accounts that they
    may manage; newest first."""
    mine = acting.account
    accounts = {each.id: each for each in house.directory.accounts()}
    return [
        key
        for key in house.directory.api_keys()
        if key.account == mine.id or may_manage(mine, accounts[key.account])
    ]


def end_api_key(house: House, acting: Acting, key_id: str) -> ApiKey | Obstacle:
    """End a key at once."""
    key = next((each for each in keys_in_view(house, acting) if each.id == key_id), None)
    if key is None or not house.directory.end_api_key(key_id, author_of(acting)):
        return Obstacle.UNKNOWN
    return key


def _prefix_of(whole: Secret) -> str:
    mark, _, rest = whole.reveal().partition("_")
    return rest[:PREFIX_LETTERS] if mark == MARK else ""


def _is_over(key: ApiKey, now: datetime) -> bool:
    return key.expires_at is not None and now >= key.expires_at


def _limited(maker: Account, key: ApiKey) -> Account:
    return replace(
        maker,
        role=Role(f"api_key:{key.id}", key.label, maker.role.rights & key.rights),
        shops=maker.shops.shared(key.shops),
    )
