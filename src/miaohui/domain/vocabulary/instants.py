"""Instants and local days: aware UTC datetimes outside, integer microseconds where it counts."""

from datetime import UTC, date, datetime, timedelta, tzinfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH_DAY = date(1970, 1, 1)
MICROSECOND = timedelta(microseconds=1)
SECOND_MICROS = 1_000_000
DAY_MICROS = 86_400 * SECOND_MICROS


def micros_of(instant: datetime) -> int:
    """Microseconds since 1970-01-01 UTC of an aware instant."""
    return (instant - EPOCH) // MICROSECOND


def instant_of(micros: int) -> datetime:
    """The aware UTC instant of microseconds since 1970-01-01 UTC."""
    return EPOCH + timedelta(microseconds=micros)


def local_day(instant: datetime, zone: tzinfo) -> date:
    """The calendar day that an instant falls on in a zone."""
    return instant.astimezone(zone).date()


def iso(instant: datetime) -> str:
    """ISO 8601 in UTC with a trailing Z and microseconds only where there are any."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")
