"""Notices to browsers that asked for them, by the push service of each browser's maker.

An address is a PushSubscription as the browser writes it in JSON. Only the browser can read what
is sent (RFC 8291), and the push service knows by the house's key who sends (VAPID, RFC 8292).
"""
