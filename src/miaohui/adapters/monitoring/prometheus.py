"""The house in the words of Prometheus (https://prometheus.io/docs/instrumenting/exposition_formats).

A registry of its own, so that nothing that a library counts comes in by itself.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

CONTENT_TYPE = CONTENT_TYPE_LATEST
EVENTS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000)
COMMIT_SECONDS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5)
WAIT_SECONDS = (1, 2, 5, 10, 20, 30, 60, 90, 120, 180, 300, 600, 1_800)
# The values of the labels of a gauge, in their order, and its value there.
Readings = Mapping[tuple[str, ...], float]


class Monitor:
    """Counts what it is told, and reads the rest when somebody asks. Threads may share it."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        PlatformCollector(registry=self._registry)
        self._accepted = self._counter("accepted_events", "New events in the log.")
        self._commit_events = self._histogram("commit_events", "Events in a commit.", EVENTS)
        self._commit_seconds = self._histogram(
            "commit_seconds", "How long a commit took, the disk included.", COMMIT_SECONDS
        )
        self._failed_commits = self._counter("failed_commits", "Commits that did not go through.")
        self._refusals = self._counter("refusals", "What was refused, by the reason's key.", "key")
        self._logins = self._counter("logins", "Knocks at the door, by their outcome.", "outcome")
        self._decisions = self._counter("decisions", "What the desk decided.", "kind")
        self._assigned = self._histogram(
            "wait_at_assignment_seconds", "How long chats had waited when given.", WAIT_SECONDS
        )
        self._tries = self._counter(
            "sending_tries", "Tries to send, by what came of them.", "state"
        )
        self._notices = self._counter(
            "notices", "Tries to tell somebody, by what came of them.", "way", "outcome"
        )
        self._restarts = self._counter(
            "river_restarts", "Rivers that broke and began anew.", "river"
        )

    @contextmanager
    def committing(self, events: int) -> Iterator[None]:
        """Goes round a commit of so many events."""
        with self._commit_seconds.time(), self._failed_commits.count_exceptions():
            yield
        self._commit_events.observe(events)

    def accepted(self, events: int) -> None:
        """So many new events lie in the log."""
        self._accepted.inc(events)

    def decided(self, kind: str, waited: timedelta | None) -> None:
        """The desk decided something; what was assigned had waited so long."""
        self._decisions.labels(kind).inc()
        if waited is not None:
            self._assigned.observe(waited.total_seconds())

    def tried(self, state: str) -> None:
        """A message was tried to be sent."""
        self._tries.labels(state).inc()

    def notified(self, way: str, outcome: str) -> None:
        """Somebody was tried to be told something."""
        self._notices.labels(way, outcome).inc()

    def refused(self, key: str) -> None:
        """Somebody was told a problem."""
        self._refusals.labels(key).inc()

    def knocked(self, outcome: str) -> None:
        """Somebody wanted to log in."""
        self._logins.labels(outcome).inc()

    def river_broke(self, river: str) -> None:
        """A river broke and will flow again."""
        self._restarts.labels(river).inc()

    def watch(
        self, name: str, meaning: str, labels: Iterable[str], read: Callable[[], Readings]
    ) -> None:
        """A gauge that is read whenever the page is asked for, on the thread that asks."""
        self._registry.register(_Gauge(f"miaohui_{name}", meaning, list(labels), read))

    def page(self) -> bytes:
        """Everything, as it is now."""
        return generate_latest(self._registry)

    def _counter(self, name: str, meaning: str, *labels: str) -> Counter:
        return Counter(f"miaohui_{name}", meaning, labels, registry=self._registry)

    def _histogram(self, name: str, meaning: str, buckets: Iterable[float]) -> Histogram:
        return Histogram(
            f"miaohui_{name}", meaning, buckets=tuple(buckets), registry=self._registry
        )


class _Gauge(Collector):
    def __init__(
        self, name: str, meaning: str, labels: list[str], read: Callable[[], Readings]
    ) -> None:
        self._name = name
        self._meaning = meaning
        self._labels = labels
        self._read = read

    def describe(self) -> list[GaugeMetricFamily]:
        """What it will give; asked once, without reading anything."""
        return [self._family()]

    def collect(self) -> list[GaugeMetricFamily]:
        """What it gives now."""
        family = self._family()
        for labels, value in self._read().items():
            family.add_metric(labels, value)
        return [family]

    def _family(self) -> GaugeMetricFamily:
        return GaugeMetricFamily(self._name, self._meaning, labels=self._labels)
