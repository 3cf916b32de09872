"""Metrics for Prometheus: requests are counted as they end; the rest is read from where it is kept when somebody asks.

No label has a value from a request: a status and a code are ours, so their number is bounded. Nothing here is shared between two
servers of one process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily, Metric

from api.answer import Answers
from graph.engines.bolt import Store

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)  # seconds: from the cache, to the limit of a request


class Metrics:
    """The metrics of one process. `clock` returns seconds since 1970.

    With `pid` each metric has it as a label, because processes that share an address answer in turn.
    """

    def __init__(self, answers: Answers, store: Store, clock: Callable[[], float], *, pid: int | None = None) -> None:
        self._answers, self._store, self._clock = answers, store, clock
        self._label = {} if pid is None else {"pid": str(pid)}
        self._counted = counted = CollectorRegistry()
        self._requests = Counter("regiograaf_requests", "Requests, by HTTP status.", ["status"], registry=counted)
        self._errors = Counter("regiograaf_errors", "Requests with an error, by its code.", ["code"], registry=counted)
        self._seconds = Histogram("regiograaf_request_seconds", "Time of a request.", buckets=BUCKETS, registry=counted)
        self._refused = Counter("regiograaf_refused", "Connections refused by their limits, by code.", ["code"], registry=counted)

    def count(self, status: int, codes: Iterable[str], seconds: float) -> None:
        """Counts a request, and each code of its errors. A status of 0 means that no response began."""
        self._requests.labels(str(status) if status else "none").inc()
        self._seconds.observe(seconds)
        for code in codes:
            self._errors.labels(code).inc()

    def refuse(self, code: str) -> None:
        """Counts a connection that was refused."""
        self._refused.labels(code).inc()

    def text(self) -> bytes:
        """Returns all metrics as Prometheus reads them."""
        return generate_latest(self)

    def collect(self) -> Iterator[Metric]:
        """Yields all metrics, without the instants at which counting began, which Prometheus does not read from text."""
        for metric in (*self._counted.collect(), *self._state()):
            samples = [sample for sample in metric.samples if not sample.name.endswith("_created")]
            metric.samples = [sample._replace(labels={**sample.labels, **self._label}) for sample in samples]
            yield metric

    def _state(self) -> Iterator[Metric]:
        cache, gate, availability = self._answers.caches["answers"], self._store.gate, self._store.availability
        yield CounterMetricFamily("regiograaf_answer_cache_hits", "Answers found in the cache.", cache.hits)
        yield CounterMetricFamily("regiograaf_answer_cache_misses", "Answers not found in the cache.", cache.misses)
        yield GaugeMetricFamily("regiograaf_queries_running", "Queries that run in the store.", gate.running)
        yield GaugeMetricFamily("regiograaf_queries_running_limit", "Queries that may run at once.", gate.at_once)
        yield GaugeMetricFamily("regiograaf_queries_queued", "Queries that wait for a place.", gate.queued)
        yield GaugeMetricFamily("regiograaf_queries_queued_limit", "Queries that may wait.", gate.waiting)
        yield GaugeMetricFamily("regiograaf_store_away", "1 while the store does not answer, else 0.", availability.problem is not None)
        yield CounterMetricFamily("regiograaf_engine_restarts", "Times that the embedded engine was started again.", availability.restarts)
        yield from self._data()

    def _data(self) -> Iterator[Metric]:
        """Yields version and age of the data, without a value while they are not known."""
        versions = self._answers.versions
        version, loaded_at = versions.current, versions.loaded_at
        data = InfoMetricFamily("regiograaf_data", "Version of the data, as a label.")
        age = GaugeMetricFamily("regiograaf_data_age_seconds", "Time since the data was loaded.")
        if version:
            data.add_metric([], {"version": version})
        if loaded_at:
            age.add_metric([], self._clock() - datetime.fromisoformat(loaded_at).timestamp())
        yield data
        yield age
