"""What every log of a live desk must do: nothing lost, nothing twice, nothing out of turn."""

from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.adapters.storage.happenings import RECEIVED, message, messages

from miaohui.adapters.storage.live_ports import Attempt, OutboxState, Recorded, Sending, Unsent
from miaohui.domain.vocabulary.kinds import Actor

SHOP = "茶叶铺"
LATER = RECEIVED + timedelta(minutes=1)
FAR = RECEIVED + timedelta(days=9)


def reply(source_id: str, conversation: str = "c1"):
    """An agent's text."""
    return message(
        source_id, conversation=conversation, buyer=conversation, actor=Actor.AGENT, account="小王"
    )


def told(outgoing) -> list[tuple[str, str, int]]:
    """Messages by source id, state and attempts."""
    return [(each.event.source_id, each.state, each.attempts) for each in outgoing]


class LiveContract:
    """Inherit, and say where."""

    def place(self) -> AbstractContextManager[object]:
        raise NotImplementedError

    @pytest.fixture
    def live(self):
        with self.place() as opener, opener() as log:
            yield log

    def test_a_repeat_is_told_the_seq_of_the_first(self, live):
        first, second = message("1"), message("2")
        assert live.record([first, second, first], RECEIVED) == [
            Recorded(1, True),
            Recorded(2, True),
            Recorded(1, False),
        ]
        assert live.record([second, message("3")], RECEIVED) == [
            Recorded(2, False),
            Recorded(3, True),
        ]
        assert [event.source_id for event in live.read(SHOP)] == ["1", "2", "3"]

    def test_a_repeat_goes_out_only_once(self, live):
        live.record([reply("1")], RECEIVED, going_out=[0])
        live.record([reply("1")], RECEIVED, going_out=[0])
        live.record([reply("1"), reply("1")], RECEIVED, going_out=[0, 1])
        assert told(live.due(FAR, 10)) == [("1", "queued", 0)]

    def test_only_what_is_said_to_go_out_does(self, live):
        live.record([message("asked"), reply("said"), message("again")], RECEIVED, going_out=[1])
        assert told(live.due(FAR, 10)) == [("said", "queued", 0)]
        assert live.due(FAR, 10)[0].event.payload.text == "在吗 said"

    def test_in_a_conversation_none_overtakes_another(self, live):
        live.record([reply("1"), reply("2"), reply("x", "c2")], RECEIVED, going_out=[0, 1, 2])
        assert told(live.due(RECEIVED, 10)) == [("1", "queued", 0), ("x", "queued", 0)]
        live.record([], RECEIVED, attempts=[Attempt(SHOP, 1, Sending.QUEUED, LATER, "timeout")])
        assert told(live.due(RECEIVED, 10)) == [("x", "queued", 0)]
        assert told(live.due(LATER, 10)) == [("x", "queued", 0), ("1", "queued", 1)]
        live.record([], RECEIVED, attempts=[Attempt(SHOP, 1, Sending.SENT)])
        assert ("2", "queued", 0) in told(live.due(RECEIVED, 10))

    def test_what_has_not_gone_out_is_counted_by_channel(self, live):
        elsewhere = message("x", channel="another", conversation="c9", buyer="c9")
        live.record([reply("1"), reply("2"), reply("3"), elsewhere], RECEIVED, going_out=range(4))
        attempts = [
            Attempt(SHOP, 1, Sending.SENT),
            Attempt(SHOP, 2, Sending.FAILED, reason="blocked"),
        ]
        live.record([], RECEIVED, attempts=attempts)
        assert live.unsent(SHOP) == {
            "pdd": Unsent(queued=1, failed=1),
            "another": Unsent(queued=1),
        }
        assert live.unsent("别家") == {}

    def test_a_message_given_up_lets_the_next_one_pass_and_can_be_sent_again(self, live):
        live.record([reply("1"), reply("2")], RECEIVED, going_out=[0, 1])
        live.record([], RECEIVED, attempts=[Attempt(SHOP, 1, Sending.FAILED, reason="blocked")])
        assert told(live.due(RECEIVED, 10)) == [("2", "queued", 0)]
        assert [(each.event.seq, each.reason) for each in live.failed(SHOP)] == [(1, "blocked")]
        assert live.failed(SHOP, after_seq=1) == live.failed("别家") == []
        assert live.send_again(SHOP, 1, RECEIVED)
        assert not live.send_again(SHOP, 1, RECEIVED)
        assert not live.send_again("别家", 1, RECEIVED)
        assert told(live.due(RECEIVED, 10)) == [("1", "queued", 1)]

    def test_what_arrived_stays_so_whatever_is_told_later(self, live):
        live.record([reply("1")], RECEIVED, going_out=[0])
        for state in (Sending.SENT, Sending.DELIVERED, Sending.QUEUED, Sending.FAILED):
            live.record([], RECEIVED, attempts=[Attempt(SHOP, 1, state, LATER)])
        assert told(live.sending(SHOP, [1, 2])) == [("1", "delivered", 2)]
        assert live.due(FAR, 10) == []
        assert live.next_due() is None

    def test_the_next_due_instant_is_that_of_the_queued(self, live):
        live.record([reply("1"), reply("x", "c2")], RECEIVED, going_out=[0, 1])
        assert live.next_due() == RECEIVED
        attempts = [Attempt(SHOP, seq, Sending.QUEUED, FAR - timedelta(seq)) for seq in (1, 2)]
        live.record([], RECEIVED, attempts=attempts)
        assert live.next_due() == FAR - timedelta(2)

    def test_of_what_is_due_only_so_many_are_given_the_longest_due_first(self, live):
        replies = [reply(str(place), f"c{place}") for place in range(5)]
        live.record(replies, RECEIVED, going_out=range(5))
        live.record([], RECEIVED, attempts=[Attempt(SHOP, 1, Sending.QUEUED, LATER)])
        assert [each.event.source_id for each in live.due(FAR, 3)] == ["1", "2", "3"]

    def test_the_state_of_the_outbox_tells_how_much_waits_and_since_when(self, live):
        assert live.outbox_state() == OutboxState(0, 0, None)
        for place, at in enumerate((LATER, RECEIVED, FAR)):
            live.record([reply(str(place), f"c{place}")], at, going_out=[0])
        assert live.outbox_state() == OutboxState(3, 0, RECEIVED)
        ends = (Sending.FAILED, Sending.SENT)
        attempts = [Attempt(SHOP, seq, state) for seq, state in zip((2, 3), ends, strict=True)]
        live.record([], FAR, attempts=attempts)
        assert live.outbox_state() == OutboxState(1, 1, LATER)

    def test_attempts_on_what_nobody_knows_change_nothing(self, live):
        live.record([], RECEIVED, attempts=[Attempt("别家", 1, Sending.SENT)])
        live.record(messages(1), RECEIVED, attempts=[Attempt(SHOP, 7, Sending.SENT)])
        assert live.sending(SHOP, [1, 7]) == live.sending("别家", [1]) == []

    def test_an_erased_buyers_messages_are_given_up(self, live):
        live.record([reply("1"), reply("x", "c2")], RECEIVED, going_out=[0, 1])
        assert live.erase_buyer(SHOP, "pdd", "c1")
        assert told(live.due(FAR, 10)) == [("x", "queued", 0)]
        (failed,) = live.failed(SHOP)
        assert failed.reason == "erased"
        assert not live.send_again(SHOP, failed.event.seq, FAR)

    def test_the_outbox_survives_a_restart(self):
        with self.place() as opener:
            with opener() as log:
                log.record([reply("1"), reply("2")], RECEIVED, going_out=[0, 1])
                log.record([], RECEIVED, attempts=[Attempt(SHOP, 1, Sending.SENT)])
            with opener() as log:
                assert told(log.due(FAR, 10)) == [("2", "queued", 0)]
                assert told(log.sending(SHOP, [1])) == [("1", "sent", 1)]

    @settings(
        max_examples=40, deadline=None, suppress_health_check=[HealthCheck.differing_executors]
    )
    @given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from(list(Sending))), max_size=25))
    def test_every_message_goes_out_in_the_order_of_its_conversation(self, fates):
        with self.place() as opener, opener() as log:
            replies = [reply(str(place), f"c{place % 3}") for place in range(9)]
            log.record(replies, RECEIVED, going_out=range(9))
            gone: dict[str, list[int]] = {}
            for pick, state in fates:
                due = log.due(FAR, 10)
                heads = {each.event.conversation: each.event.seq for each in due}
                assert len(heads) == len(due)
                if not due:
                    break
                chosen = due[pick % len(due)].event
                log.record([], RECEIVED, attempts=[Attempt(SHOP, chosen.seq, state, LATER)])
                if state != Sending.QUEUED:
                    gone.setdefault(chosen.conversation, []).append(chosen.seq)
            assert all(seqs == sorted(set(seqs)) for seqs in gone.values())
