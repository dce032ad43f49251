"""What an agent sends when they answer: a text, perhaps a card, a coupon or an operation."""

from miaohui.domain.traffic.agents import Agent
from miaohui.domain.traffic.deeds import Deed
from miaohui.domain.traffic.stage import Stage, Visit, send


def reply(stage: Stage, at: int, visit: Visit, agent: Agent) -> int:
    """Answer the visit's round, sorry to one who lost patience; gives when the last was said."""
    craft, dice = stage.craft.settings, stage.dice
    said = visit.dialogue.rounds[visit.round]
    text = dice.pick(said.late_answers if visit.gives_up_at < 0 else said.answers)
    deed = Deed.ASSISTED_TEXT if dice.happens(craft.assisted) else Deed.AGENT_TEXT
    number = send(stage, at, visit.buyer, deed, agent.account, text)
    if dice.happens(craft.says_more):
        at = _say_more(stage, at, visit, agent)
    if dice.happens(craft.recalls):
        at = _say_it_again(stage, at, visit, agent, (number, text))
    return at


def reply_goodbye(stage: Stage, at: int, visit: Visit, agent: Agent) -> None:
    """Return the thanks, unless the agent thinks that needless."""
    if not stage.dice.happens(stage.craft.settings.skips_goodbye):
        text = stage.dice.pick(stage.book.goodbyes)
        send(stage, at, visit.buyer, Deed.AGENT_TEXT, agent.account, text)


def _say_more(stage: Stage, at: int, visit: Visit, agent: Agent) -> int:
    deed = visit.dialogue.rounds[visit.round].deed
    at = _a_little_later(stage, at, agent)
    if deed is None:
        text = stage.dice.pick(stage.book.more_from_agent)
        send(stage, at, visit.buyer, Deed.AGENT_TEXT, agent.account, text)
    else:
        send(stage, at, visit.buyer, deed, agent.account, order=visit.buyer.order)
    return at


def _say_it_again(stage: Stage, at: int, visit: Visit, agent: Agent, said: tuple[int, int]) -> int:
    number, text = said
    at = _a_little_later(stage, at, agent)
    stage.trace.add(at, visit.buyer.chat, Deed.RECALLED, agent.account, link=number)
    send(stage, at, visit.buyer, Deed.AGENT_TEXT, agent.account, text)
    return at


def _a_little_later(stage: Stage, at: int, agent: Agent) -> int:
    # Never after the shift: the chat is somebody else's then.
    return max(at, min(at + stage.dice.draw(stage.craft.between), agent.off_at - 1))
