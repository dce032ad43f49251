"""The columns of an export: the interchange table, payload columns in use, and the rest spread."""

import unicodedata
from collections.abc import Iterable, Sequence

import msgspec
import polars as pl

from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.interchange import COLUMNS, PAYLOAD_COLUMNS

EXTRA = "extra"
SCHEMA = {
    name: pl.Datetime("us", "UTC") if name == "at" else pl.String
    for name in (*COLUMNS, *PAYLOAD_COLUMNS, EXTRA)
}
MOST_EXTRAS = 200  # columns; cells under any further name stay together in `extra`

_extra = msgspec.json.Decoder(dict[str, str])


class Columns(msgspec.Struct, frozen=True):
    """What an export has beyond the interchange table: payload columns, names spread into
    columns of their own, and whether some cells stay together in `extra`."""

    payload: tuple[str, ...]
    spread: tuple[str, ...]
    has_rest: bool

    @property
    def headers(self) -> tuple[str, ...]:
        """All columns of the export."""
        return (*COLUMNS, *self.payload, *self.spread, *((EXTRA,) if self.has_rest else ()))


def used_columns(frames: Iterable[pl.DataFrame]) -> Columns:
    """The columns that a log needs."""
    payload: set[str] = set()
    names: dict[str, None] = {}
    for frame in frames:
        payload.update(n for n in PAYLOAD_COLUMNS if frame.get_column(n).is_not_null().any())
        for text in frame.get_column(EXTRA).drop_nulls().to_list():
            if len(names) <= MOST_EXTRAS:
                names.update(dict.fromkeys(_extra.decode(text)))
    own = [name for name in names if stands_alone(name)]
    has_rest = len(own) < len(names) or len(own) > MOST_EXTRAS
    ordered = tuple(name for name in PAYLOAD_COLUMNS if name in payload)
    return Columns(ordered, tuple(own[:MOST_EXTRAS]), has_rest)


def stands_alone(name: str) -> bool:
    """Whether a header of this name is read back as itself: not blank and none of ours."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    visible = "".join(c for c in plain if unicodedata.category(c) not in ("Cf", "Cc")).strip()
    return bool(visible) and visible not in SCHEMA and "\0" not in name


def spread_out(frame: pl.DataFrame, columns: Columns) -> pl.DataFrame:
    """The batch with exactly the columns of the export."""
    extras = [_extra.decode(text or "{}") for text in frame.get_column(EXTRA).to_list()]
    added = [
        pl.Series(name, [extra.get(name) for extra in extras], dtype=pl.String)
        for name in columns.spread
    ]
    if columns.has_rest:
        known = frozenset(columns.spread)
        added.append(pl.Series(EXTRA, [rest_of(e, known) for e in extras], dtype=pl.String))
    return frame.select(*COLUMNS, *columns.payload).with_columns(added)


def rest_of(extra: dict[str, str], known: frozenset[str]) -> str | None:
    """The cells without a column of their own, as a JSON object."""
    rest = {name: cell for name, cell in extra.items() if name not in known}
    return msgspec.json.encode(rest).decode() if rest else None


def frame_of(events: Sequence[Event]) -> pl.DataFrame:
    """Events as a batch of columns."""
    rows = [row_of(event) for event in events]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def row_of(event: Event) -> tuple[object, ...]:
    """One event in the columns of SCHEMA."""
    payload = event.payload
    return (
        event.shop,
        event.channel,
        event.conversation,
        event.buyer,
        event.at,
        event.actor.value,
        event.origin.value,
        event.account,
        event.kind,
        payload.text,
        payload.order,
        event.source_id,
        payload.purpose,
        payload.about,
        payload.mark,
        payload.by,
        payload.rating,
        payload.media,
        payload.brief,
        payload.group,
        payload.until,
        payload.tag,
        msgspec.json.encode(payload.extra).decode() if payload.extra else None,
    )
