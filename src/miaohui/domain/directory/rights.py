"""The named rights of the house and the roles made of them."""

from enum import StrEnum

import msgspec


class Right(StrEnum):
    """One thing that somebody may do, in the merchant's words. The list is closed."""

    CHATS_READ = "chats.read"
    CHATS_ANSWER = "chats.answer"
    CHATS_TRANSFER = "chats.transfer"
    CHATS_ASSIGN = "chats.assign"
    TASKS_MANAGE = "tasks.manage"
    REPLIES_MANAGE = "replies.manage"
    PRESENCE_MANAGE = "presence.manage"
    BUYERS_UNMASK = "buyers.unmask"
    BUYERS_ERASE = "buyers.erase"
    REPORTS_READ = "reports.read"
    EXPORTS_MAKE = "exports.make"
    ACCOUNTS_MANAGE = "accounts.manage"
    ROLES_MANAGE = "roles.manage"
    SHOPS_MANAGE = "shops.manage"
    ROUTING_MANAGE = "routing.manage"
    ALARMS_MANAGE = "alarms.manage"
    PACKS_MANAGE = "packs.manage"
    WEBHOOKS_MANAGE = "webhooks.manage"
    API_KEYS_MANAGE = "api_keys.manage"
    HOUSE_MANAGE = "house.manage"
    AUDIT_READ = "audit.read"


class Role(msgspec.Struct, frozen=True):
    """Rights under a name. Own roles have an id of their own; built-in ones never change."""

    id: str
    name: str
    rights: frozenset[Right] = frozenset()


_AGENT = frozenset({Right.CHATS_READ, Right.CHATS_ANSWER, Right.CHATS_TRANSFER, Right.TASKS_MANAGE})
_LEAD = _AGENT | {
    Right.CHATS_ASSIGN,
    Right.REPLIES_MANAGE,
    Right.PRESENCE_MANAGE,
    Right.BUYERS_UNMASK,
    Right.REPORTS_READ,
    Right.EXPORTS_MAKE,
    Right.ROUTING_MANAGE,
    Right.ALARMS_MANAGE,
}

OWNER = Role("owner", "店主", frozenset(Right))
LEAD = Role("lead", "主管", _LEAD)
AGENT = Role("agent", "客服", _AGENT)
VIEWER = Role("viewer", "只读", frozenset({Right.CHATS_READ, Right.REPORTS_READ}))

BUILT_IN_ROLES = {role.id: role for role in (OWNER, LEAD, AGENT, VIEWER)}
