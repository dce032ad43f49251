"""Does the log open, is it up to date, sound, and durable?"""

from collections.abc import Iterator

from miaohui.adapters.storage.conditions import Condition
from miaohui.adapters.storage.sqlite.examining import examine as examine_sqlite
from miaohui.app.doctor.findings import Finding, fine, warning, wrong
from miaohui.app.places import Database, Place

CHECK = "database"
OLDEST_SQLITE, OLDEST_POSTGRES = (3, 40), 130_000
WAITING_BYTES = 256 << 20
LOOKED_THROUGH_BYTES = 1 << 30
CROWDED = 0.9


def condition_of(place: Place, deep: bool) -> Condition | None:
    """How the log of a house is; None if there is none yet. Raises ReaderError as opening it does.

    `deep`: every page of a file is looked at, however large it is.
    """
    if isinstance(place, Database):
        # Only those who have such a database wait for its driver.
        from miaohui.adapters.storage.postgres.examining import examine

        condition = examine(place.url)
        return condition if condition.taken or condition.newer else None
    if not place.exists():
        return None
    return examine_sqlite(place, deep or place.stat().st_size <= LOOKED_THROUGH_BYTES)


def database_findings(place: Place, condition: Condition | None) -> Iterator[Finding]:
    """Of a log as it was found."""
    if condition is None:
        yield fine(CHECK, "no_log_yet", path=place)
        return
    megabytes = f"{condition.bytes / 1e6:,.1f}"
    yield fine(
        CHECK,
        "log_opens",
        path=place,
        engine=condition.engine,
        version=condition.version,
        megabytes=megabytes,
    )
    yield from _steps(condition)
    if not condition.durable:
        yield wrong(CHECK, f"not_durable_{condition.engine}", settings=_told(condition))
    yield from _soundness(place, condition)
    yield from _of_postgres(condition) if condition.engine == "postgres" else _of_sqlite(condition)


def _steps(condition: Condition) -> Iterator[Finding]:
    if condition.newer is not None:
        yield wrong(CHECK, "newer_program", step=condition.newer)
    elif condition.missing:
        yield warning(CHECK, "steps_missing", steps=", ".join(map(str, condition.missing)))


def _soundness(place: Place, condition: Condition) -> Iterator[Finding]:
    if condition.unsound:
        yield wrong(CHECK, "damaged", path=place, reason="; ".join(condition.unsound))
    elif condition.unsound is not None:
        yield fine(CHECK, "sound", path=place)
    elif condition.engine == "sqlite":
        yield warning(CHECK, "not_looked_through", path=place)


def _of_sqlite(condition: Condition) -> Iterator[Finding]:
    if tuple(int(part) for part in condition.version.split(".")[:2]) < OLDEST_SQLITE:
        yield warning(CHECK, "old_sqlite", version=condition.version)
    if condition.waiting_bytes > WAITING_BYTES:
        yield warning(CHECK, "long_wal", megabytes=f"{condition.waiting_bytes / 1e6:,.0f}")


def _of_postgres(condition: Condition) -> Iterator[Finding]:
    settings = condition.settings
    if int(settings["server_version_num"]) < OLDEST_POSTGRES:
        yield wrong(CHECK, "old_postgres", version=settings["server_version_num"])
    if settings["in_recovery"] == "on":
        yield wrong(CHECK, "standby")
    taken, most = int(settings["connections"]), int(settings["max_connections"])
    if taken > CROWDED * most:
        yield warning(CHECK, "crowded", taken=taken, most=most)


def _told(condition: Condition) -> str:
    return ", ".join(f"{name} = {value}" for name, value in condition.settings.items())
