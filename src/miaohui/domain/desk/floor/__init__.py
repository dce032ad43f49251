"""The floor: every chat that is not at rest, who is there, and what the desk decides.

In come events in the order of the log, heart-beats and the instant; out come `Change`s (who sees
what from now on) and intents (`deciding`): who gets which chat, and who loses one. Holds state,
does no I/O.
"""
