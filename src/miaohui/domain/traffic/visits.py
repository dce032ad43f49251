"""A visit begins: somebody comes with a concern, or with spam."""

from miaohui.domain.traffic.book import Dialogue
from miaohui.domain.traffic.bots import greet, hear
from miaohui.domain.traffic.buyers import Buyer, rounds_wanted
from miaohui.domain.traffic.deeds import Deed
from miaohui.domain.traffic.service import ask_people
from miaohui.domain.traffic.spam import send_spam
from miaohui.domain.traffic.stage import Stage, Visit
from miaohui.domain.traffic.writing import write


def arrive(stage: Stage, at: int, buyer: Buyer | None) -> None:
    """A buyer, or somebody new, opens the shop's chat window."""
    if buyer is None or buyer.here:
        buyer = stage.new_buyer()
        if stage.dice.happens(stage.settings.nuisance.spam):
            send_spam(stage, at, buyer)
            return
    _mark(stage, at, buyer)
    _open(stage, at, _visit_of(stage, buyer))


def _mark(stage: Stage, at: int, buyer: Buyer) -> None:
    chance, nuisance = stage.dice.random(), stage.settings.nuisance
    if buyer.visits == 0 and chance < nuisance.staff + nuisance.malicious:
        deed = Deed.MARKED_STAFF if chance < nuisance.staff else Deed.MARKED_MALICIOUS
        stage.trace.add(at + 1_800_000, buyer.chat, deed)


def _visit_of(stage: Stage, buyer: Buyer) -> Visit:
    dice = stage.dice
    dialogue = _concern(stage, buyer)
    rounds = rounds_wanted(stage.habits, dialogue, dice)
    served_by = stage.served_by or (hear if stage.shop.has_bot else ask_people)
    visit = Visit(buyer, dialogue, rounds, served_by)
    visit.thanks = dice.happens(stage.habits.settings.says_thanks)
    return visit


def _concern(stage: Stage, buyer: Buyer) -> Dialogue:
    dialogue = stage.dice.pick(stage.book.dialogues)
    if buyer.order and not dialogue.after_sale:
        dialogue = stage.dice.pick(stage.book.dialogues)
    if dialogue.after_sale and not buyer.order:
        buyer.order = stage.new_order()
    return dialogue


def _open(stage: Stage, at: int, visit: Visit) -> None:
    buyer = visit.buyer
    if buyer.last_agent:
        stage.trace.add(at, buyer.chat, Deed.REOPENED)
    buyer.visits += 1
    buyer.here = True
    if not visit.dialogue.after_sale and stage.dice.happens(stage.habits.settings.shows_product):
        stage.trace.add(at, buyer.chat, Deed.BUYER_SHOWS_PRODUCT)
    if stage.shop.has_bot and stage.served_by is None:
        greet(stage, at, visit)
    write(stage, at, visit)
