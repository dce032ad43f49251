"""Extending a pack: a child's plain data merged onto its parent's, entry by entry."""

from collections.abc import Iterator, Mapping, Sequence

# What a YAML file holds: None, bool, int, float, str, a list of these, a dict of str to these.
Plain = object
REMOVE = "remove"


def extended(parent: Mapping[str, Plain], child: Mapping[str, Plain]) -> dict[str, Plain]:
    """The parent with the child laid over it, without the entries that `remove` names.

    Mappings merge field by field. Lists whose entries all carry an `id` merge entry by entry:
    a known id is merged onto the parent's entry in its place, a new one goes last. Anything
    else replaces the parent's value. `remove: {section: [ids]}` deletes the parent's entries.
    """
    kept = {section: _kept(entries, section, child) for section, entries in parent.items()}
    return _merged(kept, {name: value for name, value in child.items() if name != REMOVE})


def removals(child: Mapping[str, Plain]) -> Iterator[tuple[str, int, Plain]]:
    """(section, position in its list, id) of every entry that the child's `remove` names."""
    named = child.get(REMOVE)
    for section, ids in named.items() if isinstance(named, dict) else ():
        for position, entry_id in enumerate(ids if isinstance(ids, list) else ()):
            yield section, position, entry_id


def has_ids(value: Plain) -> bool:
    """Whether this is a list that merges entry by entry."""
    return isinstance(value, list) and all(id_of(entry) is not None for entry in value)


def id_of(entry: Plain) -> str | None:
    """The id of a list's entry, if it has one."""
    entry_id = entry.get("id") if isinstance(entry, dict) else None
    return entry_id if isinstance(entry_id, str) else None


def _kept(entries: Plain, section: str, child: Mapping[str, Plain]) -> Plain:
    named = [entry_id for of, _, entry_id in removals(child) if of == section]
    removed = {entry_id for entry_id in named if isinstance(entry_id, str)}
    if not removed or not isinstance(entries, list):
        return entries
    return [entry for entry in entries if id_of(entry) not in removed]


def _merged(parent: Mapping[str, Plain], child: Mapping[str, Plain]) -> dict[str, Plain]:
    merged = dict(parent)
    for name, value in child.items():
        merged[name] = _laid_over(parent.get(name), value)
    return merged


def _laid_over(old: Plain, new: Plain) -> Plain:
    if isinstance(old, dict) and isinstance(new, dict):
        return _merged(old, new)
    if isinstance(old, list) and isinstance(new, list) and has_ids(old) and has_ids(new):
        return _merged_entries(old, new)
    return new


def _merged_entries(old: Sequence[Plain], new: Sequence[Plain]) -> list[Plain]:
    merged = list(old)
    places = {id_of(entry): place for place, entry in reversed(list(enumerate(old)))}
    for entry in new:
        # Taken out once used: the same id twice in one child stays twice, for validation to tell.
        place = places.pop(id_of(entry), None)
        if place is None:
            merged.append(entry)
        else:
            merged[place] = _laid_over(merged[place], entry)
    return merged
