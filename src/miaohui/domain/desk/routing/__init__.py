"""Routing 分流: each chat to the person who can answer it in time, by a policy that is data.

In come agents, their load, a request and the instant; out come a `Choice` with a reason for every
agent (`choosing`), the order of what waits (`ordering`), chats to hand on (`reassigning`), the
night's backlog spread over who arrives (`backlog`) and how even the load is (`balance`).
"""
