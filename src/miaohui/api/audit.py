"""The audit log: who did what to what, newest first."""

import asyncio
from collections.abc import Mapping
from typing import Annotated, Any

import msgspec
from litestar import get
from litestar.handlers import BaseRouteHandler
from litestar.params import QueryParameter

from miaohui.adapters.storage.directory_ports import Audit, AuditEntry
from miaohui.api.callers import needs
from miaohui.api.openapi import ALWAYS, example, refusals
from miaohui.api.pages import Cursor, Limit, Page, cursor_of, place_of
from miaohui.api.sessions import NOON
from miaohui.domain.directory.rights import Right
from miaohui.domain.vocabulary.events import Instant

Subject = Annotated[
    str | None, QueryParameter(max_length=500, description="Only what was done to this, by its id.")
]
HIGHEST = (1 << 63) - 1


class Before(msgspec.Struct, frozen=True):
    """The number of the last entry of a page."""

    number: Annotated[int, msgspec.Meta(ge=1, le=HIGHEST)]


class AuditDeed(msgspec.Struct, frozen=True):
    """A deed. `account`: who did it, null for the house itself; `before` and `after` are what
    changed, without secrets."""

    number: int
    at: Instant
    account: str | None
    address: str | None
    what: str
    subject: str
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None


EXAMPLE = AuditDeed(
    17, NOON, "01930f2e-…", "192.0.2.7", "account.changed", "01930f2e-…", {"capacity": 8}
)


def audit_routes(audit: Audit) -> list[BaseRouteHandler]:
    """The route of the audit log."""

    @get(
        "/v1/audit",
        operation_id="ReadAudit",
        summary="Who did what",
        tags=["audit"],
        opt=needs(Right.AUDIT_READ, everywhere=True) | example(Page([EXAMPLE])),
        responses=refusals(**ALWAYS),
    )
    async def read_audit(
        cursor: Cursor = None, limit: Limit = 50, subject: Subject = None
    ) -> Page[AuditDeed]:
        """Newest first. Everything that changes settings, people or rights, or shows personal
        data, is in it for ever."""
        before = None if cursor is None else place_of(cursor, Before).number
        found = await asyncio.to_thread(audit.audit, before, limit + 1, subject)
        more = cursor_of(Before(found[limit - 1].number)) if len(found) > limit else None
        return Page([_told(each) for each in found[:limit]], more)

    return [read_audit]


def _told(entry: AuditEntry) -> AuditDeed:
    author, deed = entry.author, entry.deed
    return AuditDeed(
        entry.number,
        author.at,
        author.account,
        author.address,
        deed.what,
        deed.subject,
        deed.before,
        deed.after,
    )
