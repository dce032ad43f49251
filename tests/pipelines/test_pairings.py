"""A code lets one more device in, once, soon, and into the chat it was given for."""

import random
from datetime import UTC, datetime

from miaohui.pipelines.pairings import GOOD_FOR, Pairings

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)


def pairings() -> Pairings:
    return Pairings(random.Random(1).getrandbits)


def test_a_code_is_good_once():
    codes = pairings()
    code, until = codes.offer("a", "li", NOON)
    assert (len(code), until) == (8, NOON + GOOD_FOR)
    assert codes.redeem("a", code, NOON) == "li"
    assert codes.redeem("a", code, NOON) is None


def test_case_and_dashes_do_not_matter():
    codes = pairings()
    code, _ = codes.offer("a", "li", NOON)
    assert codes.redeem("a", f" {code[:4].upper()}-{code[4:]} ", NOON) == "li"


def test_a_code_is_over_after_ten_minutes():
    codes = pairings()
    code, until = codes.offer("a", "li", NOON)
    assert codes.redeem("a", code, until) is None


def test_a_code_of_another_chat_is_none_here_and_stays_good_there():
    codes = pairings()
    code, _ = codes.offer("a", "li", NOON)
    assert codes.redeem("b", code, NOON) is None
    assert codes.redeem("a", code, NOON) == "li"


def test_a_new_code_takes_the_place_of_the_last_one_and_of_no_other():
    codes = pairings()
    first, _ = codes.offer("a", "li", NOON)
    other, _ = codes.offer("a", "wang", NOON)
    second, _ = codes.offer("a", "li", NOON)
    assert codes.redeem("a", first, NOON) is None
    assert codes.redeem("a", second, NOON) == "li"
    assert codes.redeem("a", other, NOON) == "wang"
