"""What the desk decides, evening by evening."""

from datetime import timedelta

from msgspec.structs import replace
from tests.domain.desk.floor.evenings import Evening

from miaohui.domain.desk.floor.deciding import LOOK_AGAIN, decide
from miaohui.domain.desk.routing.policy import LEAST_LOADED, Policy, Window
from miaohui.domain.desk.routing.sorting import RoutingSettings, Rule
from miaohui.domain.directory.accounts import Shops
from miaohui.domain.directory.presence import Presence
from miaohui.domain.directory.rights import VIEWER
from miaohui.domain.vocabulary.intents import Assign, ChangePresence, Release


def test_a_new_chat_goes_to_somebody_who_is_there():
    evening = Evening()
    evening.agent("lin")
    evening.agent("zhou", Presence.AWAY)
    evening.asks("li")
    assert evening.decide() == [Assign("li", "lin", "only_one")]
    assert evening.holders() == {"li": "lin"}
    assert evening.decide() == []


def test_a_chat_waits_in_line_while_nobody_is_there_and_is_looked_at_again():
    evening = Evening()
    evening.asks("li")
    decision = decide(evening.floor, evening.now)
    assert decision.intents == []
    assert decision.look_again == evening.now + LOOK_AGAIN
    evening.agent("lin")
    assert [each.account for each in evening.decide()] == ["lin"]


def test_fifty_messages_of_one_buyer_make_one_assignment():
    evening = Evening()
    evening.agent("lin")
    evening.agent("zhou")
    evening.asks(*["li"] * 50)
    first = decide(evening.floor, evening.now).intents
    evening.asks(*["li"] * 50)
    second = decide(evening.floor, evening.now).intents
    evening.comes_true(first)
    assert (len(first), len(second), len(evening.decide())) == (1, 0, 0)


def test_a_promise_that_the_log_did_not_take_is_decided_again():
    evening = Evening()
    evening.agent("lin")
    evening.asks("li")
    (intent,) = decide(evening.floor, evening.now).intents
    assert decide(evening.floor, evening.now).intents == []
    evening.floor.break_promise(intent)
    assert evening.decide() == [intent]


def test_what_is_promised_counts_as_load():
    evening = Evening(RoutingSettings(policy=LEAST_LOADED))
    evening.agent("lin", capacity=1)
    evening.agent("zhou", capacity=1)
    evening.asks("li", "wang", "sun")
    given = decide(evening.floor, evening.now).intents
    assert sorted(each.account for each in given) == ["lin", "zhou"]


def test_an_agent_who_falls_silent_is_away_and_whoever_waits_goes_to_another():
    evening = Evening()
    evening.agent("lin")
    evening.asks("li")
    evening.decide()
    evening.agent("zhou")
    evening.wait(60).beat("zhou")
    assert evening.decide() == []
    evening.wait(11)
    assert evening.decide() == [
        ChangePresence("lin", "away"),
        Assign("li", "zhou", "only_one", left="lin"),
    ]
    evening.beat("lin")
    assert evening.decide() == [ChangePresence("lin", "online")]
    assert evening.holders() == {"li": "zhou"}


def test_chats_of_somebody_away_in_which_nobody_waits_stay_with_them():
    evening = Evening()
    evening.agent("lin")
    evening.asks("li")
    evening.decide()
    evening.answers("lin", "li")
    evening.floor.hear_presence("lin", Presence.AWAY, chosen=True)
    assert evening.decide() == []


def test_whoever_leaves_loses_all_chats_and_those_who_wait_find_another_first():
    evening = Evening(RoutingSettings(policy=LEAST_LOADED))
    evening.agent("lin")
    evening.asks("li", "wang", "sun")
    evening.decide()
    evening.answers("lin", "wang")
    evening.agent("zhou")
    evening.floor.hear_presence("lin", Presence.OFF_SHIFT, chosen=True)
    left = evening.decide()
    assert left[-1] == Release("wang", "lin", "gone")
    assert [(each.chat, each.account) for each in left[:-1]] == [("li", "zhou"), ("sun", "zhou")]
    assert evening.holders()["wang"] is None


def test_a_chat_that_its_agent_does_not_come_to_moves_on_every_ten_minutes():
    evening = Evening()
    evening.agent("lin")
    evening.asks("li")
    evening.decide()
    evening.agent("zhou")
    moves = []
    for minute in range(1, 35):
        evening.wait(60).beat()
        moves += [(minute, each.account) for each in evening.decide()]
    assert moves == [(10, "zhou"), (20, "lin"), (30, "zhou")]


def test_where_nobody_else_could_a_chat_stays_with_whom_it_waits():
    evening = Evening()
    evening.agent("lin")
    evening.asks("li")
    evening.decide()
    for _ in range(40):
        evening.wait(60).beat()
        assert evening.decide() == []
    assert evening.holders() == {"li": "lin"}


def test_a_chat_that_waits_too_long_goes_to_whoever_has_room_again():
    evening = Evening(RoutingSettings(policy=Policy(waiting_at_most=None, sticky=None)))
    evening.agent("lin")
    evening.asks("li")
    evening.decide()
    evening.agent("zhou", capacity=1)
    evening.happens("assigned", "wang", account="zhou")
    evening.asks("wang")
    for _ in range(9):
        evening.wait(60).beat()
        assert evening.decide() == []
    evening.answers("zhou", "wang")
    evening.asks("wang")
    for _ in range(2):
        evening.wait(60).beat()
        assert evening.decide() == []
    evening.answers("zhou", "wang")
    evening.happens("closed", "wang", "agent")
    evening.wait(10).beat()
    assert evening.decide() == [Assign("li", "zhou", "only_one", left="lin")]


def test_the_night_is_spread_over_those_who_come_in_the_morning():
    evening = Evening(RoutingSettings(policy=Policy(backlog=Window(2, timedelta(minutes=5)))))
    evening.asks(*(f"b{number}" for number in range(6)))
    evening.wait(3600)
    evening.agent("lin")
    assert len(evening.decide()) == 2
    evening.wait(2)
    evening.agent("zhou")
    assert [each.account for each in evening.decide()] == ["zhou", "zhou"]
    evening.wait(297).beat()
    assert evening.decide() == []
    evening.wait(1).beat()
    assert [each.account for each in evening.decide()] == ["lin", "lin"]


def test_a_chat_handed_on_to_a_group_finds_somebody_there_though_nobody_waits():
    evening = Evening()
    evening.agent("lin", groups=frozenset({"pre_sale"}))
    evening.asks("li")
    evening.decide()
    evening.answers("lin", "li")
    evening.happens("transferred", "li", "agent", account=None, group="after_sale", by="lin")
    evening.agent("zhou", groups=frozenset({"after_sale"}))
    assert evening.decide() == [Assign("li", "zhou", "only_one", group="after_sale")]


def test_who_passed_a_chat_on_does_not_get_it_back_for_a_minute():
    evening = Evening()
    evening.agent("lin")
    evening.asks("li")
    evening.decide()
    evening.floor.pass_on("li", "lin", evening.now)
    evening.happens("transferred", "li", "agent", account=None, by="lin")
    evening.wait(59).beat()
    assert evening.decide() == []
    evening.wait(1)
    assert [each.account for each in evening.decide()] == ["lin"]


def test_a_closed_chat_is_chosen_for_anew_when_its_buyer_comes_back():
    evening = Evening()
    evening.agent("lin")
    evening.asks("li")
    evening.decide()
    evening.answers("lin", "li")
    evening.happens("closed", "li", "agent")
    assert evening.holders() == {"li": None}
    evening.agent("zhou", capacity=20)
    evening.wait(60).beat()
    evening.asks("li")
    assert evening.decide() == [Assign("li", "lin", "last_contact")]


def test_rules_say_which_group_a_chat_is_for():
    rules = (Rule(stage="after_sale", group="after_sale"), Rule(tag="VIP", group="vip", band=2))
    evening = Evening(RoutingSettings(rules=rules))
    evening.agent("lin", groups=frozenset({"after_sale"}))
    evening.agent("zhou", groups=frozenset({"vip"}))
    evening.happens("order.paid", "li", order="o1")
    evening.happens("tagged", "wang", tag="VIP")
    evening.asks("li", "wang")
    given = {each.chat: (each.account, each.group) for each in evening.decide()}
    assert given == {"li": ("lin", "after_sale"), "wang": ("zhou", "vip")}


def test_accounts_of_the_platform_that_the_house_does_not_know_keep_their_chats():
    evening = Evening()
    evening.agent("lin")
    evening.asks("li")
    evening.happens("assigned", "li", account="店小二")
    evening.wait(1200).beat()
    assert evening.decide() == []


def test_where_the_platform_itself_routes_the_desk_gives_nothing_to_anybody():
    evening = Evening()
    evening.left_alone = frozenset({"webchat"})
    evening.rule(RoutingSettings())
    evening.agent("lin")
    evening.asks("li")
    assert evening.decide() == []


def test_nobody_gets_a_chat_without_the_right_to_answer_or_of_another_shop():
    evening = Evening()
    evening.agent("lin", role=VIEWER)
    evening.agent("zhou", shops=Shops(only=frozenset({"coffee"})))
    evening.asks("li")
    assert evening.decide() == []


def test_a_deactivated_account_loses_its_chats():
    evening = Evening()
    evening.agent("lin")
    evening.asks("li")
    evening.decide()
    evening.floor.keep_account(replace(evening.floor.people["lin"].account, active=False))
    assert Release("li", "lin", "gone") in evening.decide()


def test_the_desk_looks_again_when_silence_or_patience_ends():
    evening = Evening()
    evening.agent("lin")
    evening.asks("li")
    evening.decide()
    assert decide(evening.floor, evening.now).look_again == evening.now + timedelta(seconds=70)
    evening.wait(9 * 60 + 50).beat()
    evening.decide()
    assert decide(evening.floor, evening.now).look_again == evening.now + timedelta(seconds=10)


def test_agents_are_as_fast_as_their_last_answers():
    evening = Evening()
    evening.agent("lin")
    for seconds in (10, 20, 30):
        evening.asks("li")
        evening.decide()
        evening.wait(seconds).beat()
        evening.answers("lin", "li")
    assert evening.floor.people["lin"].seconds_per_reply == 20


def test_a_chat_whose_channel_was_closed_is_nobodys_load_and_in_no_line():
    evening = Evening()
    evening.agent("lin", capacity=1)
    evening.asks("li", "wang")
    evening.decide()
    held = next(chat for chat, holder in evening.holders().items() if holder == "lin")
    (waiting,) = {"li", "wang"} - {held}
    evening.floor.leave(held)
    assert evening.floor.loads.held_by("lin") == {}
    assert [each.chat for each in evening.decide()] == [waiting]
    evening.floor.leave(waiting)
    assert (evening.floor.chats, evening.decide()) == ({}, [])


def test_what_was_promised_of_a_chat_that_left_is_forgotten():
    evening = Evening()
    evening.agent("lin")
    evening.asks("li")
    (intent,) = decide(evening.floor, evening.now).intents
    evening.floor.leave("li")
    assert evening.floor.loads.held_by("lin") == {}
    evening.floor.break_promise(intent)
    assert evening.decide() == []
