"""Tasks: the example does its work, tries again, has limits; and the request id travels with each."""

from datetime import timedelta
from time import monotonic, sleep
from typing import Any
from uuid import uuid4

import pytest
import structlog
from celery import shared_task
from celery.app.task import Context
from celery.exceptions import Retry
from celery.signals import setup_logging
from django.db import OperationalError
from django.test import Client
from django.urls import path
from pytest_django import Settings
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIClient
from rest_framework.views import APIView

from apps.core import request_id
from apps.core.health.checks import Unhealthy
from apps.users.models import User
from apps.worker import heartbeat, signals, tasks
from apps.worker.heartbeat import probe_worker
from apps.worker.tasks import clean_up, clear_expired_sessions
from config.celery import app

pytestmark = pytest.mark.services


@shared_task(ignore_result=False)
def tell_request_id() -> str | None:
    return request_id.current()


def sign_in(user: User, days: int) -> Client:
    """A browser's session, by whatever keeps them here."""
    browser = Client()
    browser.force_login(user)
    session = browser.session
    session.set_expiry(timedelta(days=days))
    session.save()
    return browser


def test_only_expired_sessions_are_deleted(user: User) -> None:
    _, here = sign_in(user, -1), sign_in(user, 1)
    assert clear_expired_sessions() == 1
    assert clear_expired_sessions() == 0
    assert here.get("/api/v1/users/me/").status_code == 200


def test_a_database_that_is_away_is_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Away:
        @property
        def objects(self) -> Any:
            raise OperationalError("the database system is shutting down")

    monkeypatch.setattr(tasks, "Session", Away())
    # Called directly, a retry raises instead of being queued: `Retry` says that there would be another try.
    monkeypatch.setattr(clear_expired_sessions, "apply_async", lambda *args, **options: None)
    clear_expired_sessions.request_stack.push(Context(called_directly=False, retries=0))
    with pytest.raises(Retry):
        clear_expired_sessions()
    clear_expired_sessions.request_stack.pop()


def test_no_task_may_run_or_wait_as_long_as_it_takes_to_be_given_to_another_worker() -> None:
    taken_over_after = app.conf.broker_transport_options["visibility_timeout"]
    limits = [task.time_limit or app.conf.task_time_limit for task in app.tasks.values()]
    assert max(limits) < taken_over_after


class QueueingView(APIView):
    """Queues a task at the Redis whose port is asked for."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    def post(self, request: Request, port: int) -> Response:
        with app.connection_for_write(f"redis://127.0.0.1:{port}/0") as connection:
            options: dict[str, Any] = {"connection": connection}
            clear_expired_sessions.apply_async(**options)
        raise NotImplementedError


urlpatterns = [path("api/queue/<int:port>/", QueueingView.as_view())]


@pytest.mark.parametrize("server", ["closed_port", "frozen_server"])
def test_a_task_that_cannot_be_queued_is_503_in_time(
    settings: Settings, request: pytest.FixtureRequest, server: str
) -> None:
    settings.ROOT_URLCONF = __name__
    _, port = request.getfixturevalue(server)
    started = monotonic()
    response = APIClient().post(f"/api/queue/{port}/")
    assert monotonic() - started < 3
    assert response.status_code == 503
    assert response["Content-Type"] == "application/problem+json"


def test_every_limit_is_an_exception_first_and_the_process_later() -> None:
    assert clear_expired_sessions.soft_time_limit is not None
    assert clear_expired_sessions.time_limit is not None
    assert clear_expired_sessions.soft_time_limit < clear_expired_sessions.time_limit
    assert app.conf.task_soft_time_limit < app.conf.task_time_limit


def test_a_shared_task_belongs_to_this_application() -> None:
    assert clear_expired_sessions.app is app
    assert clear_expired_sessions.name in app.tasks


# Celery stores results with a call that redis-py wants renamed.
@pytest.mark.filterwarnings("ignore:Call to deprecated:DeprecationWarning")
def test_the_request_id_reaches_the_worker(worker: Any) -> None:
    request_id.bind("from-the-browser")
    assert tell_request_id.delay().get(timeout=10) == "from-the-browser"
    structlog.contextvars.clear_contextvars()
    assert tell_request_id.delay().get(timeout=10) != "from-the-browser"


def test_a_task_leaves_nothing_to_the_next_one() -> None:
    request_id.bind("from-the-browser")
    signals.forget_request_id()
    assert request_id.current() is None


def test_logging_stays_djangos() -> None:
    assert app.conf.worker_hijack_root_logger is False
    assert any(receiver is not None for _, receiver in setup_logging.receivers)
    signals.keep_logging()


# As above.
@pytest.mark.filterwarnings("ignore:Call to deprecated:DeprecationWarning")
def test_a_task_that_no_worker_knows_is_loud(
    worker: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(heartbeat, "UNKNOWN_KEY", f"tests:{uuid4()}")
    app.send_task("of_tomorrow")
    give_up = monotonic() + 10
    while "unknown task thrown away" not in caplog.text and monotonic() < give_up:
        sleep(0.05)
    with pytest.raises(Unhealthy, match="a task that it does not know"):
        probe_worker()


def test_cleaning_up_is_the_same_by_djangos_own_interface(user: User) -> None:
    sign_in(user, -1)
    assert clean_up.call() == 1
