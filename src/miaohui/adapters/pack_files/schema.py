"""The JSON schema of a pack file, for editors and for telling everything that is wrong."""

from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import msgspec

from miaohui.domain.rules.pack import Pack

Schema = dict[str, Any]
SUFFIX = "Extension"


def pack_schema() -> Schema:
    """What a whole pack must look like, its parents merged in."""
    return msgspec.json.schema(Pack)


def json_schema() -> Schema:
    """What a pack file must look like: whole, or (with `pack.extends`) only what it changes."""
    whole = pack_schema()
    names = whole["$defs"]
    partial = {f"{name}{SUFFIX}": _partial(entry) for name, entry in deepcopy(names).items()}
    partial[f"Pack{SUFFIX}"]["required"] = ["pack"]
    partial[f"Pack{SUFFIX}"]["properties"]["remove"] = _removals(names["Pack"])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Miaohui rule pack",
        "if": {"properties": {"pack": {"required": ["extends"]}}},
        "then": {"$ref": f"#/$defs/Pack{SUFFIX}"},
        "else": {"$ref": "#/$defs/Pack"},
        "$defs": {**names, **partial},
    }


def is_duration(value: object) -> bool:
    """Whether this is a duration as packs write it (`PT3M`); what is no text is none's business."""
    return not isinstance(value, str) or _converts(value, timedelta)


def is_date(value: object) -> bool:
    """Whether this is a date as packs write it (`2026-01-01`)."""
    return not isinstance(value, str) or _converts(value, date)


def _converts(value: str, kind: type) -> bool:
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError:
        return False
    return True


def _partial(entry: Schema) -> Schema:
    """An entry that may leave to its parent whatever it does not change."""
    entry["required"] = [name for name in entry.get("required", ()) if name in ("id", "version")]
    return _renamed(entry)


def _renamed(schema: Any) -> Any:
    if isinstance(schema, dict):
        return {
            key: f"{value}{SUFFIX}" if key == "$ref" else _renamed(value)
            for key, value in schema.items()
        }
    if isinstance(schema, list):
        return [_renamed(item) for item in schema]
    return schema


def _removals(pack: Schema) -> Schema:
    sections = [name for name, kind in pack["properties"].items() if kind.get("type") == "array"]
    ids = {"type": "array", "items": {"type": "string"}}
    return {
        "type": "object",
        "description": "Entries of the parent to leave out: section → ids.",
        "properties": dict.fromkeys(sections, ids),
        "additionalProperties": False,
    }
