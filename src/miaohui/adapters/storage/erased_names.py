"""What an erased buyer or conversation is called: `erased-` and 12 digits of its pseudonym."""

from collections.abc import Iterable

ERASED = "erased-"
ERASED_DIGITS = 12
PSEUDONYM_DIGITS = 32


def erased_name(pseudonym: str) -> str:
    """What the bearer of a pseudonym (hex digits) is called."""
    return ERASED + pseudonym[:ERASED_DIGITS].lower()


def told_digits(name: str) -> str:
    """The digits a conversation is told by, all 32 or an erased one's 12; empty for a name."""
    digits = name.removeprefix(ERASED)
    expected = PSEUDONYM_DIGITS if digits == name else ERASED_DIGITS
    is_hex = len(digits) == expected and not digits.strip("0123456789abcdef")
    return digits if is_hex else ""


def pseudonyms_of(chat_ids: Iterable[str]) -> list[bytes]:
    """The pseudonyms that ids of chats are; what is no such id is left out."""
    return [bytes.fromhex(each) for each in chat_ids if len(told_digits(each)) == PSEUDONYM_DIGITS]
