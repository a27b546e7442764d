"""The task queue: Celery on Redis. Each CELERY_ name is Celery's own setting in capitals."""

from urllib.parse import quote

from celery.schedules import crontab

from config.env import env
from config.settings.cache import REDIS_FIRST_DB, REDIS_HOST, REDIS_PASSWORD, REDIS_PORT
from config.settings.core import TIME_ZONE

_REDIS = f"redis://:{quote(REDIS_PASSWORD, safe='')}@{REDIS_HOST}:{REDIS_PORT}"
# A Redis that is away or hangs must not hang a request that queues a task: it fails within 3 s, as 503. The worker
# has a patience of its own, below.
_ONE_TRY = {"max_retries": 0, "interval_start": 0, "interval_step": 0, "interval_max": 0}
_TIMEOUTS = {"socket_connect_timeout": 2, "socket_timeout": 2}

# The Compose profile that starts the worker also decides whether one is missed.
WORKER_EXPECTED = "with-celery" in env.items("COMPOSE_PROFILES")

CELERY_BROKER_URL = f"{_REDIS}/{REDIS_FIRST_DB + 1}"
CELERY_BROKER_TRANSPORT_OPTIONS = {
    **_TIMEOUTS,
    **_ONE_TRY,
    # Seconds after which the task of a worker that was killed goes to another: longer than any task may run, or it
    # would be run twice at once; and than any may wait for its time (countdown, retry), for a worker holds it then.
    "visibility_timeout": 180,
}
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_TASK_PUBLISH_RETRY_POLICY = _ONE_TRY
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Never give up on a broker that is away: the worker waits, and is there when Redis is.
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_RESULT_BACKEND = f"{_REDIS}/{REDIS_FIRST_DB + 2}"
CELERY_RESULT_EXPIRES = 3600
# Most tasks are queued and forgotten. One whose result somebody fetches says `ignore_result=False`.
CELERY_TASK_IGNORE_RESULT = True
CELERY_REDIS_SOCKET_CONNECT_TIMEOUT = _TIMEOUTS["socket_connect_timeout"]
CELERY_REDIS_SOCKET_TIMEOUT = _TIMEOUTS["socket_timeout"]
# A task is taken off the queue once it is done, so a worker that dies does not lose it. Tasks must
# therefore bear being run twice.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# Limits for tasks that set none: an exception first, then the end of the process.
CELERY_TASK_SOFT_TIME_LIMIT = 60
CELERY_TASK_TIME_LIMIT = 90
# A process more is some 30 MB more; CELERY_CONCURRENCY raises it where there is work.
CELERY_WORKER_CONCURRENCY = env.integer("CELERY_CONCURRENCY", default=1, minimum=1)
# Only who looks on needs to be told.
CELERY_WORKER_SEND_TASK_EVENTS = CELERY_TASK_SEND_SENT_EVENT = "with-flower" in env.items("COMPOSE_PROFILES")
# Logging is Django's: see apps/worker/signals.py.
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_REDIRECT_STDOUTS = False
CELERY_TIMEZONE = TIME_ZONE

# Django's own interface for tasks, on this queue.
TASKS = {"default": {"BACKEND": "apps.worker.backend.CeleryBackend"}}

# What runs by the clock; apps/worker/clock.py sends it.
CELERY_BEAT_SCHEDULE = {
    "clear-expired-sessions": {
        "task": "apps.worker.tasks.clear_expired_sessions",
        "schedule": crontab(hour="3", minute="0"),
    },
}
