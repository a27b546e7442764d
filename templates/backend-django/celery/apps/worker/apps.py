"""The worker's side of the project: Celery's application, its heartbeat, its health and its tasks.

Worker command (the same image and environment as the server):

    celery -A config.celery worker --without-gossip --without-mingle --without-heartbeat

The three switches turn off talk between several workers, which costs an idle one most of its CPU time;
`heartbeat.py` is what tells that it lives. CELERY_CONCURRENCY (1) is the number of processes.
"""

from django.apps import AppConfig
from django.conf import settings


class WorkerConfig(AppConfig):
    name = "apps.worker"

    def ready(self) -> None:
        from kombu.exceptions import OperationalError

        from apps.core import problems
        from apps.core.frontend_config import features
        from apps.core.health.checks import registry
        from apps.worker import signals
        from apps.worker.clock import Clock
        from apps.worker.heartbeat import Heartbeat, probe_worker
        from config.celery import app

        # The default application: every shared_task of this process belongs to it from here on.
        app.set_default()
        app.steps["worker"].update((Heartbeat, Clock))
        signals.connect()
        if settings.METRICS:
            from apps.worker import metrics

            metrics.connect()
        if settings.TRACES:
            from apps.worker import traces

            traces.connect()
        # What `.delay()` raises when a task cannot be queued: 503, as with any dependency that is away.
        problems.register_dependency_error(OperationalError)
        features.register("worker", lambda: settings.WORKER_EXPECTED)
        if settings.WORKER_EXPECTED:
            # Not required: requests are answered without a worker, and its tasks wait for it.
            registry.register("worker", probe_worker, required=False)
