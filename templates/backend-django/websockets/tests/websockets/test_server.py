"""Production's server, as Gunicorn would load it."""

from importlib import import_module

from uvicorn.config import WS_PROTOCOLS


def test_gunicorn_finds_the_worker_and_its_protocols_by_their_names() -> None:
    worker = import_module("apps.websockets.server").Worker
    assert worker.CONFIG_KWARGS["ws"] in WS_PROTOCOLS
    assert worker.CONFIG_KWARGS["timeout_graceful_shutdown"] < 30
