"""What somebody says about themselves: whether they are there."""

from typing import Any

import msgspec
from litestar import Request, put
from litestar.handlers import BaseRouteHandler

from miaohui.api.callers import LOGGED_IN, by_of
from miaohui.api.openapi import ALWAYS, refusals
from miaohui.api.refusals import done
from miaohui.domain.directory.presence import Presence
from miaohui.pipelines.desk import Desk, Done
from miaohui.pipelines.tokens import NewId

AnyRequest = Request[Any, Any, Any]


class PresenceWanted(msgspec.Struct, frozen=True):
    """What somebody wants to be: `online`, `busy`, `away` or `off_shift`."""

    presence: Presence


def my_routes(desk: Desk, new_id: NewId) -> list[BaseRouteHandler]:
    """The routes of oneself."""

    @put(
        "/v1/me/presence",
        operation_id="SetMyPresence",
        summary="Say whether you are there",
        tags=["me"],
        opt=LOGGED_IN,
        responses=refusals(**ALWAYS),
    )
    async def set_my_presence(request: AnyRequest, data: PresenceWanted) -> Done:
        """Only who is online is given chats; who is busy keeps those they have."""
        by = by_of(request, new_id)
        return done(await desk.be(by, by.account.id, data.presence))

    return [set_my_presence]
