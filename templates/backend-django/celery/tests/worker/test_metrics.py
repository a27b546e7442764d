"""The worker's numbers: each task by its own name and end, and how many wait."""

from types import SimpleNamespace
from typing import Any

import pytest
import redis
from celery import signals
from pytest_django import Settings

from apps.core.metrics import Collector
from apps.worker import metrics
from apps.worker.apps import WorkerConfig
from config.celery import app


def count(task: str, state: str) -> float:
    label = {"task": task, "state": state}
    samples = [sample for family in metrics.TASKS.collect() for sample in family.samples]
    return sum(s.value for s in samples if s.name.endswith("_count") and s.labels == label)


@pytest.mark.parametrize(
    ("name", "args", "state", "label"),
    [
        ("apps.worker.run", ["apps.some.task", [], {}], "SUCCESS", ("apps.some.task", "SUCCESS")),
        ("of.its.own", [1], "FAILURE", ("of.its.own", "FAILURE")),
        ("of.its.own", [], None, ("of.its.own", "none")),
    ],
)
def test_a_task_is_counted_by_its_own_name(
    name: str, args: list[Any], state: str | None, label: tuple[str, str]
) -> None:
    task: Any = SimpleNamespace(name=name)
    before = count(*label)
    metrics.note_start("id")
    metrics.note_end("id", task, args, state)
    assert count(*label) == before + 1


@pytest.mark.services
def test_what_waits_is_told_by_the_worker(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    monkeypatch.setitem(app.conf, "task_default_queue", "tests:waiting")
    served: list[Collector] = []
    monkeypatch.setattr(metrics, "serve", lambda *collectors: served.extend(collectors))
    metrics.begin()
    with redis.Redis.from_url(settings.CELERY_BROKER_URL) as client:
        client.delete("tests:waiting")
        client.lpush("tests:waiting", "one", "two")
        assert [family.samples[0].value for family in served[0].collect()] == [2]
        client.delete("tests:waiting")


def test_without_redis_the_rest_is_told(settings: Settings, closed_port: tuple[str, int]) -> None:
    settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{closed_port[1]}/0"
    assert list(metrics.Waiting().collect()) == []


@pytest.mark.parametrize("chosen", [False, True])
def test_one_variable_brings_it(monkeypatch: pytest.MonkeyPatch, settings: Settings, chosen: bool) -> None:
    connected: list[Any] = []
    for signal in (signals.worker_init, signals.task_prerun, signals.task_postrun):
        monkeypatch.setattr(signal, "connect", connected.append)
    settings.METRICS = chosen
    WorkerConfig.create("apps.worker").ready()
    assert ({metrics.begin, metrics.note_start, metrics.note_end} <= set(connected)) == chosen
