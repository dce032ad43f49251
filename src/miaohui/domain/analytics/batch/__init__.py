"""The batch engine: facts in, tallies by day, account and hour out, agreeing with the live
engine sample by sample.

Events are counted into their conversations, shop by shop, and each conversation is walked once;
docs/decisions/0003 tells why in this shape.
"""
