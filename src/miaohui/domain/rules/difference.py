"""What changed between two packs, field by field."""

from collections.abc import Iterator

import msgspec

from miaohui.domain.rules.pack import Pack


class Difference(msgspec.Struct, frozen=True):
    """One field that differs; `old` and `new` are plain values as they stand in a pack file.

    `entry` is the section, `id` the entry in it (empty for the heading and the terms of
    conversation), `field` the dotted field. An entry that only one pack has is told once, with
    an empty `field` and its whole content on that side, None on the other.
    """

    entry: str
    id: str
    field: str
    old: object
    new: object


def differences(old: Pack, new: Pack) -> list[Difference]:
    """All differences from old to new, in the order of the pack's sections."""
    return [
        difference
        for field in msgspec.structs.fields(Pack)
        for difference in _in_section(
            field.name, getattr(old, field.name), getattr(new, field.name)
        )
    ]


def _in_section(section: str, old: object, new: object) -> Iterator[Difference]:
    if not isinstance(old, tuple) or not isinstance(new, tuple):
        yield from _in_entry(section, "", old, new)
        return
    before = {entry.id: entry for entry in old}
    after = {entry.id: entry for entry in new}
    for entry_id in before | after:
        yield from _in_entry(section, entry_id, before.get(entry_id), after.get(entry_id))


def _in_entry(section: str, entry_id: str, old: object, new: object) -> Iterator[Difference]:
    if old is None or new is None:
        yield Difference(section, entry_id, "", _plain(old), _plain(new))
        return
    before, after = dict(_flat(old)), dict(_flat(new))
    for name in before | after:
        was, now = before.get(name), after.get(name)
        if was != now:
            yield Difference(section, entry_id, name, was, now)


def _flat(value: object, prefix: str = "") -> Iterator[tuple[str, object]]:
    """Dotted field names and plain values, down to values that are no entries themselves."""
    for name, inner in _fields(value):
        if isinstance(inner, msgspec.Struct) or (isinstance(inner, dict) and inner):
            yield from _flat(inner, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", _plain(inner)


def _fields(value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, msgspec.Struct):
        for field in msgspec.structs.fields(value):
            yield field.encode_name, getattr(value, field.name)
    elif isinstance(value, dict):
        yield from value.items()


def _plain(value: object) -> object:
    return msgspec.json.decode(msgspec.json.encode(value))
