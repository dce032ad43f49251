"""The embedded log: one SQLite file (WAL, every commit synced) and a master key outside it.

In: events, bookmarks, erasures. Out: events by shop and `seq`, columns for figures, problems.
`open_log` in log.py is the door; the tables are told in migrations/.
"""
