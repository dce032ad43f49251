"""The shapes of bodies in the API's document, as msgspec tells them: what it writes there is what
it checks. The framework's own telling loses limits, and names generic structs by their rooms.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec
from litestar.openapi.spec import Schema
from litestar.plugins import OpenAPISchemaPlugin
from litestar.typing import FieldDefinition
from typing_extensions import override

if TYPE_CHECKING:
    from litestar._openapi.schema_generation import SchemaCreator

Document = dict[str, Any]
REF = "#/components/schemas/{name}"
WANTED = "wanted-"


class StructSchemas(OpenAPISchemaPlugin):
    """Notes the structs that the document speaks of, and fills them in at the end."""

    def __init__(self) -> None:
        self._wanted: list[Any] = []

    @override
    def is_plugin_supported_field(self, field_definition: FieldDefinition) -> bool:
        """See OpenAPISchemaPlugin."""
        return field_definition.is_subclass_of(msgspec.Struct)

    @override
    def to_openapi_schema(
        self, field_definition: FieldDefinition, schema_creator: "SchemaCreator"
    ) -> Schema:
        """See OpenAPISchemaPlugin."""
        if field_definition.annotation not in self._wanted:
            self._wanted.append(field_definition.annotation)
        place = self._wanted.index(field_definition.annotation)
        return Schema(title=f"{WANTED}{place}")

    def filled(self, document: Document) -> Document:
        """The document with every struct in it."""
        told, components = msgspec.json.schema_components(self._wanted, ref_template=REF)
        refs = [each["$ref"] for each in told]
        whole = _filled(document, refs)
        known = whole["components"].get("schemas", {})
        return {**whole, "components": {**whole["components"], "schemas": known | components}}


def _filled(part: Any, refs: Sequence[str]) -> Any:
    """A part of the document with references to what is there."""
    match part:
        case {"title": str(title)} if title.startswith(WANTED):
            return {"$ref": refs[int(title.removeprefix(WANTED))]}
        case dict():
            return {key: _filled(value, refs) for key, value in part.items()}
        case list():
            return [_filled(value, refs) for value in part]
        case _:
            return part
