"""Tasks by the clock: CELERY_BEAT_SCHEDULE in config/settings/celery.py says which and when.

A thread of each worker, instead of a `celery beat` of its own that must run exactly once: no container more, no file
that remembers, and nothing stands still while one worker is away. Twice nothing runs, however many workers there are:
every time of every entry is claimed in Redis before its task is sent.
"""

from threading import Event, Thread
from time import time
from typing import Any

import structlog
from celery import bootsteps
from celery.beat import ScheduleEntry, Scheduler
from celery.signals import worker_shutting_down

from apps.core.health.probes import cache_client

KEY = "worker:clock"

logger = structlog.get_logger(__name__)

# Seconds between two looks at most, so that a worker ends without waiting for the next entry.
LOOK = 60.0
# Seconds for which a claim is kept at least: workers' clocks and starts may differ by as much.
KEPT = 300


class Claiming(Scheduler):
    def apply_entry(self, entry: ScheduleEntry, producer: Any = None) -> None:
        if claim(entry):
            super().apply_entry(entry, producer)


def claim(entry: ScheduleEntry) -> bool:
    """Whether this worker is the first at this time of the entry. A crontab has one a minute at most."""
    run_every = getattr(entry.schedule, "run_every", None)
    period = int(run_every.total_seconds()) if run_every else 60
    slot = int(time() // period)
    with cache_client() as client:
        return bool(client.set(f"{KEY}:{entry.name}:{slot}", "1", nx=True, ex=max(KEPT, 2 * period)))


class Clock(bootsteps.StartStopStep):
    requires = ("celery.worker.components:Pool",)

    def start(self, worker: Any) -> None:
        self._ended = Event()
        worker_shutting_down.connect(self.end)
        Thread(target=self._run, args=(Claiming(worker.app),), name="clock", daemon=True).start()

    def stop(self, worker: Any) -> None:
        self.end()

    def terminate(self, worker: Any) -> None:
        self.end()

    def end(self, **_: Any) -> None:
        self._ended.set()

    def _run(self, scheduler: Scheduler) -> None:
        while not self._ended.is_set():
            self._ended.wait(min(self._tick(scheduler), LOOK))

    def _tick(self, scheduler: Scheduler) -> float:
        try:
            return float(scheduler.tick())
        except Exception:
            # Redis is away: what was due is lost to this time, and the next one comes.
            logger.exception("the clock could not send what was due")
            return LOOK
