"""What somebody without the right `buyers.unmask` is shown: personal data behind asterisks.

In doubt a number is hidden that looks like a telephone number. What has another shape is left:
order numbers, prices, dates, tracking numbers, the hot lines of companies.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

import msgspec
from msgspec.structs import replace

from miaohui.domain.directory.places import address_spans, district_end
from miaohui.domain.directory.reading import plain_reading

Span = tuple[int, int]
HIDDEN = "*"

# What may stand between two digits of one number.
_GAP = r"[ -]{0,3}"
_START, _END = r"(?<![0-9])", r"(?![0-9])"
# Eleven digits in a row are a number; grouped ones are not if a date is among them.
_NO_DATE = (
    r"(?:(?=[0-9]{11})"
    r"|(?<![0-9]{4}[-./][0-9][-./])(?<![0-9]{4}[-./][0-9]{2}[-./])"
    r"(?![0-9 -]{0,9}(?<![0-9])(?:19|20)[0-9]{2}-"
    r"(?:0?[1-9]|1[0-2])-(?:0?[1-9]|[12][0-9]|3[01])(?![0-9])))"
)


def _more_digits(count: int) -> str:
    return rf"(?:{_GAP}[0-9]){{{count}}}"


# Mainland mobile numbers: eleven digits, 13 to 19 in front; before them +86, 0086 or 0.
_MOBILE = (
    rf"{_START}(?:(?:\+{_GAP}|0{_GAP}0{_GAP})?8{_GAP}6{_GAP}|0{_GAP})?"
    rf"{_NO_DATE}(?P<number>1{_GAP}[3-9]{_more_digits(9)}){_END}"
)
_MOBILE_WITH_DOTS = rf"{_START}(?P<number>1[3-9][0-9] ?[./] ?[0-9]{{4}} ?[./] ?[0-9]{{4}}){_END}"
# Landlines: 010, 02x or 0xxx, and seven or eight digits of which the first is 2 to 8.
_LOCAL = rf"(?P<number>[2-8]{_more_digits(6)}(?:{_GAP}[0-9])?){_END}"
_LANDLINE = (
    rf"{_START}(?:(?:\+|00) ?86[ -]?\(?0?|\(?0)(?:10|2[0-9]|[3-9][0-9]{{2}})(?:\) ?|{_GAP}){_LOCAL}"
)
_NAMED_LANDLINE = rf"(?:电话|座机|固话|[Tt][Ee][Ll])(?:号码|号)?[是为:. ]{{0,3}}{_LOCAL}"
# Identity numbers (GB 11643): district, day of birth, three digits and a check digit, which is
# not looked at: a slip of the finger is personal data as well.
_IDENTITY = (
    rf"{_START}(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91){_more_digits(4)}"
    rf"(?P<number>{_GAP}(?:19|20){_more_digits(2)}{_GAP}(?:0[1-9]|1[0-2])"
    rf"{_GAP}(?:0[1-9]|[12][0-9]|3[01])){_more_digits(3)}{_GAP}[0-9Xx](?![0-9])"
)
_EMAIL = re.compile(r"([A-Za-z0-9.%+-]{1,64}) ?@ ?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")

# Each with how many of its digits are shown in front and at the end.
NUMBERS = tuple(
    (re.compile(pattern), in_front, at_end)
    for pattern, in_front, at_end in (
        (_IDENTITY, 0, 0),
        (_MOBILE, 3, 4),
        (_MOBILE_WITH_DOTS, 3, 4),
        (_LANDLINE, 0, 4),
        (_NAMED_LANDLINE, 0, 4),
    )
)


class Buyer(msgspec.Struct, frozen=True):
    """What the desk knows of a buyer. `name` is what the channel calls them."""

    name: str
    recipient: str | None = None
    phone: str | None = None
    address: str | None = None
    email: str | None = None
    identity_number: str | None = None


def masked(text: str) -> str:
    """A text with telephone and identity numbers, e-mail addresses and the exact part of postal
    addresses behind asterisks: one for each character, so never longer.

    Masking again changes nothing; a text without a digit and an @ stays as it is.
    """
    hidden = _masked_once(text)
    while hidden != text:
        text, hidden = hidden, _masked_once(hidden)
    return hidden


def masked_buyer(buyer: Buyer) -> Buyer:
    """A buyer as somebody without the right sees them: the recipient's first character, the ends
    of the telephone number, the district of the address and of the identity number."""
    return replace(
        buyer,
        name=masked(buyer.name),
        recipient=_field(buyer.recipient, lambda _: (1, 0)),
        phone=_field(buyer.phone, lambda phone: (3, 4) if len(phone) > 10 else (0, 4)),
        address=_field(buyer.address, lambda address: (district_end(address), 0)),
        email=_field(buyer.email, lambda email: (1, len(email) - email.rfind("@"))),
        identity_number=_field(buyer.identity_number, lambda _: (6, 0)),
    )


def _masked_once(text: str) -> str:
    reading = plain_reading(text)
    if not any(sign.isdigit() or sign == "@" for sign in reading):
        return text
    return _behind_asterisks(text, reading, chain(_number_spans(reading), address_spans(reading)))


def _number_spans(reading: str) -> Iterator[Span]:
    for pattern, in_front, at_end in NUMBERS:
        for found in pattern.finditer(reading):
            places = [at for at in range(*found.span("number")) if reading[at].isdigit()]
            yield from ((at, at + 1) for at in places[in_front : len(places) - at_end])
    for found in _EMAIL.finditer(reading):
        start, end = found.span(1)
        yield min(start + 1, end - 1), end


def _behind_asterisks(text: str, reading: str, spans: Iterable[Span]) -> str:
    signs = list(text)
    for span in spans:
        for place in range(*span):
            if reading[place] != " ":
                signs[place] = HIDDEN
    return "".join(signs)


def _field(value: str | None, shown: Callable[[str], Span]) -> str | None:
    """A field of which so many characters are shown in front and at the end; none of a short one
    that would be shown whole."""
    if not value:
        return value
    reading = plain_reading(value)
    in_front, at_end = shown(reading)
    if in_front + at_end >= len(value):
        in_front = at_end = 0
    return _behind_asterisks(value, reading, [(in_front, len(value) - at_end)])
