"""Everything that is done in a shop's traffic, each with the fixed part of its event."""

from enum import IntEnum
from typing import Self

from miaohui.domain.vocabulary.kinds import Actor, Mark, Origin

_BUYER = (Actor.BUYER, Origin.HUMAN)
_AGENT = (Actor.AGENT, Origin.HUMAN)
_BOT = (Actor.BOT, Origin.BOT)
_SYSTEM = (Actor.SYSTEM, Origin.SYSTEM)


class Deed(IntEnum):
    """A deed's number is its place in this list; light rows carry the number only."""

    actor: Actor
    origin: Origin
    kind: str
    purpose: str | None

    def __new__(cls, actor: Actor, origin: Origin, kind: str, purpose: str | None = None) -> Self:
        """Number the members from 0 and hang the event's words on them."""
        deed = int.__new__(cls, len(cls.__members__))
        deed._value_ = len(cls.__members__)
        deed.actor, deed.origin, deed.kind, deed.purpose = actor, origin, kind, purpose
        return deed

    BUYER_TEXT = (*_BUYER, "text")
    BUYER_EMOJI = (*_BUYER, "emoji")
    BUYER_IMAGE = (*_BUYER, "image")
    BUYER_SHOWS_PRODUCT = (*_BUYER, "card.product")
    HUMAN_REQUESTED = (*_BUYER, "human_requested")

    AGENT_TEXT = (*_AGENT, "text")
    ASSISTED_TEXT = (Actor.AGENT, Origin.ASSISTED, "text")
    AUTO_GREETING = (Actor.AGENT, Origin.AUTO, "text", "greeting")
    AUTO_AWAY = (Actor.AGENT, Origin.AUTO, "text", "away")
    BATCH_SHIPPED = (Actor.AGENT, Origin.BATCH, "text", "notice")
    AGENT_IMAGE = (*_AGENT, "image")
    PRODUCT_CARD = (*_AGENT, "card.product")
    BUYER_SHOW_CARD = (*_AGENT, "card.buyer_show")
    GROUP_CARD = (*_AGENT, "card.group")
    SMALL_PAYMENT_CARD = (*_AGENT, "card.small_payment")
    ORDER_REMINDER_CARD = (*_AGENT, "card.order_reminder")
    REFUND_AGREED_CARD = (*_AGENT, "card.refund_agreed")
    CASHBACK_CARD = (*_AGENT, "card.cashback")
    COUPON = (*_AGENT, "coupon")
    ADDRESS_REVIEW = (*_AGENT, "op.address_review")
    PRICE_CHANGE = (*_AGENT, "op.price_change")
    RETURN_TRACKING_CHANGE = (*_AGENT, "op.return_tracking_change")
    LINK = (*_AGENT, "op.link")
    PROXY_ORDER = (*_AGENT, "op.proxy_order")
    PROXY_AFTERSALE = (*_AGENT, "op.proxy_aftersale")
    RECOMMEND = (*_AGENT, "op.recommend")

    BOT_GREETING = (*_BOT, "text", "greeting")
    BOT_MENU = (*_BOT, "text", "menu")
    BOT_AWAY = (*_BOT, "text", "away")
    BOT_ANSWER = (*_BOT, "text", "answer")
    BOT_HANDS_OVER = (*_BOT, "human_requested")

    ASSIGNED = (*_SYSTEM, "assigned")
    UNASSIGNED = (*_SYSTEM, "unassigned")
    TRANSFERRED = (*_AGENT, "transferred")
    CLOSED = (*_SYSTEM, "closed")
    REOPENED = (*_SYSTEM, "reopened")
    SPAM_REPORTED = (*_AGENT, "spam.reported")
    SPAM_CONFIRMED = (*_SYSTEM, "spam.confirmed")
    SPAM_REJECTED = (*_SYSTEM, "spam.rejected")
    MARKED_STAFF = (*_SYSTEM, "buyer.marked")
    MARKED_MALICIOUS = (*_SYSTEM, "buyer.marked")

    DELIVERED = (*_SYSTEM, "delivery.confirmed")
    NOT_DELIVERED = (*_SYSTEM, "delivery.failed")
    RECALLED = (*_AGENT, "message.recalled")

    ORDER_PLACED = (*_BUYER, "order.placed")
    ORDER_PAID = (*_BUYER, "order.paid")
    ORDER_GROUPED = (*_SYSTEM, "order.grouped")
    ORDER_SHIPPED = (*_SYSTEM, "order.shipped")
    ORDER_SIGNED = (*_SYSTEM, "order.signed")
    REFUND_REQUESTED = (*_BUYER, "refund.requested")
    REFUND_SUCCEEDED = (*_SYSTEM, "refund.succeeded")
    REFUND_CLOSED = (*_SYSTEM, "refund.closed")
    PLATFORM_INTERVENED = (*_SYSTEM, "platform.intervened")
    DISPUTE_JUDGED = (*_SYSTEM, "dispute.judged")

    RATED_1 = (*_BUYER, "rating.given")
    RATED_2 = (*_BUYER, "rating.given")
    RATED_3 = (*_BUYER, "rating.given")
    RATED_4 = (*_BUYER, "rating.given")
    RATED_5 = (*_BUYER, "rating.given")
    REVIEWED = (*_BUYER, "review.given")
    COMPLAINED = (*_BUYER, "complaint.opened")
    COMPLAINT_CLOSED = (*_SYSTEM, "complaint.closed")
    HELP_SOUGHT = (*_BUYER, "help.sought")


RATINGS = (Deed.RATED_1, Deed.RATED_2, Deed.RATED_3, Deed.RATED_4, Deed.RATED_5)

RATING_OF: dict[int, str] = {deed: str(stars) for stars, deed in enumerate(RATINGS, start=1)}

MARK_OF: dict[int, str] = {
    Deed.MARKED_STAFF: Mark.STAFF_OR_TEST_ACCOUNT.value,
    Deed.MARKED_MALICIOUS: Mark.MALICIOUS_USER.value,
}

MEDIA_OF: dict[int, str] = {
    Deed.BUYER_IMAGE: "images/from-buyer.jpg",
    Deed.AGENT_IMAGE: "images/size-table.jpg",
}

# These link to an earlier event by its source id; `transferred` links to the doer's account.
ABOUT = frozenset(
    {
        Deed.DELIVERED,
        Deed.NOT_DELIVERED,
        Deed.RECALLED,
        Deed.SPAM_CONFIRMED,
        Deed.SPAM_REJECTED,
        Deed.COMPLAINT_CLOSED,
    }
)
