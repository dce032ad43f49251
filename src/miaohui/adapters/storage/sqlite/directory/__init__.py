"""People in the same SQLite file as the log: accounts, log-ins, keys and the audit log.

In: what directory_ports.py asks for. `open_directory` in directory.py is the door; the tables
are told in ../migrations/0002_the_directory.sql.
"""
