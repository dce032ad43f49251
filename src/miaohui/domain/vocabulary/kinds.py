"""The kinds of events (docs/metrics.md section 2), grouped into families.

An event's kind is a plain string on the wire, so that a kind made by a newer version is kept;
`family_of` says None for it and nothing counts it.
"""

from enum import StrEnum


class Actor(StrEnum):
    """Who acted."""

    BUYER = "buyer"
    AGENT = "agent"
    BOT = "bot"
    SYSTEM = "system"


class Origin(StrEnum):
    """How the event was made; set once by the code path that made it, never from its text."""

    HUMAN = "human"
    ASSISTED = "assisted"
    BOT = "bot"
    AUTO = "auto"
    BATCH = "batch"
    SYSTEM = "system"


# Whose chats are nobody's; an account of that name is nobody, too.
UNASSIGNED = "unassigned"


class Family(StrEnum):
    """What a kind is about."""

    MESSAGE = "message"
    CARD = "card"
    COUPON = "coupon"
    OPERATION = "operation"
    DELIVERY = "delivery"
    LIFE = "life"
    PEOPLE = "people"
    TRADE = "trade"
    VOICE = "voice"


class Mark(StrEnum):
    """What a buyer can be marked as (`buyer.marked`, `buyer.unmarked`)."""

    MALICIOUS_USER = "malicious_user"
    STAFF_OR_TEST_ACCOUNT = "staff_or_test_account"


KINDS: dict[Family, tuple[str, ...]] = {
    Family.MESSAGE: ("text", "emoji", "image", "video", "file"),
    Family.CARD: (
        "card.product",
        "card.buyer_show",
        "card.group",
        "card.small_payment",
        "card.order_reminder",
        "card.refund_agreed",
        "card.cashback",
    ),
    Family.COUPON: ("coupon",),
    Family.OPERATION: (
        "op.address_review",
        "op.price_change",
        "op.return_tracking_change",
        "op.link",
        "op.proxy_order",
        "op.proxy_aftersale",
        "op.recommend",
    ),
    Family.DELIVERY: ("delivery.confirmed", "delivery.failed", "message.recalled"),
    Family.LIFE: (
        "assigned",
        "unassigned",
        "transferred",
        "human_requested",
        "closed",
        "reopened",
        "snoozed",
        "note",
        "tagged",
        "spam.reported",
        "spam.confirmed",
        "spam.rejected",
        "buyer.marked",
        "buyer.unmarked",
        "task.opened",
        "task.changed",
        "task.closed",
    ),
    Family.PEOPLE: ("presence.changed",),
    Family.TRADE: (
        "order.placed",
        "order.paid",
        "order.grouped",
        "order.shipped",
        "order.signed",
        "refund.requested",
        "refund.succeeded",
        "refund.closed",
        "platform.intervened",
        "dispute.judged",
    ),
    Family.VOICE: (
        "rating.given",
        "review.given",
        "complaint.opened",
        "complaint.closed",
        "help.sought",
    ),
}

FAMILIES: dict[str, Family] = {kind: family for family, kinds in KINDS.items() for kind in kinds}

# They say what their buyer is marked as.
MARKING_KINDS = ("buyer.marked", "buyer.unmarked")

# What a reply may be, what keeps a session alive and what answers a burst (sections 3, 4 and 6).
TALK = frozenset({Family.MESSAGE, Family.CARD, Family.COUPON, Family.OPERATION})
BOT_ANSWERS = frozenset({Family.MESSAGE, Family.CARD, Family.COUPON})

# Purposes of a bot's message that answer no question (section 6, `bot_only`).
IDLE_PURPOSES = frozenset({"greeting", "menu", "away"})


def family_of(kind: str) -> Family | None:
    """The family of a kind; None for a kind of a newer version."""
    return FAMILIES.get(kind)
