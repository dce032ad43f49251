"""The log in a PostgreSQL database, for shops too many or too busy for one file.

In: events, bookmarks, erasures, and the master key from outside the database. Out: events by shop
and `seq`, columns for figures, problems. `open_postgres_log` in log.py is the door; the tables,
in a schema of their own, are told in migrations/.
"""
