"""The bot of a shop: greets, answers what it knows at any hour, and hands over the rest."""

from miaohui.domain.traffic.chance import durations
from miaohui.domain.traffic.deeds import Deed
from miaohui.domain.traffic.service import ask_people
from miaohui.domain.traffic.stage import Stage, Visit, send
from miaohui.domain.traffic.trade import leave
from miaohui.domain.traffic.writing import write


def greet(stage: Stage, at: int, visit: Visit) -> None:
    """Say hello at once, and sometimes show the menu."""
    dice, book = stage.dice, stage.book
    send(stage, at + 600, visit.buyer, Deed.BOT_GREETING, text=dice.pick(book.bot_greetings))
    if dice.happens(stage.settings.bots.shows_menu):
        send(stage, at + 900, visit.buyer, Deed.BOT_MENU, text=dice.pick(book.bot_menus))


def hear(stage: Stage, _at: int, visit: Visit) -> None:
    """Wait until the buyer has said it all, then think for a moment."""
    takes = stage.dice.draw(durations(stage.settings.bots.thinking))
    stage.agenda.put(visit.last + takes, _answer, visit)


def _answer(stage: Stage, at: int, visit: Visit) -> None:
    bots, dice = stage.settings.bots, stage.dice
    if not (visit.dialogue.bot_knows and dice.happens(bots.tries)):
        stage.trace.add(at, visit.buyer.chat, Deed.BOT_HANDS_OVER)
        _leave_to_people(stage, at, visit)
        return
    text = dice.pick(visit.dialogue.rounds[visit.round].answers)
    send(stage, at, visit.buyer, Deed.BOT_ANSWER, text=text)
    visit.waiting = False
    if dice.happens(bots.satisfies):
        _go_on(stage, at, visit)
    else:
        stage.agenda.put(at + dice.draw(stage.habits.thinking), _want_people, visit)


def _go_on(stage: Stage, at: int, visit: Visit) -> None:
    visit.round += 1
    if visit.round < visit.rounds:
        stage.agenda.put(at + stage.dice.draw(stage.habits.thinking), write, visit)
    else:
        leave(stage, at, visit)


def _want_people(stage: Stage, at: int, visit: Visit) -> None:
    chat, dice = visit.buyer.chat, stage.dice
    stage.trace.add(at, chat, Deed.BUYER_TEXT, text=dice.pick(stage.book.wanting_people))
    stage.trace.add(at, chat, Deed.HUMAN_REQUESTED)
    visit.last = at
    visit.waiting = True
    visit.gives_up_at = at + dice.draw(stage.habits.patience)
    _leave_to_people(stage, at, visit)


def _leave_to_people(stage: Stage, at: int, visit: Visit) -> None:
    visit.served_by = ask_people
    ask_people(stage, at, visit)
