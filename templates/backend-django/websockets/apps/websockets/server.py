"""The server for HTTP and WebSockets within Gunicorn's processes, set up as in development."""

import signal
import sys
from typing import Any

from uvicorn_worker import UvicornWorker  # type: ignore[import-untyped]

from apps.websockets.management.commands.runserver import MAX_MESSAGE


class Worker(UvicornWorker):  # type: ignore[misc]
    CONFIG_KWARGS: dict[str, Any] = {
        "http": "h11",
        "ws": "websockets-sansio",
        "ws_max_size": MAX_MESSAGE,
        "lifespan": "off",
        "access_log": False,
        "server_header": False,
        "proxy_headers": False,
        # Open sockets are told to come back (1012), and requests have so many seconds: less than Gunicorn gives.
        "timeout_graceful_shutdown": 25,
    }

    def init_signals(self) -> None:
        super().init_signals()
        # When Uvicorn has finished it raises the signal once more: without this that would kill the process before
        # what is done at its end, such as sending the last traces.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
