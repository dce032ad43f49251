"""Signed webhooks: events in over HTTP or a WebSocket, messages out over HTTP.

Signed as Standard Webhooks does (https://www.standardwebhooks.com), for which most languages
have a library.
"""
