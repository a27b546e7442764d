"""Django's interface for tasks, on Celery: what is enqueued runs in the worker, and its state is told."""

from datetime import timedelta
from time import monotonic, sleep
from typing import Any
from uuid import uuid4

import pytest
from celery.exceptions import Retry, TimeLimitExceeded
from django.db import OperationalError
from django.utils import timezone
from django_tasks import TaskContext, TaskResultStatus, task
from django_tasks.base import TaskResult
from django_tasks.exceptions import TaskResultDoesNotExist
from pytest_django import Settings
from rest_framework.test import APIClient

from apps.core import request_id
from apps.users.models import User
from apps.worker import backend as module
from apps.worker import states
from apps.worker.backend import run
from config.settings.celery import TASKS

pytestmark = pytest.mark.services


@pytest.fixture(autouse=True)
def own_backend(settings: Settings) -> None:
    """The one of config/settings, which other tests replace by one that runs everything at once."""
    settings.TASKS = TASKS


@task
def add(one: int, other: int = 1) -> int:
    return one + other


@task
def fail() -> None:
    raise LookupError("there is none")


@task(takes_context=True)
def look_around(context: TaskContext) -> list[Any]:
    return [context.attempt, request_id.current()]


tries: list[int] = []


@task
def stumble() -> str:
    tries.append(1)
    if len(tries) == 1:
        raise OperationalError("the database system is shutting down")
    return "done"


def finished[T](result: TaskResult[T], seconds: float = 10) -> TaskResult[T]:
    give_up = monotonic() + seconds
    while not result.is_finished:
        assert monotonic() < give_up, result.status
        sleep(0.05)
        result.refresh()
    return result


def test_a_task_runs_in_the_worker_and_its_result_is_known(worker: Any) -> None:
    result = finished(add.enqueue(2, other=3))
    assert result.return_value == 5
    assert result.finished_at is not None
    assert result.started_at is not None
    assert result.attempts == 1
    assert add.get_result(result.id).args == [2]


def test_a_task_that_fails_says_how(worker: Any) -> None:
    result = finished(fail.enqueue())
    assert result.status == TaskResultStatus.FAILED
    assert result.errors[0].exception_class is LookupError
    assert "there is none" in result.errors[0].traceback


def test_a_task_knows_its_attempt_and_the_request_that_enqueued_it(worker: Any) -> None:
    request_id.bind("from-the-browser")
    assert finished(look_around.enqueue()).return_value == [1, "from-the-browser"]


def test_a_task_that_waits_is_ready_and_one_that_never_was_is_not() -> None:
    result = add.enqueue(1)
    assert add.get_result(result.id).status == TaskResultStatus.READY
    with pytest.raises(TaskResultDoesNotExist):
        add.get_result(str(uuid4()))


def test_a_database_that_is_away_is_tried_again(worker: Any) -> None:
    tries.clear()
    result = finished(stumble.enqueue(), seconds=20)
    assert result.return_value == "done"
    assert result.attempts == 2


@pytest.mark.parametrize(
    ("minutes", "status"), [(2, TaskResultStatus.RUNNING), (6, TaskResultStatus.FAILED)], ids=["in time", "too late"]
)
def test_a_task_that_was_ended_at_its_limit_is_failed_in_the_end(minutes: int, status: TaskResultStatus) -> None:
    def began(state: states.State) -> None:
        state.status, state.last_attempted_at = "RUNNING", timezone.now() - timedelta(minutes=minutes)

    result = add.enqueue(1)
    states.change(result.id, began)
    result.refresh()
    assert result.status == status
    assert [error.exception_class for error in result.errors] == [TimeLimitExceeded] * result.is_finished


def test_a_worker_goes_on_where_a_state_cannot_be_kept(
    monkeypatch: pytest.MonkeyPatch, closed_port: tuple[str, int], caplog: pytest.LogCaptureFixture
) -> None:
    states.change("of a task that Celery's own interface queued", lambda state: pytest.fail("there is none"))
    monkeypatch.setattr(states, "STORE", f"redis://127.0.0.1:{closed_port[1]}/0")
    states.change("of any task", lambda state: pytest.fail("nothing was loaded"))
    assert "was not kept" in caplog.text


def test_a_task_that_this_worker_does_not_know_yet_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    options: dict[str, Any] = {}

    def retry(**given: Any) -> Retry:
        options.update(given)
        return Retry()

    monkeypatch.setattr(run, "retry", retry)
    with pytest.raises(Retry):
        run("apps.worker.tasks.of_tomorrow", [], {})
    assert options["countdown"] == module.UNKNOWN_AGAIN
    assert options["max_retries"] * options["countdown"] == 86_400


@pytest.mark.parametrize("server", ["closed_port", "frozen_server"])
def test_without_redis_enqueue_fails_in_time(
    monkeypatch: pytest.MonkeyPatch, api: APIClient, staff: User, request: pytest.FixtureRequest, server: str
) -> None:
    _, port = request.getfixturevalue(server)
    monkeypatch.setattr(states, "STORE", f"redis://127.0.0.1:{port}/0")
    api.force_authenticate(staff)
    started = monotonic()
    assert api.post("/api/v1/tasks/clean-up/").status_code == 503
    assert monotonic() - started < 3


def test_a_task_is_started_and_its_state_asked_for_through_the_api(api: APIClient, staff: User) -> None:
    api.force_authenticate(staff)
    response = api.post("/api/v1/tasks/clean-up/")
    assert response.status_code == 202
    assert response.json()["status"] == "ready"
    assert api.get(response["Location"]).json() == response.json()
    assert api.get(f"/api/v1/tasks/{uuid4()}/").status_code == 404


def test_who_may_start_and_who_may_ask(api: APIClient, user: User) -> None:
    assert api.get(f"/api/v1/tasks/{uuid4()}/").status_code == 401
    api.force_authenticate(user)
    assert api.post("/api/v1/tasks/clean-up/").status_code == 403
