"""Live decisions on plain values: who gets a chat, what is answered next, who is told in time.

Facts of this instant come in as arguments; decisions with their reasons go out. `routing` says who,
`deadlines` until when, `alarms` who hears of it.
"""
