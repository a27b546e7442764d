"""How others see that the worker lives: a file for its own container's probe, a key in Redis for the backend.

Asking with `celery inspect ping` would start a Python process with all of Django for every probe.
"""

from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep
from typing import Any

import redis
from celery import bootsteps
from celery.signals import worker_shutdown

from apps.core.health.checks import Unhealthy
from apps.core.health.probes import cache_client

FILE = Path("/tmp/celery-heartbeat")  # noqa: S108  a fixed place, known to the container's probe
KEY = "worker:heartbeat"
# Is there while the worker is to be red for a task that it did not know and threw away.
UNKNOWN_KEY = "worker:unknown-task"
UNKNOWN_LIFE = 300

INTERVAL = 1.0
# Seconds that the key outlives its worker: a few missed beats, so that a busy machine raises no alarm.
KEY_LIFE = 4
# Seconds that the probe waits for a beat: more than the interval, less than the health check's deadline.
PATIENCE = 1.5
# Seconds without a turn of the main loop after which the worker counts as hung. The probe then needs ten more
# to see it (docker-compose.yml), and three checks in a row restart the worker.
LOOP_PATIENCE = 3.0


class Heartbeat(bootsteps.StartStopStep):
    """A thread that beats as long as the worker's main loop turns.

    The loop does no more than note the time, so a Redis that hangs cannot hold it up. While the broker is
    away the loop stands still in Celery's own reconnection: that is patience, not a hung worker, and a
    restart would mend nothing.
    """

    requires = ("celery.worker.components:Timer", "celery.worker.components:Pool")

    def __init__(self, worker: Any, **options: Any) -> None:
        super().__init__(worker, **options)
        self._turned = monotonic()
        self._finishing = False
        self._stopped = Event()
        self._thread: Thread | None = None

    def start(self, worker: Any) -> None:
        worker.timer.call_repeatedly(INTERVAL, self._turn)
        self._turn()
        worker_shutdown.connect(self.end)
        self._thread = Thread(target=self._run, args=(worker,), name="heartbeat", daemon=True)
        self._thread.start()

    def stop(self, worker: Any) -> None:
        """A worker that is asked to end finishes its task first, with its loop at rest: it goes on beating."""
        self._finishing = True

    def terminate(self, worker: Any) -> None:
        # What Celery calls when it has to end at once; the base class would do more than that.
        self.stop(worker)

    def end(self, **_: Any) -> None:
        """Celery's last signal: nothing is left to do."""
        if self._thread is not None:
            self._stopped.set()
            self._thread.join()
            self._thread = None

    def _turn(self) -> None:
        self._turned = monotonic()

    def _run(self, worker: Any) -> None:
        while not self._stopped.is_set():
            if self.alive(worker):
                beat()
            self._stopped.wait(INTERVAL)
        farewell()

    def alive(self, worker: Any) -> bool:
        consumer = getattr(worker, "consumer", None)
        reconnecting = getattr(consumer, "broker_connection_retry_attempt", 0) > 0
        return self._finishing or reconnecting or monotonic() - self._turned < LOOP_PATIENCE


def beat() -> None:
    FILE.touch()
    try:
        with cache_client() as client:
            client.set(KEY, "1", ex=KEY_LIFE)
    except redis.RedisError:
        # The backend sees the same and reports the cache; the worker itself is fine.
        return


def farewell() -> None:
    """A worker that ends on purpose is gone at once, not only when the key expires."""
    FILE.unlink(missing_ok=True)
    try:
        with cache_client() as client:
            client.delete(KEY)
    except redis.RedisError:
        return


def note_unknown() -> None:
    with suppress(redis.RedisError), cache_client() as client:
        client.set(UNKNOWN_KEY, "1", ex=UNKNOWN_LIFE)


def probe_worker() -> None:
    """The backend's health check: whether a worker beat within the last seconds.

    A key that is not there gets the time of one beat to appear: right after Redis was away it has expired
    although the worker lives, and an error would be older than the answer that reports it.
    """
    give_up = monotonic() + PATIENCE
    try:
        with cache_client() as client:
            while not client.exists(KEY):
                if monotonic() > give_up:
                    raise Unhealthy("no worker is running")
                sleep(0.1)
            if client.exists(UNKNOWN_KEY):
                raise Unhealthy("it threw away a task that it does not know: see its log")
    except redis.RedisError as error:
        # The cache is what is wrong, and says so itself: nobody should look for the fault in the worker.
        raise Unhealthy("not known while Redis is away") from error
