"""A real worker in this process, with a queue and a heartbeat of its own: a running stack is left alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from celery.contrib.testing.worker import start_worker

from apps.core.health.probes import cache_client
from apps.worker import heartbeat
from config.celery import app


@pytest.fixture(autouse=True)
def own_heartbeat(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    file = tmp_path / "heartbeat"
    monkeypatch.setattr(heartbeat, "FILE", file)
    monkeypatch.setattr(heartbeat, "KEY", "tests:worker:heartbeat")
    # Its main loop turns as often, and so ends soon when it is asked to.
    monkeypatch.setattr(heartbeat, "INTERVAL", 0.05)
    yield file
    if request.node.get_closest_marker("services"):
        with cache_client() as client:
            client.delete(heartbeat.KEY)


@pytest.fixture
def worker() -> Iterator[Any]:
    app.set_current()
    with start_worker(app, pool="solo", perform_ping_check=False, shutdown_timeout=10) as running:
        yield running
