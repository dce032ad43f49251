"""Notices by e-mail through the owner's own mail server (SMTP).

An address is one mailbox, `name@example.com`. The server is chosen by the owner and may stand
inside the network.
"""
