"""The state of one conversation: what a live deadline and a metric both mean by "answered".

Events come in through `apply(state, event, terms)`; rounds, sessions, assignments, complaints
and who owes whom come out. Order is by `(at, seq)`, whatever order events arrive in.
"""
