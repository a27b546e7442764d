"""What the health checks say together, as JSON; one run of the checks answers everybody who asks meanwhile."""

from collections.abc import Mapping
from concurrent.futures import Future
from threading import Lock
from time import monotonic
from typing import Literal, NotRequired, TypedDict

from apps.core.health.checks import Registry, Result, registry

# Seconds for which a good answer serves everybody, so that with the deadline of a check (2 s) a failure is told well
# within 2.5 s. A bad one is never kept: who asks after it gets a new run.
SHARED = 0.25

type Status = Literal["healthy", "degraded", "unhealthy"]


class CheckReport(TypedDict):
    status: Literal["healthy", "unhealthy"]
    latencyMs: float
    error: NotRequired[str]


class Report(TypedDict):
    """Degraded: something beside the requests is away, and they are answered as ever."""

    status: Status
    checks: dict[str, CheckReport]


class Reporter:
    """Runs the checks for the first who asks; all others wait for that run, or take it while it is fresh.

    A hundred callers at once so cost the stores what one costs, and none of them fails for want of a thread.
    """

    def __init__(self, checks: Registry) -> None:
        self._checks = checks
        self._lock = Lock()
        self._latest: Future[Report] | None = None
        self._fresh_until = 0.0

    def current(self) -> Report:
        with self._lock:
            report, is_mine = self._latest, False
            if report is None or (report.done() and monotonic() > self._fresh_until):
                self._latest = report = Future()
                is_mine = True
        if is_mine:
            self._run(report)
        return report.result()

    def _run(self, future: Future[Report]) -> None:
        try:
            report = summarize(self._checks.run())
        except BaseException as error:
            future.set_exception(error)
            raise
        self._fresh_until = monotonic() + SHARED if report["status"] == "healthy" else 0.0
        future.set_result(report)


def summarize(results: Mapping[str, Result]) -> Report:
    return {"status": _overall(results), "checks": {name: _one(result) for name, result in results.items()}}


def _overall(results: Mapping[str, Result]) -> Status:
    failed = [result for result in results.values() if not result.healthy]
    if any(result.required for result in failed):
        return "unhealthy"
    return "degraded" if failed else "healthy"


def _one(result: Result) -> CheckReport:
    if result.error is None:
        return {"status": "healthy", "latencyMs": result.latency_ms}
    return {"status": "unhealthy", "latencyMs": result.latency_ms, "error": result.error}


reporter = Reporter(registry)
