"""People serve: a chat gets an agent or a place in the queue, an answer, and its end."""

from miaohui.domain.traffic.agents import Agent, least_busy, replies_at
from miaohui.domain.traffic.answers import reply, reply_goodbye
from miaohui.domain.traffic.deeds import Deed
from miaohui.domain.traffic.stage import MAIN_ACCOUNT, Stage, Visit, send
from miaohui.domain.traffic.trace import NOBODY
from miaohui.domain.traffic.trade import complain, leave
from miaohui.domain.traffic.writing import is_finished, says_goodbye, write


def ask_people(stage: Stage, at: int, visit: Visit) -> None:
    """A round for people: the agent who holds the chat answers, else somebody is found."""
    if visit.agent:
        schedule(stage, at, visit, visit.agent)
        return
    agent = _agent_for(stage, visit)
    if agent:
        seat(stage, at, visit, agent)
    else:
        wait_in_queue(stage, at, visit)


def seat(stage: Stage, at: int, visit: Visit, agent: Agent) -> None:
    """Give the chat to an agent with room for it, who will answer what waits there."""
    buyer = visit.buyer
    stage.trace.add(at, buyer.chat, Deed.ASSIGNED, agent.account)
    hold(visit, agent)
    if visit.round == 0 and not stage.shop.has_bot:
        greeting = stage.dice.pick(stage.book.auto_greetings)
        send(stage, at + 500, buyer, Deed.AUTO_GREETING, agent.account, greeting)
    schedule(stage, at, visit, agent)


def hold(visit: Visit, agent: Agent) -> None:
    """From now on the chat takes one of the agent's places."""
    agent.chats[visit.buyer.chat] = visit
    visit.agent = visit.buyer.last_agent = agent


def wait_in_queue(stage: Stage, at: int, visit: Visit) -> None:
    """Nobody has room: the chat queues, and is told so where nobody is there at all."""
    stage.queue.append(visit)
    if not stage.on_duty:
        deed = Deed.BOT_AWAY if stage.shop.has_bot else Deed.AUTO_AWAY
        account = NOBODY if stage.shop.has_bot else MAIN_ACCOUNT
        send(stage, at + 900, visit.buyer, deed, account, stage.dice.pick(stage.book.aways))
    if at <= visit.gives_up_at:
        stage.agenda.put(visit.gives_up_at, lose_patience, visit)


def serve_queue(stage: Stage, at: int, agent: Agent) -> None:
    """The agent takes from the queue, in its order, as many chats as there is room for."""
    queue = stage.queue
    while queue and len(agent.chats) < agent.limit:
        seat(stage, at, queue.popleft(), agent)


def schedule(stage: Stage, at: int, visit: Visit, agent: Agent) -> None:
    """Decide when the agent will answer; the overlooked wait until they ask again."""
    visit.due = replies_at(stage.craft, agent, max(at, visit.last), stage.dice)
    if stage.dice.happens(stage.craft.settings.overlooks) and visit.gives_up_at > 0:
        visit.due += visit.gives_up_at - at
    stage.agenda.put(visit.due, answer, visit)
    if at <= visit.gives_up_at < visit.due:
        stage.agenda.put(visit.gives_up_at, lose_patience, visit)


def answer(stage: Stage, at: int, visit: Visit) -> None:
    """The agent answers, and the buyer either goes on or comes to an end."""
    agent = visit.agent
    if agent is None or at != visit.due:
        return
    if at < agent.away_until:
        schedule(stage, at, visit, agent)
        return
    if stage.dice.happens(stage.craft.settings.transfers) and hand_over(stage, at, visit, agent):
        return
    if says_goodbye(visit):
        reply_goodbye(stage, at, visit, agent)
    else:
        at = reply(stage, at, visit, agent)
    visit.waiting = False
    visit.round += 1
    _go_on(stage, at, visit)


def hand_over(stage: Stage, at: int, visit: Visit, agent: Agent) -> bool:
    """Transfer the chat to a colleague who has room; False where there is none."""
    colleague = least_busy([other for other in stage.on_duty if other is not agent])
    if colleague is None:
        return False
    doer = agent.account
    stage.trace.add(at, visit.buyer.chat, Deed.TRANSFERRED, colleague.account, link=doer)
    del agent.chats[visit.buyer.chat]
    hold(visit, colleague)
    schedule(stage, at, visit, colleague)
    return True


def lose_patience(stage: Stage, at: int, visit: Visit) -> None:
    """A buyer who still waits asks again or gives up; now and then one complains."""
    if not visit.waiting or at != visit.gives_up_at:
        return
    dice, habits, buyer = stage.dice, stage.habits.settings, visit.buyer
    if dice.happens(habits.asks_again) and not says_goodbye(visit):
        stage.trace.add(at, buyer.chat, Deed.BUYER_TEXT, text=dice.pick(stage.book.asking_again))
    if dice.happens(habits.complains_when_ignored):
        complain(stage, at + 60_000, buyer)
    visit.gives_up_at = -1


def close(stage: Stage, at: int, visit: Visit) -> None:
    """The agent closes the chat, which makes room for one from the queue."""
    agent = visit.agent
    if agent is None or visit.over or at != visit.due:
        return
    end(stage, at, visit, agent)
    serve_queue(stage, at, agent)


def end(stage: Stage, at: int, visit: Visit, agent: Agent) -> None:
    """The chat is closed and its place free; the visit is over."""
    stage.trace.add(at, visit.buyer.chat, Deed.CLOSED, agent.account)
    del agent.chats[visit.buyer.chat]
    leave(stage, at, visit)


def _agent_for(stage: Stage, visit: Visit) -> Agent | None:
    last = visit.buyer.last_agent
    if last in stage.on_duty and len(last.chats) < last.limit:
        return last
    return least_busy(stage.on_duty)


def _go_on(stage: Stage, at: int, visit: Visit) -> None:
    if is_finished(visit):
        visit.due = at + stage.dice.draw(stage.craft.lingers)
        stage.agenda.put(visit.due, close, visit)
    else:
        stage.agenda.put(at + stage.dice.draw(stage.habits.thinking), write, visit)
