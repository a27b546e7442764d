"""Production's server, as Gunicorn would load it."""

import signal
from importlib import import_module

import pytest
from uvicorn.config import WS_PROTOCOLS


def test_gunicorn_finds_the_worker_and_its_protocols_by_their_names() -> None:
    worker = import_module("apps.websockets.server").Worker
    assert worker.CONFIG_KWARGS["ws"] in WS_PROTOCOLS
    assert worker.CONFIG_KWARGS["timeout_graceful_shutdown"] < 30


def test_a_process_that_is_asked_to_end_still_does_what_is_done_at_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    worker = import_module("apps.websockets.server").Worker
    monkeypatch.setattr(worker.__base__, "init_signals", lambda _: None)
    before = signal.getsignal(signal.SIGTERM)
    try:
        worker.__new__(worker).init_signals()
        with pytest.raises(SystemExit):
            signal.raise_signal(signal.SIGTERM)
    finally:
        signal.signal(signal.SIGTERM, before)
