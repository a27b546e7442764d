"""An example that does something useful. Copy it: the limits and the retry are what every task should have.

Two interfaces, one worker: `@shared_task` is Celery's, with all that it can do; `@task` is Django's own, which has less
to set and a state that GET /api/v1/tasks/{id}/ tells.
"""

import structlog
from celery import shared_task
from django.db import OperationalError
from django.utils import timezone
from django_tasks import task

from apps.users.models import Session

logger = structlog.get_logger(__name__)


@shared_task(
    # The database may be away for a moment: after 1, 2, 4, … seconds, at most five times, spread at random.
    autoretry_for=(OperationalError,),
    retry_backoff=True,
    retry_jitter=True,
    max_retries=5,
    # An exception inside the task first; if that does not end it, its process.
    soft_time_limit=30,
    time_limit=45,
)
def clear_expired_sessions() -> int:
    """Delete sessions that nobody can use any more; running it twice does no harm."""
    deleted, _ = Session.objects.filter(expire_date__lt=timezone.now()).delete()
    logger.info("expired sessions deleted", count=deleted)
    return deleted


@task
def clean_up() -> int:
    return clear_expired_sessions()
