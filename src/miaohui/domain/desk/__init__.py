"""Live decisions on plain values: who gets a chat, what is answered next, what is handed on.

Facts of this instant come in as arguments; decisions with their reasons go out.
"""
