"""Numbers for Prometheus: METRICS=1 is all it takes. Without it nothing of this is imported."""

import os
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

# Every process writes its own numbers into a file here, and whoever is asked adds them up. The library looks for this
# folder when it is imported: so all of this project takes it from here.
FOLDER = Path(os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", "/tmp/metrics"))  # noqa: S108  a tmpfs of this container
FOLDER.mkdir(parents=True, exist_ok=True)

from prometheus_client import CollectorRegistry, Gauge, Histogram, start_http_server  # noqa: E402
from prometheus_client.metrics_core import GaugeMetricFamily  # noqa: E402
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead  # noqa: E402
from prometheus_client.registry import Collector  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

__all__ = ["Collector", "GaugeMetricFamily", "Histogram", "forget", "serve"]

# Beside the site's own port, which nginx asks: none of its routes leads here.
PORT = 9100

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

REQUESTS = Histogram(
    "http_request_duration_seconds",
    "Requests that Django has answered, by the view's name as in the log.",
    ["method", "route", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
IN_PROGRESS = Gauge(
    "http_requests_in_progress",
    "Requests that Django is at: never more than its processes have threads.",
    multiprocess_mode="livesum",
)


class MetricsMiddleware:
    """Counts and times every request. What a client may choose freely, its path or a method, makes no new row."""

    def __init__(self, get_response: "Callable[[HttpRequest], HttpResponseBase]") -> None:
        self.get_response = get_response

    def __call__(self, request: "HttpRequest") -> "HttpResponseBase":
        began = perf_counter()
        with IN_PROGRESS.track_inprogress():
            response = self.get_response(request)
        method = request.method if request.method in METHODS else "other"
        route = request.resolver_match.view_name if request.resolver_match else "none"
        REQUESTS.labels(method, route, response.status_code).observe(perf_counter() - began)
        return response


def serve(*collectors: Collector, port: int = PORT) -> int:
    """Answers Prometheus from a thread of this process: the numbers of all its processes, and of these collectors.

    Returns the port, for whoever asked for any (0).
    """
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    for collector in collectors:
        registry.register(collector)
    server, _ = start_http_server(port, registry=registry)
    return int(server.server_port)


def forget(process: int) -> None:
    """A process that has ended is at nothing any more; what it has counted stays."""
    mark_process_dead(process)  # type: ignore[no-untyped-call]
