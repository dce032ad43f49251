from datetime import date, timedelta
from random import Random

from miaohui.domain.traffic.agents import (
    Craft,
    absences_in,
    least_busy,
    replies_at,
    shift_on,
    team_of,
)
from miaohui.domain.traffic.arrivals import HOUR, local_days
from miaohui.domain.traffic.chance import Dice
from miaohui.domain.traffic.play import play_shop
from miaohui.domain.traffic.settings import AgentSettings, TrafficSettings
from miaohui.domain.traffic.shops import ShopTraffic, shop_random

SETTINGS = AgentSettings()
MONDAY = 0


def team(agents: int):
    shop = ShopTraffic(name="shop-0001", visits_a_day=100, agents=agents, chats_at_once=2)
    return team_of(SETTINGS, shop, Dice(Random(1)))


def test_one_who_works_alone_comes_every_day_and_goes_home_at_night():
    (agent,) = team(1)
    for weekday in range(7):
        assert shift_on(agent, weekday, False, 0) == (int(8.5 * HOUR), int(22.5 * HOUR))


def test_in_a_team_everybody_has_one_day_off():
    for agent in team(5)[:5]:
        off = [shift_on(agent, weekday, False, 0) is None for weekday in range(7)]
        assert sum(off) == 1


def test_on_a_festival_everybody_works_and_helpers_come():
    everybody = team(4)
    assert len(everybody) == 6
    assert all(shift_on(agent, MONDAY, True, 0) for agent in everybody)
    assert not any(shift_on(agent, 3, False, 0) for agent in everybody[4:])


def test_a_large_team_is_there_around_the_clock():
    shifts = [(agent.shift.start, agent.shift.end) for agent in team(6)]
    for hour in range(24):
        assert any(start <= h < end for start, end in shifts for h in (hour, hour + 24))


def test_the_least_busy_with_room_gets_the_chat():
    first, second, third = team(2)
    first.chats = {1: None, 2: None}
    second.chats = {3: None}
    assert least_busy([first, second]) is second
    assert least_busy([first, second, third]) is third
    assert least_busy([first]) is None


def test_replies_come_one_after_the_other_and_after_a_break():
    agent, craft, dice = team(1)[0], Craft(SETTINGS), Dice(Random(1))
    agent.chats = {1: None}
    agent.away_until = 5000
    assert replies_at(craft, agent, 1000, dice) > 5000
    busy = agent.busy_until
    assert replies_at(craft, agent, 1000, dice) > busy > 5000


def test_more_chats_make_slower_replies():
    craft = Craft(SETTINGS)

    def total(held: int) -> int:
        agent, dice = team(1)[0], Dice(Random(1))
        agent.chats = dict.fromkeys(range(held))
        return sum(replies_at(craft, agent, 10**9 * n, dice) - 10**9 * n for n in range(1, 500))

    assert total(6) > 1.5 * total(1)


def test_breaks_lie_in_the_shift_and_are_as_many_as_asked():
    craft, dice = Craft(SETTINGS), Dice(Random(1))
    breaks = [absences_in(craft, 0, 12 * HOUR, 2.0, dice) for _ in range(300)]
    assert abs(sum(map(len, breaks)) / 300 - 2 * SETTINGS.absences) < 0.1
    assert all(0 <= leaves < 12 * HOUR and leaves < back for day in breaks for leaves, back in day)


def test_helpers_answer_on_a_festival_only():
    shop = ShopTraffic(name="shop-0001", visits_a_day=300, agents=2)
    days = local_days(date(2026, 11, 10), 2)
    events = play_shop(TrafficSettings(), shop, days, shop_random(1, shop))
    helping = {
        (event.at + timedelta(hours=8)).date()
        for event in events
        if event.account == "shop-0001:客服03" and event.kind == "assigned"
    }
    assert helping == {date(2026, 11, 11)}
