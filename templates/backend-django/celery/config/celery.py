"""The task queue: Celery on Redis, database 1 for its messages and 2 for results.

The worker starts with `celery -A config.celery worker`; the web process gets this module from apps/worker,
so that a task's `.delay()` knows where to go.
"""

import os
import warnings
from urllib.parse import quote

from celery import Celery
from celery.exceptions import SecurityWarning

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# Before the settings are read: the worker shares the logs folder with the server, not its file. In the web
# process the settings have been read by now, and this changes nothing.
os.environ.setdefault("DJANGO_LOG_FILE", "celery.log")

from django.conf import settings

# The container's user is a number without a name, which Celery takes for root.
warnings.filterwarnings("ignore", category=SecurityWarning)

BROKER_DB = 1
RESULTS_DB = 2

# A Redis that hangs must not hang a request that queues a task, nor a worker that connects.
TIMEOUTS = {"socket_connect_timeout": 5, "socket_timeout": 5}


def redis_url(database: int) -> str:
    return f"redis://:{quote(settings.REDIS_PASSWORD, safe='')}@{settings.REDIS_HOST}:{settings.REDIS_PORT}/{database}"


app = Celery("config")
app.conf.update(
    broker_url=redis_url(BROKER_DB),
    broker_transport_options=TIMEOUTS,
    broker_connection_retry_on_startup=True,
    # Never give up on a broker that is away: the worker waits, and is there when Redis is.
    broker_connection_max_retries=None,
    result_backend=redis_url(RESULTS_DB),
    result_expires=3600,
    redis_socket_connect_timeout=TIMEOUTS["socket_connect_timeout"],
    redis_socket_timeout=TIMEOUTS["socket_timeout"],
    # A task is taken off the queue once it is done, so a worker that dies does not lose it. Tasks must
    # therefore bear being run twice.
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    # Limits for tasks that set none: an exception first, then the end of the process.
    task_soft_time_limit=60,
    task_time_limit=90,
    # A process more is some 30 MB more; CELERY_CONCURRENCY raises it where there is work.
    worker_concurrency=int(os.environ.get("CELERY_CONCURRENCY") or 1),
    worker_send_task_events=False,
    # Logging is Django's: see apps/worker/signals.py.
    worker_hijack_root_logger=False,
    worker_redirect_stdouts=False,
    timezone=settings.TIME_ZONE,
)
app.autodiscover_tasks()
