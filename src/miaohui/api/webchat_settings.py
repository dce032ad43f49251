"""What a merchant sets for the chat on the own site, and the two lines that put it there."""

import asyncio
from html import escape
from typing import Any

import msgspec
from litestar import Request, get, put
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath, JSONBody

from miaohui.adapters.storage.directory_ports import Obstacle
from miaohui.adapters.storage.settings_ports import Settings
from miaohui.api.callers import Callers, allow, caller_of, needs
from miaohui.api.openapi import ALWAYS, example, refusals
from miaohui.api.refusals import done
from miaohui.domain.directory.rights import Right
from miaohui.domain.directory.webchat import WebchatSettings, webchat_problems
from miaohui.pipelines.house import author_of
from miaohui.pipelines.refusals import Unfit
from miaohui.pipelines.webchats import Webchat, Webchats

AnyRequest = Request[Any, Any, Any]
NAME = "webchat/{channel}"
SETTING_REFUSALS = refusals(
    **ALWAYS,
    _404="No such channel.",
    _409="Somebody else changed it meanwhile.",
    _422="Something is wrong with it: every problem names its field.",
)


class WebchatSetting(msgspec.Struct, frozen=True):
    """The settings as they stand. `version`: null before anybody changed them. `path`: where the
    page is; `lines`: what the merchant puts on the own site."""

    settings: WebchatSettings
    version: int | None
    path: str
    lines: tuple[str, str]


class WebchatChange(msgspec.Struct, frozen=True):
    """New settings, and the version that whoever changes them has seen."""

    settings: WebchatSettings
    expected_version: int | None = None


class WebchatSettingsDoor(msgspec.Struct, frozen=True):
    """What these routes stand on."""

    webchats: Webchats
    store: Settings
    callers: Callers


SETTINGS = WebchatSettings(name="云上衣橱", greeting={"zh": "您好，请稍等"})
LINES = (
    '<script src="…/webchat/widget.js" data-chat="…" defer></script>',
    "<noscript>…</noscript>",
)
EXAMPLE = WebchatSetting(SETTINGS, 1, "/webchat/0123456789abcdef", LINES)


def webchat_setting_routes(door: WebchatSettingsDoor) -> list[BaseRouteHandler]:
    """The routes of these settings."""

    @get(
        "/v1/shops/{shop:str}/channels/{channel:str}/webchat",
        operation_id="ReadWebchatSettings",
        summary="The settings of a chat on the own site",
        tags=["webchat"],
        opt=needs(Right.SHOPS_MANAGE) | example(EXAMPLE),
        responses=SETTING_REFUSALS,
    )
    async def read_settings(
        request: AnyRequest, shop: FromPath[str], channel: FromPath[str]
    ) -> WebchatSetting:
        """With the two lines for the site's pages."""
        webchat = _found(door, request, shop, channel)
        stored = await asyncio.to_thread(door.store.read, shop, NAME.format(channel=channel))
        return _told(request, webchat, stored.version if stored else None)

    @put(
        "/v1/shops/{shop:str}/channels/{channel:str}/webchat",
        operation_id="ChangeWebchatSettings",
        summary="Change the settings of a chat on the own site",
        tags=["webchat"],
        opt=needs(Right.SHOPS_MANAGE) | example(EXAMPLE, WebchatChange(SETTINGS)),
        responses=SETTING_REFUSALS,
    )
    async def change_settings(
        request: AnyRequest,
        shop: FromPath[str],
        channel: FromPath[str],
        data: JSONBody[WebchatChange],
    ) -> WebchatSetting:
        """They hold at once."""
        webchat = _found(door, request, shop, channel)
        if problems := webchat_problems(data.settings):
            done(Unfit(problems))
        stored = done(
            await asyncio.to_thread(
                door.store.keep,
                shop,
                NAME.format(channel=channel),
                msgspec.json.encode(data.settings),
                data.expected_version,
                author_of(door.callers.acting(request)),
            )
        )
        webchat = webchat._replace(settings=data.settings)
        door.webchats.keep(webchat)
        return _told(request, webchat, stored.version)

    return [read_settings, change_settings]


def _found(door: WebchatSettingsDoor, request: AnyRequest, shop: str, channel: str) -> Webchat:
    allow(caller_of(request), Right.SHOPS_MANAGE, shop)
    return done(door.webchats.of(shop, channel) or Obstacle.UNKNOWN)


def _told(request: AnyRequest, webchat: Webchat, version: int | None) -> WebchatSetting:
    house, path = str(request.base_url).rstrip("/"), f"/webchat/{webchat.id}"
    return WebchatSetting(webchat.settings, version, path, _lines(house, path, webchat))


def _lines(house: str, path: str, webchat: Webchat) -> tuple[str, str]:
    """A script that makes the button, and a link for whoever runs no scripts."""
    source, page = escape(f"{house}/webchat/widget.js"), escape(house + path)
    return (
        f'<script src="{source}" data-chat="{webchat.id}" defer></script>',
        f'<noscript><a href="{page}">{escape(webchat.face.name)}</a></noscript>',
    )
