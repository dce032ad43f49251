"""What SQLite and PostgreSQL both keep in small tables beside the log, written once for both.

In: what directory_ports.py asks for, and turns (table_ports.py) of either engine. Out: one class
for each port. The tables themselves are told in the migrations/ of each engine.
"""
