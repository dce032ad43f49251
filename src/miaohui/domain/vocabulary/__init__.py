"""The words everybody shares: events and their wire form, kinds, ids, instants, problems.

Imports nothing of ours. Events come in from adapters and go out to every other room.
"""
