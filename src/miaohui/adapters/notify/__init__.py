"""How the house tells people who are not looking at it: e-mail, web push, robots in team chats.

A notice and an address go in, what became of it comes out, behind the port in port.py. When to
tell whom is not known here.
"""
