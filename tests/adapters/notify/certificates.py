"""Certificates made for a test, and those who believe them."""

import ssl
from functools import cache

import trustme


@cache
def authority() -> trustme.CA:
    return trustme.CA()


def served() -> ssl.SSLContext:
    """What a server shows on 127.0.0.1."""
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority().issue_cert("127.0.0.1").configure_cert(tls)
    return tls


def trusting() -> ssl.SSLContext:
    """Whoever believes the test's authority."""
    tls = ssl.create_default_context()
    authority().configure_trust(tls)
    return tls
