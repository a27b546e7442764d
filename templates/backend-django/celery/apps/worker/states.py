"""What is known of each enqueued task, in Redis, for an hour after it was last heard of.

Not in Celery's own store of results: that keeps nothing of a task which waits, and whoever enqueues one there listens
for its result for ever.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

import redis
import structlog
from celery.exceptions import TimeLimitExceeded
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from redis.backoff import NoBackoff
from redis.retry import Retry

STORE = settings.CELERY_RESULT_BACKEND
KEY = "task"

logger = structlog.get_logger(__name__)


@dataclass(slots=True)
class State:
    path: str
    args: list[Any]
    kwargs: dict[str, Any]
    status: str = "READY"
    enqueued_at: datetime | None = None
    started_at: datetime | None = None
    last_attempted_at: datetime | None = None
    finished_at: datetime | None = None
    workers: list[str] = field(default_factory=list)
    errors: list[tuple[str, str]] = field(default_factory=list)
    result: Any = None


def keep(task_id: str, state: State) -> None:
    text = json.dumps(asdict(state), cls=DjangoJSONEncoder)
    with _store() as store:
        store.set(f"{KEY}:{task_id}", text, ex=settings.CELERY_RESULT_EXPIRES)


def load(task_id: str) -> State | None:
    with _store() as store:
        kept: Any = store.get(f"{KEY}:{task_id}")
    if kept is None:
        return None
    values = json.loads(kept)
    for name in ("enqueued_at", "started_at", "last_attempted_at", "finished_at"):
        values[name] = values[name] and parse_datetime(values[name])
    return _or_lost(State(**values))


def change(task_id: str, step: Callable[[State], None]) -> None:
    """In the worker. A Redis that is away costs the news of a task, never the task."""
    try:
        state = load(task_id)
        if state is not None:
            step(state)
            keep(task_id, state)
    except redis.RedisError as error:
        logger.warning("the state of a task was not kept", task_id=task_id, error=repr(error))


def _or_lost(state: State) -> State:
    """Celery ends a process at its hard limit without a word to the task. By now another worker would have had it."""
    patience = timedelta(seconds=settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"] + 60)
    began = state.last_attempted_at
    if state.status == "RUNNING" and began is not None and timezone.now() - began > patience:
        state.status, state.finished_at = "FAILED", began + patience
        state.errors.append((f"{TimeLimitExceeded.__module__}.{TimeLimitExceeded.__name__}", ""))
    return state


def _store() -> redis.Redis:
    """One try: a Redis that is away is told to whoever enqueues, in time."""
    return redis.Redis.from_url(STORE, socket_connect_timeout=2, socket_timeout=2, retry=Retry(NoBackoff(), 0))
