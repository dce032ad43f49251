"""What a metric judges in a conversation (docs/metrics.md section 4), for figures and clocks."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec

from miaohui.domain.conversation.state import Complaint, Reply, Round, State
from miaohui.domain.rules.pack import Metric


class Sample(msgspec.Struct, frozen=True):
    """One thing that is judged: a message, a round, a session's round or a complaint."""

    start: datetime
    round_start: datetime
    session_start: datetime
    reply: Reply | None
    complaint: bool = False


def samples_of(state: State, metric: Metric) -> list[Sample]:
    """The samples that a metric judges, in order of start."""
    samples = [
        sample for round_ in state.rounds for sample in samples_of_round(state, round_, metric)
    ]
    if metric.complaints:
        samples += map(sample_of_complaint, state.complaints)
    return sorted(samples, key=lambda sample: sample.start)


def samples_of_round(state: State, round_: Round, metric: Metric) -> Iterable[Sample]:
    """The samples of one round, in order of start."""
    if metric.unit == "session" and not round_.opens_session:
        return
    by_message = metric.unit == "message" or metric.success == "all_messages_within"
    for message in round_.messages if by_message else round_.messages[:1]:
        session_start = state.sessions[message.session].first
        yield Sample(message.at, round_.start, session_start, round_.reply)


def sample_of_complaint(complaint: Complaint) -> Sample:
    """A complaint as a sample of its own."""
    return Sample(complaint.at, complaint.at, complaint.at, complaint.reply, True)


def waited_of(sample: Sample, metric: Metric) -> timedelta | None:
    """The wait; under perspective `agent` it starts when the replier was given the chat."""
    if sample.reply is None:
        return None
    start, assigned_at = sample.start, sample.reply.assigned_at
    if metric.perspective == "agent" and assigned_at is not None:
        start = max(start, assigned_at)
    return sample.reply.at - start
