"""Gunicorn, which serves the application in production: how many processes, and how patient they are."""

import os
from math import ceil
from typing import Any

wsgi_app = "config.wsgi:application"
bind = "0.0.0.0:8000"

# Two for each processor that the container may use, since a request mostly waits, and one more. What each of them
# takes of the database's connections is counted before a start: docker/dev/lib/prod-check.sh.
workers = int(os.environ.get("BACKEND_PROCESSES") or 2 * ceil(float(os.environ.get("BACKEND_CPUS") or 1)) + 1)
worker_class = "gthread"
threads = 4

# Seconds without a sign of life after which a process is replaced, and those that requests get when it has to end.
timeout = 60
graceful_timeout = 30
# Longer than nginx keeps an idle connection (nginx/production/nginx.conf): so it is nginx that closes it, and no
# request goes into one that is just being closed.
keepalive = 75

if os.environ.get("METRICS") == "1":
    from apps.core.metrics import forget, serve

    def when_ready(server: object) -> None:
        serve()

    def child_exit(server: object, worker: Any) -> None:
        forget(worker.pid)


if os.environ.get("OTEL_EXPORTER_OTLP_ENDPOINT"):

    def post_fork(server: object, worker: object) -> None:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        from apps.core.tracing import begin  # noqa: PLC0415  its threads belong to this process, not to the first

        begin()


# The signs of life are files: in memory, or a slow disk would look like a process that hangs.
worker_tmp_dir = "/dev/shm"  # noqa: S108  a tmpfs of this container alone
# What nginx says of the client is read by Django and REST framework themselves, and RequestLogMiddleware writes the
# one line of a request.
forwarded_allow_ips = ""
accesslog = None
loglevel = "warning"
control_socket_disable = True
# slot: server
