"""The catalogue of a log's messages: cabinets of some thousands each, their drawers sealed.

In: events, and what somebody looks for. Out: chats, found without unsealing more than what is
shown. It stands on `shelves.Shelves`, which each storage gives; the log alone says what is in it,
so it can be made anew at any time.
"""
