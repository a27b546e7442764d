"""The worker's traces: begun in each of its processes, and sent to the last one before that ends."""

from typing import Any
from unittest.mock import Mock

import pytest
from celery import signals
from pytest_django import Settings

from apps.core import tracing
from apps.worker import traces
from apps.worker.apps import WorkerConfig


@pytest.mark.parametrize("chosen", [False, True])
def test_one_variable_brings_it(monkeypatch: pytest.MonkeyPatch, settings: Settings, chosen: bool) -> None:
    connected: list[Any] = []
    monkeypatch.setattr(signals.worker_process_init, "connect", connected.append)
    settings.TRACES = chosen
    WorkerConfig.create("apps.worker").ready()
    assert connected == ([traces.begin] if chosen else [])


def test_nothing_is_lost_when_a_process_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    provider = Mock()
    monkeypatch.setattr(tracing, "begin", lambda: provider)
    monkeypatch.setattr(signals.worker_process_shutdown, "receivers", [])
    traces.begin()
    signals.worker_process_shutdown.send(None)
    provider.shutdown.assert_called_once_with()
