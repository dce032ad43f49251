"""One-time codes against the test vectors of RFC 6238, appendix B (SHA-1, last six digits)."""

from base64 import b32decode
from datetime import UTC, datetime, timedelta

import pytest

from miaohui.adapters.secrets.timed_codes import STEP_SECONDS, TimedCodes

codes = TimedCodes()
SECRET = codes.secret(b"12345678901234567890")
VECTORS = [
    (59, "287082"),
    (1111111109, "081804"),
    (1111111111, "050471"),
    (1234567890, "005924"),
    (2000000000, "279037"),
    (20000000000, "353130"),
]


def at(seconds: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)


@pytest.mark.parametrize(("seconds", "code"), VECTORS)
def test_codes_are_those_of_the_rfc(seconds, code):
    assert codes.step(SECRET, code, at(seconds)) == seconds // STEP_SECONDS


@pytest.mark.parametrize(("late", "known"), [(-30, True), (0, True), (59, True), (90, False)])
def test_a_code_of_a_neighbouring_step_is_known_as_that_step(late, known):
    step = codes.step(SECRET, "005924", at(1234567890 + late))
    assert step == (1234567890 // STEP_SECONDS if known else None)


@pytest.mark.parametrize("typed", ["005 924", " 005924 ", "００５９２４"])
def test_blanks_and_width_do_not_matter(typed):
    assert codes.step(SECRET, typed, at(1234567890)) is not None


@pytest.mark.parametrize("typed", ["", "5924", "005925", "0059240", "码码码码码码", "\ud800"])
def test_anything_else_is_wrong(typed):
    assert codes.step(SECRET, typed, at(1234567890)) is None


def test_the_address_says_who_and_where():
    address = codes.address(SECRET, "茶叶铺:小王", "Miaohui").reveal()
    assert address.startswith("otpauth://totp/Miaohui:")
    assert f"secret={SECRET.reveal()}" in address
    assert b32decode(SECRET.reveal()) == b"12345678901234567890"
