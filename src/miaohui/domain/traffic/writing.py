"""A buyer writes a round."""

from miaohui.domain.traffic.book import Phrases
from miaohui.domain.traffic.buyers import messages_of_round
from miaohui.domain.traffic.deeds import Deed
from miaohui.domain.traffic.stage import Stage, Visit


def write(stage: Stage, at: int, visit: Visit) -> None:
    """The buyer writes the next round, then whoever serves the visit hears it."""
    dice, habits = stage.dice, stage.habits
    visit.last = _say_in_turn(stage, at, visit, _texts(stage, visit))
    visit.waiting = True
    visit.gives_up_at = at + dice.draw(habits.patience)
    visit.served_by(stage, at, visit)


def says_goodbye(visit: Visit) -> bool:
    """Whether the buyer's round is the thanks after the last answer."""
    return visit.round == visit.rounds


def is_finished(visit: Visit) -> bool:
    """Whether the buyer will write no more in this visit: all said, or patience lost."""
    return visit.round >= visit.rounds + visit.thanks or visit.gives_up_at < 0


def _texts(stage: Stage, visit: Visit) -> Phrases:
    if says_goodbye(visit):
        return (stage.dice.pick(stage.book.thanks),)
    asks = visit.dialogue.rounds[visit.round].asks
    return messages_of_round(stage.habits, stage.book, asks, visit.round == 0, stage.dice)


def _say_in_turn(stage: Stage, at: int, visit: Visit, texts: Phrases) -> int:
    trace, dice, chat = stage.trace, stage.dice, visit.buyer.chat
    order = visit.buyer.order if visit.dialogue.after_sale else 0
    trace.add(at, chat, Deed.BUYER_TEXT, text=texts[0], order=order)
    for text in texts[1:]:
        at += dice.draw(stage.habits.between)
        trace.add(at, chat, Deed.BUYER_TEXT, text=text, order=order)
    return _add_picture(stage, at, visit)


def _add_picture(stage: Stage, at: int, visit: Visit) -> int:
    chance = stage.dice.random()
    habits = stage.habits.settings
    if chance > habits.sends_image + habits.sends_emoji:
        return at
    at += stage.dice.draw(stage.habits.between)
    if chance < habits.sends_image:
        stage.trace.add(at, visit.buyer.chat, Deed.BUYER_IMAGE)
    else:
        emoji = stage.dice.pick(stage.book.emojis)
        stage.trace.add(at, visit.buyer.chat, Deed.BUYER_EMOJI, text=emoji)
    return at
