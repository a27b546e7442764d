"""The heartbeat: what the worker's own probe and the backend see of it."""

from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep
from types import SimpleNamespace
from typing import Any

import pytest
from celery.signals import worker_shutdown
from django.conf import settings
from pytest_django import Settings
from rest_framework.test import APIClient

from apps.core.health.checks import Unhealthy, registry
from apps.worker import heartbeat
from apps.worker.apps import WorkerConfig
from apps.worker.heartbeat import Heartbeat, beat, farewell, probe_worker

pytestmark = pytest.mark.services


def within(seconds: float, condition: Callable[[], bool]) -> bool:
    give_up = monotonic() + seconds
    while not condition():
        if monotonic() > give_up:
            return False
        sleep(0.05)
    return True


class Timer:
    """Celery's timer, but for the passing of time: the test says when the main loop turns."""

    def __init__(self) -> None:
        self.turn: Callable[[], None] = lambda: None

    def call_repeatedly(self, seconds: float, turn: Callable[[], None]) -> None:
        self.turn = turn


def fake_worker(*, retries: int = 0) -> Any:
    return SimpleNamespace(timer=Timer(), consumer=SimpleNamespace(broker_connection_retry_attempt=retries))


def test_a_real_worker_beats_and_says_goodbye(own_heartbeat: Path, worker: Any) -> None:
    assert within(5, own_heartbeat.exists)
    probe_worker()
    worker.stop()
    assert within(5, lambda: not own_heartbeat.exists())


def test_a_worker_that_finishes_its_task_goes_on_beating(own_heartbeat: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heartbeat, "INTERVAL", 0.01)
    monkeypatch.setattr(heartbeat, "LOOP_PATIENCE", 0.1)
    worker = fake_worker()
    step = Heartbeat(worker)
    step.start(worker)
    step.stop(worker)
    sleep(0.2)
    own_heartbeat.unlink(missing_ok=True)
    assert within(2, own_heartbeat.exists)
    worker_shutdown.send(sender=None)
    assert not own_heartbeat.exists()


def test_a_worker_whose_loop_turns_keeps_its_file_fresh(own_heartbeat: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heartbeat, "INTERVAL", 0.01)
    worker = fake_worker()
    step = Heartbeat(worker)
    step.start(worker)
    assert within(2, own_heartbeat.exists)
    own_heartbeat.unlink()
    assert within(2, own_heartbeat.exists)
    step.terminate(worker)
    step.end()
    assert not own_heartbeat.exists()
    # Celery may say so twice.
    step.end()


def test_a_worker_whose_loop_hangs_is_seen(own_heartbeat: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heartbeat, "INTERVAL", 0.01)
    monkeypatch.setattr(heartbeat, "LOOP_PATIENCE", 0.2)
    seen: list[bool] = []
    real = Heartbeat.alive

    def alive(self: Heartbeat, worker: Any) -> bool:
        seen.append(real(self, worker))
        return seen[-1]

    monkeypatch.setattr(Heartbeat, "alive", alive)
    worker = fake_worker()
    step = Heartbeat(worker)
    step.start(worker)
    try:
        assert within(5, lambda: seen[-1:] == [False])
        own_heartbeat.unlink(missing_ok=True)
        sleep(0.1)
        assert not own_heartbeat.exists()
        worker.timer.turn()
        assert within(2, own_heartbeat.exists)
    finally:
        step.end()


def test_waiting_for_the_broker_is_not_hanging(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heartbeat, "LOOP_PATIENCE", -1)
    assert Heartbeat(fake_worker()).alive(fake_worker(retries=1))
    assert not Heartbeat(fake_worker()).alive(fake_worker(retries=0))


def test_without_redis_the_worker_itself_still_counts_as_well(
    own_heartbeat: Path, monkeypatch: pytest.MonkeyPatch, closed_port: tuple[str, int]
) -> None:
    with monkeypatch.context() as gone:
        gone.setattr(settings, "REDIS_PORT", closed_port[1])
        gone.setattr(settings, "REDIS_HOST", closed_port[0])
        beat()
        assert own_heartbeat.exists()
        with pytest.raises(Unhealthy, match="not known while Redis is away"):
            probe_worker()
        farewell()
        assert not own_heartbeat.exists()


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch, settings: Settings, request: pytest.FixtureRequest) -> None:
    """The worker's part of the project made ready anew, with or without a worker that is expected."""
    monkeypatch.setattr(registry, "_checks", {})
    settings.WORKER_EXPECTED = request.param
    WorkerConfig.create("apps.worker").ready()


@pytest.mark.parametrize("registered", [True], indirect=True)
def test_without_a_worker_the_backend_is_degraded_and_says_so_in_time(registered: None, api: APIClient) -> None:
    started = monotonic()
    response = api.get("/api/v1/health/")
    assert monotonic() - started < 2.5
    assert response.status_code == 200
    assert response.json()["status"] == "degraded"
    assert response.json()["checks"]["worker"]["error"] == "no worker is running"


@pytest.mark.parametrize("registered", [True, False], indirect=True)
def test_the_browser_knows_whether_there_is_a_worker(registered: None, api: APIClient) -> None:
    expected = "worker" in registry
    assert api.get("/api/v1/config/frontend/").json()["features"]["worker"] is expected


def test_a_beat_that_comes_while_the_probe_waits_is_enough(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(heartbeat, "sleep", lambda seconds: beat())
    probe_worker()


def test_no_beat_is_an_error_that_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heartbeat, "PATIENCE", 0)
    with pytest.raises(Unhealthy, match="no worker is running"):
        probe_worker()


@pytest.mark.parametrize("registered", [False], indirect=True)
def test_without_the_profile_no_worker_is_missed(registered: None) -> None:
    assert "worker" not in registry
