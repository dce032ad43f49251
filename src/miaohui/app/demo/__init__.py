"""The demo: a house of its own in a folder, with buyers and agents who are played.

In come a folder and a pace, out come a settings file, a log with some days of history, people with
log-ins that are printed, and processes that talk to the house as any channel and any page would.
"""
