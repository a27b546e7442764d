"""Django's interface for tasks on Celery: `enqueue` puts a task into the queue, the worker runs it, its state is kept.

`@task` of django_tasks defines one; `transaction.on_commit(lambda: that.enqueue(1))` starts it.
"""

from typing import Any, override
from uuid import uuid4

from celery import Task as CeleryTask
from celery import shared_task
from django.conf import settings
from django.db import OperationalError
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import TaskContext, TaskResult, TaskResultStatus
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks.signals import task_enqueued
from django_tasks.utils import get_exception_traceback, get_module_path

from apps.worker import states
from apps.worker.states import State

# Seconds after which a worker that does not know a task looks again: by then it has loaded the code that brings it.
UNKNOWN_AGAIN = 10


class CeleryBackend(BaseTaskBackend):
    supports_async_task = True
    supports_get_result = True

    # Nothing for later (`run_after`): the broker would hand such a task to a second worker after three minutes.

    def enqueue(self, task: Task[..., Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        state = State(task.module_path, list(args), dict(kwargs), enqueued_at=timezone.now())
        result = self._result(str(uuid4()), task, state)
        # First, so that a worker which is quick finds it.
        states.keep(result.id, state)
        run.apply_async((state.path, result.args, result.kwargs), task_id=result.id)
        task_enqueued.send(type(self), task_result=result)
        return result

    def get_result(self, result_id: str) -> TaskResult[Any]:
        state = states.load(result_id)
        if state is None:
            raise TaskResultDoesNotExist(result_id)
        return self._result(result_id, import_string(state.path), state)

    def _result(self, result_id: str, task: Task[..., Any], state: State) -> TaskResult[Any]:
        result: TaskResult[Any] = TaskResult(
            task=task,
            id=result_id,
            status=TaskResultStatus(state.status),
            enqueued_at=state.enqueued_at,
            started_at=state.started_at,
            finished_at=state.finished_at,
            last_attempted_at=state.last_attempted_at,
            args=state.args,
            kwargs=state.kwargs,
            backend=self.alias,
            errors=[TaskError(exception_class_path=name, traceback=trace) for name, trace in state.errors],
            worker_ids=state.workers,
        )
        # The class is frozen; its own backends set this in the same way.
        object.__setattr__(result, "_return_value", state.result)
        return result


class Noted(CeleryTask[..., Any]):
    """A task whose state is kept at each step; by Celery's hooks, since they see its retries and time limits too."""

    @override
    def before_start(self, task_id: str, args: Any, kwargs: Any) -> None:
        def begin(state: State) -> None:
            state.status = TaskResultStatus.RUNNING
            state.last_attempted_at = timezone.now()
            state.started_at = state.started_at or state.last_attempted_at
            state.workers.append(str(self.request.hostname))

        states.change(task_id, begin)

    @override
    def on_success(self, retval: Any, task_id: str, args: Any, kwargs: Any) -> None:
        def succeed(state: State) -> None:
            state.status, state.result, state.finished_at = TaskResultStatus.SUCCESSFUL, retval, timezone.now()

        states.change(task_id, succeed)

    @override
    def on_failure(self, exc: BaseException, task_id: str, args: Any, kwargs: Any, einfo: Any) -> None:
        def fail(state: State) -> None:
            state.status, state.finished_at = TaskResultStatus.FAILED, timezone.now()
            state.errors.append((get_module_path(type(exc)), get_exception_traceback(exc)))

        states.change(task_id, fail)

    @override
    def on_retry(self, exc: BaseException, task_id: str, args: Any, kwargs: Any, einfo: Any) -> None:
        def wait(state: State) -> None:
            state.status = TaskResultStatus.READY

        states.change(task_id, wait)


@shared_task(
    bind=True,
    base=Noted,
    name="apps.worker.run",
    autoretry_for=(OperationalError,),
    retry_backoff=True,
    max_retries=5,
)
def run(self: Noted, path: str, args: list[Any], kwargs: dict[str, Any]) -> Any:
    """In the worker: whatever was enqueued."""
    try:
        task: Task[..., Any] = import_string(path)
    except ImportError as error:
        # Kept, for at most a day: whoever queued it may have newer code than this worker.
        raise self.retry(exc=error, countdown=UNKNOWN_AGAIN, max_retries=86_400 // UNKNOWN_AGAIN) from error
    if task.takes_context:
        backend = CeleryBackend(task.backend, settings.TASKS[task.backend])
        args = [TaskContext(task_result=backend.get_result(str(self.request.id))), *args]
    return task.call(*args, **kwargs)
