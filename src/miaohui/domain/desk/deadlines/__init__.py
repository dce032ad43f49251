"""Deadlines: one clock for each waiting round and rule, the same number as in the report.

In come a conversation's state, a pack's assessments and the instant; out come `Clock`s, those that
run and those that ran out (`running`), which one a shop steers by (`clock`), and the instant on a
platform's own clock (`offset`).
"""
