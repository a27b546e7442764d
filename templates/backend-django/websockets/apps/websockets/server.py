"""The server for HTTP and WebSockets within Gunicorn's processes, set up as in development."""

from typing import Any

from uvicorn_worker import UvicornWorker

from apps.websockets.management.commands.runserver import MAX_MESSAGE


class Worker(UvicornWorker):
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
