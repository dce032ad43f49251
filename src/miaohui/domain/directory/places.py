"""Where a postal address stands in a text, and where its district ends.

An address is known by a number with a unit behind the name of a street, an estate or a village
(文三路123号, 阳光花园5栋), or by two in a row (5栋301). What is all in Chinese numerals, or has
neither, is not known as one.
"""

import re
from collections.abc import Iterator

Span = tuple[int, int]

_NUMBER = r"[0-9]{1,5}(?:-[0-9]{1,4})?[A-Za-z]?"
_HOUSE = r"(?:号楼(?!梯)|号院|栋|幢|座|单元)"
_UNIT = r"(?:号楼|号院|单元|[号栋幢座室楼层房户门弄])"
_ROAD = rf"(?:大道|胡同|[路街巷弄]) ?{_NUMBER} ?[号弄栋幢座室]"
_VILLAGE = rf"[村屯庄寨] ?{_NUMBER} ?[号组队社]"
_BUILDING = (
    r"(?:小区|社区|花园|家园|公寓|大厦|广场|大楼|新村|宿舍|学院|大学|学校|公司|医院|工业园|科技园"
    r"|产业园|[苑府园城湾庭院村里])"
)
_ESTATE = rf"{_BUILDING} ?(?:[A-Za-z]座 ?)?{_NUMBER} ?(?:{_HOUSE}|室)"
_DASHED = r"(?:小区|花园|家园|公寓|大厦|新村|苑) ?[0-9]{1,3}(?:-[0-9]{1,4}){1,3}(?![0-9-])"
_BLOCK = rf"(?<=[一-龥]) ?{_NUMBER}(?:号楼(?!梯)|号院|栋|幢|单元)"
_ROOM = (
    rf"[0-9]{{1,4}}[A-Za-z]?{_HOUSE}[ -]?"
    r"(?:[0-9]{3,5}(?![0-9]|元|块|件|个|双|套|天|点)|[0-9]{1,5}[A-Za-z]?(?:单元|[号室楼层房户]))"
    r"|[A-Za-z]座 ?[0-9]{3,4}(?![0-9])"
)
_REST = (
    rf"(?:[ -]?[一-龥A-Za-z]{{0,8}}?{_NUMBER}{_UNIT}"
    r"|[ -]?[0-9]{3,5}(?![0-9]|元|块|件|个|双|套|天|点|月|年|%|\.))*"
)
ANCHOR = re.compile(rf"(?:{_ROAD}|{_VILLAGE}|{_ESTATE}|{_DASHED}|{_ROOM}|{_BLOCK}){_REST}")

_REGION = (
    r"(?:省|自治[区州旗县]|(?<![超门城都夜])市(?![场区民])|(?<![小社园厂校院活])区|县|旗(?!舰))"
)
# The name of a street begins behind a region, a sign, or a word that leads to an address.
_BEGINS = re.compile(rf"{_REGION}|[乡镇]|街道|[到在是寄送址给往至改]|[^一-龥A-Za-z0-9]")
LONGEST_NAME = 8

_DISTRICT = re.compile(rf"(?: ?[一-龥]{{1,6}}?{_REGION}){{0,4}}")


def address_spans(reading: str) -> Iterator[Span]:
    """Where the exact parts of addresses begin and end: from the street on, the region left."""
    for found in ANCHOR.finditer(reading):
        start, end = found.span()
        earliest = max(0, start - LONGEST_NAME)
        begins = [each.end() for each in _BEGINS.finditer(reading, earliest, start)]
        yield max(begins, default=earliest), end


def district_end(address: str) -> int:
    """How many characters the province, city and district in front of an address take."""
    found = _DISTRICT.match(address)
    return found.end() if found else 0
