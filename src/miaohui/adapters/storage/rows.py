"""Where rows lie, and the bytes that bind what is sealed to its row."""

from miaohui.adapters.storage.sealing import WRAPPED_BYTES

SHOP_SHIFT = 40
SEQ_MASK = (1 << SHOP_SHIFT) - 1

# What stands where an erased buyer's key was.
DESTROYED = bytes(WRAPPED_BYTES)


def position_of(shop: int, seq: int) -> int:
    """Where the event of a shop's number and `seq` lies."""
    return shop << SHOP_SHIFT | seq


def event_bound(position: int) -> bytes:
    """What binds a sealed payload to its row."""
    return b"event" + bytes_of(position)


def key_bound(buyer: int) -> bytes:
    """What binds a wrapped key to its buyer."""
    return b"key" + bytes_of(buyer)


def buyer_bound(buyer: int) -> bytes:
    """What binds a sealed buyer's name to its row."""
    return b"buyer" + bytes_of(buyer)


def thread_bound(thread: int) -> bytes:
    """What binds a sealed conversation's name to its row."""
    return b"thread" + bytes_of(thread)


def cabinet_bound(cabinet: int) -> bytes:
    """What binds a wrapped key to its cabinet."""
    return b"cabinet" + bytes_of(cabinet)


def drawer_bound(place: int) -> bytes:
    """What binds a sealed drawer to its place."""
    return b"drawer" + bytes_of(place)


def media_bound(media_id: bytes) -> bytes:
    """What binds a sealed picture to its id."""
    return b"media" + media_id


def preview_bound(media_id: bytes) -> bytes:
    """What binds the preview of a picture to its id."""
    return b"preview" + media_id


def bytes_of(number: int) -> bytes:
    """The eight bytes that bind a sealed thing to its row."""
    return number.to_bytes(8, "big")
