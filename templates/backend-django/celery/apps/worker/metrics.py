"""The worker's numbers for Prometheus, with METRICS=1: how long tasks take, how they end, and how many wait."""

from collections.abc import Iterator
from time import perf_counter
from typing import Any

import redis
from celery import Task, signals
from django.conf import settings

from apps.core.metrics import Collector, GaugeMetricFamily, Histogram, serve
from apps.worker.backend import run
from config.celery import app

TASKS = Histogram(
    "task_duration_seconds",
    "Tasks that were run, by what Celery calls their end: SUCCESS, FAILURE, RETRY.",
    ["task", "state"],
    buckets=(0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 90),
)

# When the task of this id began, in this process.
_began: dict[str, float] = {}


class Waiting(Collector):
    """Asked when somebody looks. Every worker tells the same, so of several the largest is the number."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        try:
            with redis.Redis.from_url(settings.CELERY_BROKER_URL, socket_connect_timeout=2, socket_timeout=2) as client:
                waiting = client.llen(app.conf.task_default_queue)
        except redis.RedisError:
            return  # not known while Redis is away; all else is
        yield GaugeMetricFamily("tasks_waiting", "Tasks in the queue that no worker has taken.", value=waiting)


def connect() -> None:
    signals.worker_init.connect(begin)
    signals.task_prerun.connect(note_start)
    signals.task_postrun.connect(note_end)


def begin(**_: Any) -> None:
    """In the worker's first process, before the others."""
    serve(Waiting())


def note_start(task_id: str, **_: Any) -> None:
    _began[task_id] = perf_counter()


def note_end(task_id: str, task: Task[..., Any], args: Any, state: str | None, **_: Any) -> None:
    # What came by Django's interface goes by its own name.
    name = str(args[0]) if task.name == run.name else task.name
    TASKS.labels(name, state or "none").observe(perf_counter() - _began.pop(task_id))
