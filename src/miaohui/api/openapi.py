"""What the API's own description says of refusals."""

from collections.abc import Mapping

from litestar.openapi.datastructures import ResponseSpec

from miaohui.api.problems import Trouble

Refusals = Mapping[int, ResponseSpec]


def refusals(**reasons: str) -> dict[int, ResponseSpec]:
    """Refusals by status, as `_404="No such chat."`."""
    return {
        int(status.lstrip("_")): ResponseSpec(Trouble, description=reason, generate_examples=False)
        for status, reason in reasons.items()
    }


ALWAYS = {
    "_400": "The request is not well formed.",
    "_401": "Nobody is logged in.",
    "_403": "The right is missing.",
    "_503": "Too busy or closing: send the same again.",
}
CHAT_REFUSALS = refusals(
    **ALWAYS,
    _404="No such chat, or none that you may see.",
    _422="It cannot be done: every reason is told.",
)
