"""People beside the log: accounts, log-ins, keys and the audit log.

In: what directory_ports.py asks for. `TableDirectory` in directory.py is the door.
"""
