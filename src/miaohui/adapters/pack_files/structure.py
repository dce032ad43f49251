"""Everything wrong with the shape of a pack, told in words of packs instead of schemas.

Slow and only for packs that did not convert: it walks the JSON schema to the end instead of
stopping at the first thing wrong.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from miaohui.adapters.pack_files.schema import is_date, is_duration, pack_schema
from miaohui.domain.rules.findings import Finding, Path

# A ValidationError of jsonschema, whose fields have no types; imported only where it is made.
Deviation = Any

_TYPES = {
    "string": "pack.not_text_value",
    "number": "pack.not_a_number",
    "integer": "pack.not_a_whole_number",
    "boolean": "pack.not_yes_or_no",
    "array": "pack.not_a_list",
    "object": "pack.not_an_entry",
    "null": "pack.not_empty",
}
_FORMATS = {"date": "pack.not_a_date", "duration": "pack.not_a_duration"}


def shape_findings(data: object) -> list[Finding]:
    """All deviations from the schema of packs, each once, in the order of the schema."""
    from jsonschema import Draft202012Validator, FormatChecker

    formats = FormatChecker(formats=())
    formats.checks("date")(is_date)
    formats.checks("duration")(is_duration)
    validator = Draft202012Validator(pack_schema(), format_checker=formats)
    return list(_all_told(validator.iter_errors(data)))


def _all_told(errors: Iterable[Deviation]) -> Iterator[Finding]:
    for error in errors:
        yield from _told(error)


def _told(error: Deviation) -> Iterator[Finding]:
    keyword = str(error.validator)
    if keyword == "anyOf":
        yield from _all_told(_of_the_meant_branch(error))
        return
    tell = _SENTENCES.get(keyword, _other)
    yield from tell(error, tuple(error.absolute_path))


def _of_the_meant_branch(error: Deviation) -> Iterator[Deviation]:
    """A value that may be null is not null: what is wrong with it otherwise."""
    branches: list[Any] = list(error.validator_value)
    for inner in error.context or ():
        branch = branches[int(inner.relative_schema_path[0])]
        if branch != {"type": "null"}:
            yield inner


def _missing(error: Deviation, path: Path) -> Iterator[Finding]:
    # jsonschema tells one error for each missing name, the name only inside its sentence.
    names = [name for name in error.validator_value if error.message.startswith(f"{name!r} ")]
    for name in names:
        yield Finding(path, "pack.missing", {"field": name})


def _unknown_fields(error: Deviation, path: Path) -> Iterator[Finding]:
    known = list(error.schema["properties"])
    for name in error.instance:
        if name not in known:
            yield Finding(
                (*path, name), "pack.unknown_field", {"field": name, "allowed": ", ".join(known)}
            )


def _wrong_type(error: Deviation, path: Path) -> Iterator[Finding]:
    key = _TYPES[str(error.validator_value)]
    yield Finding(path, key, {"value": _shown(error.instance)})


def _wrong_word(error: Deviation, path: Path) -> Iterator[Finding]:
    allowed = ", ".join(str(word) for word in error.validator_value)
    yield Finding(path, "pack.not_allowed", {"value": _shown(error.instance), "allowed": allowed})


def _wrong_pattern(error: Deviation, path: Path) -> Iterator[Finding]:
    pattern = str(error.validator_value)
    key = "pack.not_a_local_time" if "24:00" in pattern else "pack.not_an_id"
    if pattern.startswith("^[0-9]"):
        key = "pack.not_a_version"
    yield Finding(path, key, {"value": _shown(error.instance)})


def _wrong_format(error: Deviation, path: Path) -> Iterator[Finding]:
    yield Finding(path, _FORMATS[str(error.validator_value)], {"value": _shown(error.instance)})


def _too_small(error: Deviation, path: Path) -> Iterator[Finding]:
    values = {"value": _shown(error.instance), "allowed": error.validator_value}
    yield Finding(path, "pack.too_small", values)


def _too_large(error: Deviation, path: Path) -> Iterator[Finding]:
    values = {"value": _shown(error.instance), "allowed": error.validator_value}
    yield Finding(path, "pack.too_big", values)


def _other(error: Deviation, path: Path) -> Iterator[Finding]:
    yield Finding(path, "pack.other", {"reason": error.message[:200]})


_SENTENCES: dict[str, Callable[[Deviation, Path], Iterator[Finding]]] = {
    "required": _missing,
    "additionalProperties": _unknown_fields,
    "type": _wrong_type,
    "enum": _wrong_word,
    "pattern": _wrong_pattern,
    "format": _wrong_format,
    "minimum": _too_small,
    "maximum": _too_large,
}


def _shown(value: object) -> str:
    """A value short enough for one line."""
    if isinstance(value, dict):
        return "{…}"
    if isinstance(value, list):
        return "[…]"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    text = str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"
