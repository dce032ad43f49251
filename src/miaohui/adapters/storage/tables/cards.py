"""Structs of the domain as JSON in a column, and back."""

from collections.abc import Iterable, Mapping

import msgspec

from miaohui.domain.directory.rights import Right

Plain = dict[str, object]


def plain_of(struct: msgspec.Struct) -> Plain:
    """A struct as JSON would hold it, sets sorted."""
    return msgspec.to_builtins(struct, order="deterministic")


def card_of(plain: Mapping[str, object]) -> str:
    """JSON that is the same for the same values."""
    return msgspec.json.encode(plain, order="deterministic").decode()


def plain_in(card: str) -> Plain:
    """What a card holds."""
    return msgspec.json.decode(card, type=dict[str, object])


def differences(before: Plain, after: Plain) -> tuple[Plain, Plain]:
    """Of two states, the fields that differ."""
    changed = sorted(
        key for key in after.keys() | before.keys() if before.get(key) != after.get(key)
    )
    return _only(before, changed), _only(after, changed)


def known_rights(names: Iterable[str]) -> frozenset[Right]:
    """Rights by name; one of a newer version is none here."""
    given = set(names)
    return frozenset(right for right in Right if right.value in given)


def _only(plain: Plain, keys: list[str]) -> Plain:
    return {key: plain[key] for key in keys if key in plain}
