"""The house's key for web push: made here, kept sealed; browsers need its public half."""

from collections.abc import Callable, Sequence

import msgspec

from miaohui.adapters.notify.web_push.keys import CHANCE_BYTES, new_private_key, public_key
from miaohui.domain.directory.rights import Right
from miaohui.domain.directory.secret import Secret
from miaohui.domain.vocabulary.problems import Problem
from miaohui.pipelines.known_settings import Known

CONTACTS = ("mailto:", "https://")
EXAMPLE_KEY = (
    "BNbxGYNMhEIi9zrneh7mqV4oUanjLUK3m-mYZBc62frMKrEoMk88r3Lk596T0ck9xlT-_NGMyDb1oBNRzkrOzcQ"
)


class Push(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`contact`: whom push services write to, `mailto:…` or `https://…`. `new_key`: make another
    key; every browser has to ask anew then."""

    contact: str
    new_key: bool = False


class PushKept(msgspec.Struct, frozen=True):
    """The same with the key."""

    contact: str
    private_key: str

    def __repr__(self) -> str:
        return f"PushKept({self.contact!r})"


class PushShown(msgspec.Struct, frozen=True):
    """`public_key` is what a page hands to `pushManager.subscribe` as `applicationServerKey`."""

    contact: str
    public_key: str


def push_setting(chance: Callable[[int], int]) -> Known[Push, PushKept, PushShown]:
    """Web push; `chance(n)` gives n random bits."""
    return Known(
        name="push",
        of_shops=False,
        right=Right.HOUSE_MANAGE,
        asked=Push,
        kept=PushKept,
        shown=PushShown,
        usual=lambda _: None,
        problems=lambda _, asked: _problems(asked),
        keep=lambda asked, before: _kept(chance, asked, before),
        show=lambda kept: PushShown(kept.contact, public_key(Secret(kept.private_key))),
        sealed=True,
        for_all=True,
        example=Push("mailto:owner@example.com"),
    )


def _problems(push: Push) -> Sequence[Problem]:
    written = push.contact
    rest = written.partition(":")[2].strip("/")
    if written.startswith(CONTACTS) and written.isascii() and written.isprintable() and rest:
        return ()
    return (Problem("push.contact", {"path": "contact", "value": written}),)


def _kept(chance: Callable[[int], int], asked: Push, before: PushKept | None) -> PushKept:
    if before is not None and not asked.new_key:
        return PushKept(asked.contact, before.private_key)
    made = new_private_key(chance(8 * CHANCE_BYTES).to_bytes(CHANCE_BYTES, "big"))
    return PushKept(asked.contact, made.reveal())
