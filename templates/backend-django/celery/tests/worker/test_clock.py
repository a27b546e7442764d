"""What runs by the clock: sent when it is due, once for all workers, and not kept up by a Redis that is away."""

from datetime import timedelta
from time import monotonic, sleep
from typing import Any

import pytest
from celery.beat import ScheduleEntry
from celery.schedules import crontab, schedule
from django.conf import settings

from apps.core.health.probes import cache_client
from apps.worker import clock
from apps.worker.clock import Claiming, Clock, claim
from config.celery import app

pytestmark = pytest.mark.services


@pytest.fixture(autouse=True)
def own_claims(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "KEY", "tests:clock")
    with cache_client() as client:
        for key in client.scan_iter("tests:clock:*"):
            client.delete(key)


class Sent(Claiming):
    """A worker's scheduler that notes what it sends."""

    def __init__(self, **options: Any) -> None:
        self.names: list[str] = []
        super().__init__(app, **options)

    def setup_schedule(self) -> None:
        every = schedule(timedelta(seconds=1))
        self.update_from_dict({"often": {"task": "often", "schedule": every}})

    def apply_async(self, entry: ScheduleEntry, producer: Any = None, advance: bool = True, **_: Any) -> None:
        self.names.append(str(entry.name))


def test_of_several_workers_one_sends_what_is_due() -> None:
    workers, began = [Sent(), Sent(), Sent()], monotonic()
    while (elapsed := monotonic() - began) < 2.5:
        for worker in workers:
            worker.tick()
        sleep(0.1)
    sent = sum(len(worker.names) for worker in workers)
    assert 2 <= sent <= elapsed + 2


def test_a_time_of_the_clock_is_claimed_once_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = ScheduleEntry(name="nightly", task="nightly", schedule=crontab(hour="3", minute="0"), app=app)
    monkeypatch.setattr(clock, "time", lambda: 6_000.0)
    assert [claim(entry), claim(entry)] == [True, False]
    monkeypatch.setattr(clock, "time", lambda: 6_060.0)
    assert claim(entry)


def test_each_entry_of_the_schedule_names_a_task_that_there_is() -> None:
    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= set(app.tasks)


def test_a_worker_has_a_clock_that_ends_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[float] = []

    def tick(self: Clock, scheduler: Claiming) -> float:
        looks.append(1)
        return 0.01

    monkeypatch.setattr(Clock, "_tick", tick)
    worker = type("Worker", (), {"app": app})()
    step = Clock(worker)
    step.start(worker)
    sleep(0.2)
    step.stop(worker)
    step.terminate(worker)
    sleep(0.1)
    ended_after = len(looks)
    assert ended_after > 3
    sleep(0.1)
    assert len(looks) == ended_after


def test_a_redis_that_is_away_stops_no_clock(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def away(self: Sent) -> float:
        raise ConnectionError

    scheduler = Sent()
    step = Clock(None)
    assert step._tick(scheduler) < 2
    monkeypatch.setattr(Sent, "tick", away)
    assert step._tick(scheduler) == clock.LOOK
    assert "could not send" in caplog.text
