"""What a rush is made of: the traffic model's own shapes, and the few that an evening adds."""

from miaohui.domain.traffic.settings import (
    AgentSettings,
    ArrivalSettings,
    BuyerSettings,
    Frozen,
)


class RushSettings(Frozen, frozen=True):
    """An evening of one shop. Hours are local, as fractions of the day.

    Visits begin from `starts` to `ends` in the shape of `arrivals.hours`; the load is that of the
    hours of `peak`, and only chats that begin there are counted. `chats_at_once` is each
    agent's limit. A reply occupies its agent for thinking and then writing, times their pace.
    Left out of the traffic model: `slowdown`, with which the capacity would depend on the
    policy; patience, with which a policy could win by driving buyers away (here every buyer
    writes all they have to say); breaks, transfers and overlooked rounds, which are equal for all.
    """

    arrivals: ArrivalSettings = ArrivalSettings()
    buyers: BuyerSettings = BuyerSettings()
    agents: AgentSettings = AgentSettings()
    team: int = 20
    chats_at_once: int = 8
    starts: float = 19.5
    peak: tuple[int, int] = (20, 22)
    ends: float = 23.0
    answer_within_seconds: int = 180
