"""What happens around every task: the request id travels with it, and logs look like the server's."""

from typing import Any

import structlog
from celery import Task, signals

from apps.core import request_id
from apps.worker import heartbeat

logger = structlog.get_logger(__name__)

HEADER = "request_id"


def connect() -> None:
    signals.before_task_publish.connect(send_request_id)
    signals.task_prerun.connect(bind_request_id)
    signals.task_postrun.connect(forget_request_id)
    signals.task_unknown.connect(tell_unknown)
    # With a receiver here Celery leaves logging alone, and Django's configuration stays in force.
    signals.setup_logging.connect(keep_logging)


def send_request_id(headers: dict[str, Any], **_: Any) -> None:
    """In the process that queues: a task of a request, or of another task, carries that request's id."""
    if (current := request_id.current()) is not None:
        headers[HEADER] = current


def bind_request_id(task_id: str, task: Task[..., Any], **_: Any) -> None:
    """In the worker: every log line of the task names the task and the request that asked for it."""
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(task=task.name, task_id=task_id)
    sent: str | None = getattr(task.request, HEADER, None)
    # Checked like a client's: whoever can reach the broker can write this header. None gets a new id.
    request_id.bind(request_id.choose(sent))


def forget_request_id(**_: Any) -> None:
    structlog.contextvars.clear_contextvars()


def tell_unknown(name: str, id: str, **_: Any) -> None:  # noqa: A002  Celery's own word
    """Celery has thrown it away. The log says which, and the health of the worker says that it happened."""
    heartbeat.note_unknown()
    logger.error("unknown task thrown away", task=name, task_id=id, hint="does this worker run the newest code?")


def keep_logging(**_: Any) -> None:
    return None
