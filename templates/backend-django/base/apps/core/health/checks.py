"""Health checks: a registry of probes, run side by side, each within a deadline that it cannot overrun."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field
from time import perf_counter

import structlog

DEADLINE = 2.0

# Probes end by themselves soon after the deadline. Should one not, at most this many threads of that
# probe wait, and only its own later runs queue behind them.
MAX_THREADS = 8

logger = structlog.get_logger(__name__)

type Probe = Callable[[], None]


class Unhealthy(Exception):  # noqa: N818  a state of the dependency, not a fault of ours
    """Raised by a probe that knows why; the message is shown to everybody, so it must hold no secret."""


@dataclass(frozen=True, slots=True)
class Result:
    error: str | None
    latency_ms: float
    # Whether requests need it. What only works beside them is reported, and does not make the service unhealthy.
    required: bool = True

    @property
    def healthy(self) -> bool:
        return self.error is None


@dataclass(frozen=True, slots=True)
class Check:
    """A probe with threads of its own: one dependency that hangs cannot use up another's."""

    name: str
    probe: Probe
    required: bool
    threads: ThreadPoolExecutor = field(init=False)

    def __post_init__(self) -> None:
        threads = ThreadPoolExecutor(MAX_THREADS, thread_name_prefix=f"health-{self.name}")
        object.__setattr__(self, "threads", threads)


class Registry:
    def __init__(self) -> None:
        self._checks: dict[str, Check] = {}

    def register(self, name: str, probe: Probe, *, required: bool = True) -> None:
        """An application calls this from `AppConfig.ready`; a later probe of the same name replaces the first."""
        self._checks[name] = Check(name, probe, required)

    def __contains__(self, name: str) -> bool:
        return name in self._checks

    def run(self, deadline: float = DEADLINE) -> Mapping[str, Result]:
        """Start all probes at once and collect what each says until the one deadline that they share."""
        started = perf_counter()
        # In a copy of the context, so that what a probe logs carries the id of the request that asked.
        futures = {check: check.threads.submit(copy_context().run, _timed, check) for check in self._checks.values()}
        return {check.name: _outcome(check, future, started, deadline) for check, future in futures.items()}


def _timed(check: Check) -> Result:
    started = perf_counter()
    error = None
    try:
        check.probe()
    except Unhealthy as known:
        error = str(known)
    except Exception as unexpected:  # noqa: BLE001  whatever a driver raises, the answer must be given
        # A driver's message can hold addresses and user names: those go to the log, not to the answer.
        logger.warning("health check failed", check=check.name, error=repr(unexpected))
        error = "unreachable"
    return Result(error, _milliseconds_since(started), check.required)


def _outcome(check: Check, future: Future[Result], started: float, deadline: float) -> Result:
    try:
        return future.result(timeout=max(0.0, started + deadline - perf_counter()))
    except TimeoutError:
        # One that still waits in the queue must not start after nobody listens any more.
        future.cancel()
        return Result(f"timeout after {deadline:g} s", _milliseconds_since(started), check.required)


def _milliseconds_since(started: float) -> float:
    return round((perf_counter() - started) * 1000, 1)


registry = Registry()
