"""A robot's address as it is kept, from what an owner pastes."""

from enum import StrEnum
from urllib.parse import urlsplit

import msgspec

from miaohui.adapters.notify.team_robots.dialect import Dialect, Robot
from miaohui.adapters.notify.team_robots.dingtalk import DINGTALK
from miaohui.adapters.notify.team_robots.feishu import FEISHU
from miaohui.adapters.notify.team_robots.wecom import WECOM
from miaohui.domain.directory.secret import Secret
from miaohui.domain.vocabulary.problems import Problem, ReaderError


class Product(StrEnum):
    """Whose robot it is."""

    WECOM = "wecom"
    DINGTALK = "dingtalk"
    FEISHU = "feishu"


DIALECTS = {Product.WECOM: WECOM, Product.DINGTALK: DINGTALK, Product.FEISHU: FEISHU}


class Kept(msgspec.Struct, frozen=True, omit_defaults=True):
    """An address in JSON."""

    product: Product
    webhook: str
    secret: str | None = None


_kept = msgspec.json.Decoder(Kept)


def robot_address(
    webhook: str, secret: str | None = None, product: Product | None = None
) -> Secret:
    """The address of a robot. The product is told by the webhook's host; name it where a company
    runs the product on its own host.

    Raises ReaderError `robot.webhook`.
    """
    kept = webhook.strip()
    found = product or _product_of(kept)
    if found is None or not _is_address(kept):
        raise ReaderError(Problem("robot.webhook"))
    told = Kept(found, kept, (secret or "").strip() or None)
    return Secret(msgspec.json.encode(told).decode())


def read_address(address: Secret) -> tuple[Dialect, Robot] | None:
    """The robot at an address and how to speak to it; None if this is no address of a robot."""
    try:
        kept = _kept.decode(address.reveal())
    except (msgspec.DecodeError, UnicodeEncodeError):
        return None
    if not _is_address(kept.webhook):
        return None
    return DIALECTS[kept.product], Robot(kept.webhook, kept.secret)


def _product_of(webhook: str) -> Product | None:
    try:
        host = urlsplit(webhook).hostname
    except ValueError:
        return None
    return next((each for each, dialect in DIALECTS.items() if host in dialect.hosts), None)


def _is_address(webhook: str) -> bool:
    return webhook.startswith("https://") and webhook.isascii() and webhook.isprintable()
