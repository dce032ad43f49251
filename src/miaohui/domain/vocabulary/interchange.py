"""The interchange table (docs/metrics.md section 10): what `import` reads and `export` writes."""

COLUMNS: tuple[str, ...] = (
    "shop",
    "channel",
    "conversation",
    "buyer",
    "at",
    "actor",
    "origin",
    "account",
    "kind",
    "text",
    "order",
    "source_id",
)

# Payload fields that a table may carry in columns of their own; any other column is kept in
# the payload's `extra`.
PAYLOAD_COLUMNS: tuple[str, ...] = (
    *("purpose", "about", "mark", "by", "rating", "media", "brief"),
    *("group", "until", "tag"),
)

DEFAULT_SHOP = "default"
DEFAULT_CHANNEL = "file"
