"""What becomes of a visit: a rating, an order and its way, a refund, a complaint."""

from miaohui.domain.traffic.arrivals import DAY, HOUR
from miaohui.domain.traffic.buyers import Buyer, days_until_return
from miaohui.domain.traffic.chance import durations
from miaohui.domain.traffic.deeds import RATINGS, Deed
from miaohui.domain.traffic.settings import Spread
from miaohui.domain.traffic.stage import MAIN_ACCOUNT, Stage, Visit
from miaohui.domain.traffic.trace import NOBODY

MORNING = 8


def leave(stage: Stage, at: int, visit: Visit) -> None:
    """The buyer goes: everything that follows from the visit is written down ahead."""
    buyer = visit.buyer
    visit.over, buyer.here = True, False
    days = days_until_return(stage.habits, stage.dice)
    if days:
        stage.returning.setdefault(stage.today + days, []).append(buyer)
    _rate(stage, at, visit)
    if visit.dialogue.after_sale:
        _after_sale(stage, at, buyer)
    elif stage.dice.happens(stage.settings.trade.orders):
        _order(stage, at, buyer)


def complain(stage: Stage, at: int, buyer: Buyer) -> None:
    """The buyer turns to the platform about the shop; the shop settles it in a day or so."""
    text = stage.dice.pick(stage.book.complaints)
    opened = stage.trace.add(at, buyer.chat, Deed.COMPLAINED, text=text, order=buyer.order)
    closed_at = at + _draw(stage, stage.settings.trade.complaint_takes)
    stage.trace.add(closed_at, buyer.chat, Deed.COMPLAINT_CLOSED, link=opened)


def _rate(stage: Stage, at: int, visit: Visit) -> None:
    habits, dice = stage.habits, stage.dice
    if visit.round and dice.happens(habits.settings.rates):
        deed = RATINGS[dice.draw(habits.ratings)]
        account = visit.agent.account if visit.agent else NOBODY
        stage.trace.add(at + dice.draw(habits.rates_after), visit.buyer.chat, deed, account)


def _after_sale(stage: Stage, at: int, buyer: Buyer) -> None:
    chance = stage.dice.random()
    trade = stage.settings.trade
    if chance < trade.refunds_after_sale:
        _refund(stage, at, buyer)
    elif chance < trade.refunds_after_sale + trade.seeks_help:
        stage.trace.add(at, buyer.chat, Deed.HELP_SOUGHT, order=buyer.order)


def _order(stage: Stage, at: int, buyer: Buyer) -> None:
    trade, dice = stage.settings.trade, stage.dice
    buyer.order = order = stage.new_order()
    at += _draw(stage, trade.orders_after)
    stage.trace.add(at, buyer.chat, Deed.ORDER_PLACED, order=order)
    if not dice.happens(trade.pays):
        return
    at += _draw(stage, trade.pays_after)
    stage.trace.add(at, buyer.chat, Deed.ORDER_PAID, order=order)
    if dice.happens(trade.groups):
        stage.trace.add(at + 1000, buyer.chat, Deed.ORDER_GROUPED, order=order)
    _ship(stage, at, buyer)


def _ship(stage: Stage, at: int, buyer: Buyer) -> None:
    trade, dice, trace = stage.settings.trade, stage.dice, stage.trace
    at = _in_daytime(stage, at + _draw(stage, trade.ships_after))
    trace.add(at, buyer.chat, Deed.ORDER_SHIPPED, order=buyer.order)
    if dice.happens(trade.tells_of_shipping):
        notice = dice.pick(stage.book.shipped_notices)
        trace.add(at + 5000, buyer.chat, Deed.BATCH_SHIPPED, MAIN_ACCOUNT, notice, buyer.order)
    at = _in_daytime(stage, at + _draw(stage, trade.signs_after))
    trace.add(at, buyer.chat, Deed.ORDER_SIGNED, order=buyer.order)
    if dice.happens(trade.reviews):
        text = dice.pick(stage.book.reviews)
        trace.add(at + 3_600_000, buyer.chat, Deed.REVIEWED, text=text, order=buyer.order)
    if dice.happens(trade.refunds):
        _refund(stage, at, buyer)


def _refund(stage: Stage, at: int, buyer: Buyer) -> None:
    trade, trace, order = stage.settings.trade, stage.trace, buyer.order
    at += _draw(stage, trade.orders_after)
    trace.add(at, buyer.chat, Deed.REFUND_REQUESTED, order=order)
    at += _draw(stage, trade.refund_takes)
    if stage.dice.happens(trade.refund_succeeds):
        trace.add(at, buyer.chat, Deed.REFUND_SUCCEEDED, order=order)
        return
    trace.add(at, buyer.chat, Deed.REFUND_CLOSED, order=order)
    if stage.dice.happens(trade.refund_succeeds):
        return
    at += _draw(stage, trade.refund_takes)
    trace.add(at, buyer.chat, Deed.PLATFORM_INTERVENED, order=order)
    at += _draw(stage, trade.refund_takes)
    trace.add(at, buyer.chat, Deed.DISPUTE_JUDGED, order=order)


def _in_daytime(stage: Stage, at: int) -> int:
    """Nobody ships or signs for a parcel before eight."""
    hour = (at + stage.settings.arrivals.utc_offset_minutes * 60_000) % DAY // HOUR
    return at if hour >= MORNING else at + MORNING * HOUR


def _draw(stage: Stage, spread: Spread) -> int:
    return stage.dice.draw(durations(spread))
