"""What the chat on the merchant's own site can do."""

from miaohui.adapters.storage.media_ports import MOST_PICTURE_BYTES, PICTURE_TYPES
from miaohui.domain.directory.capabilities import Capabilities, Since

WEBCHAT = [
    Since(
        None,
        Capabilities(
            sends=frozenset({"text", "emoji", "image", "card.product"}),
            longest_text=2_000,
            media_types=PICTURE_TYPES,
            largest_media_bytes=MOST_PICTURE_BYTES,
            confirms=True,
            shows_typing=True,
            shows_read=True,
            takes_ratings=True,
            recalls=True,
        ),
    )
]
