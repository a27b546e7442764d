"""Celery's application, with the settings of config/settings/celery.py.

The worker starts with `celery -A config.celery worker`; the web process gets this module from apps/worker,
so that a task's `.delay()` knows where to go.
"""

import os
import warnings

from celery import Celery
from celery.exceptions import SecurityWarning

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# The container's user is a number without a name, which Celery takes for root.
warnings.filterwarnings("ignore", category=SecurityWarning)

app = Celery("config")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
