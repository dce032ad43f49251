"""How people prove who they are: hashed passwords and one-time codes, behind the ports in ports.py.

Secrets come in; hashes, yes or no, and steps of time go out.
"""
