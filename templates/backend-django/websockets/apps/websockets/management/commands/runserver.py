"""`runserver` over ASGI: the development server for HTTP and WebSockets. Static files come as ever."""

from typing import Any

import uvicorn
from django.conf import settings
from django.contrib.staticfiles.handlers import ASGIStaticFilesHandler
from django.contrib.staticfiles.management.commands.runserver import Command as StaticFilesRunserver
from django.db import connections
from django.utils.module_loading import import_string

# Bytes of one WebSocket message; a client that sends more is cut off while it sends.
MAX_MESSAGE = 64 * 1024


class Command(StaticFilesRunserver):
    help = "Starts a development server for HTTP and WebSockets, and serves static files."

    # Set by Django's own `handle`.
    addr: str
    port: str

    def inner_run(self, *args: Any, **options: Any) -> None:
        if not options["skip_checks"]:
            self.check(display_num_errors=True)
        self.check_migrations()
        connections.close_all()
        application = import_string(settings.ASGI_APPLICATION)
        if options["use_static_handler"] and (settings.DEBUG or options["insecure_serving"]):
            application = ASGIStaticFilesHandler(application)
        self.on_bind(int(self.port))
        uvicorn.run(
            application,
            host=self.addr,
            port=int(self.port),
            http="h11",
            ws="websockets-sansio",
            ws_max_size=MAX_MESSAGE,
            lifespan="off",
            # Django's logging stays as it is, and RequestLogMiddleware writes the one line of a request.
            log_config=None,
            log_level="warning",
            access_log=False,
            server_header=False,
            # What nginx says of the client is read by Django and REST framework themselves.
            proxy_headers=False,
            # Open sockets are told to come back (1012); a reload does not wait for them.
            timeout_graceful_shutdown=2,
        )
