"""The people's day: shifts begin and end, and somebody walks away now and then."""

from datetime import date

from miaohui.domain.traffic.agents import Agent, absences_in, shift_on
from miaohui.domain.traffic.arrivals import midnight, promotion_on
from miaohui.domain.traffic.deeds import Deed
from miaohui.domain.traffic.service import end, hand_over, serve_queue, wait_in_queue
from miaohui.domain.traffic.stage import Stage, Visit
from miaohui.domain.traffic.writing import is_finished


def plan_shifts(stage: Stage, day: date) -> None:
    """Put everybody's shift of the day, and the breaks in it, on the agenda."""
    arrivals = stage.settings.arrivals
    start, festival = midnight(arrivals, day), promotion_on(arrivals, day) is not None
    for agent in stage.team:
        shift = shift_on(agent, day.weekday(), festival, start)
        if shift:
            stage.agenda.put(shift[0], begin_shift, (agent, shift[1]))
            stage.agenda.put(shift[1], end_shift, agent)
            _plan_absences(stage, agent, *shift)


def begin_shift(stage: Stage, at: int, shift: tuple[Agent, int]) -> None:
    """The agent comes online until a given instant and finds what queued meanwhile."""
    agent, off_at = shift
    agent.off_at = off_at
    stage.on_duty.append(agent)
    serve_queue(stage, at, agent)


def end_shift(stage: Stage, at: int, agent: Agent) -> None:
    """The agent goes offline; whoever still waits goes to a colleague or back to the queue."""
    stage.on_duty.remove(agent)
    for visit in tuple(agent.chats.values()):
        if is_finished(visit) and not visit.waiting:
            end(stage, at, visit, agent)
        elif not visit.waiting or not hand_over(stage, at, visit, agent):
            _let_go(stage, at, visit, agent)


def _plan_absences(stage: Stage, agent: Agent, start: int, end_of_shift: int) -> None:
    factor = stage.shop.absence
    for leaves, returns in absences_in(stage.craft, start, end_of_shift, factor, stage.dice):
        stage.agenda.put(leaves, _walk_away, (agent, returns))


def _walk_away(_stage: Stage, _at: int, absence: tuple[Agent, int]) -> None:
    agent, returns = absence
    agent.away_until = max(agent.away_until, returns)


def _let_go(stage: Stage, at: int, visit: Visit, agent: Agent) -> None:
    stage.trace.add(at, visit.buyer.chat, Deed.UNASSIGNED, agent.account)
    del agent.chats[visit.buyer.chat]
    visit.agent = None
    if visit.waiting:
        wait_in_queue(stage, at, visit)
