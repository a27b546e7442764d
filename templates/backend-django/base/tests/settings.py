"""The settings under test: development's, with every value fixed that `.env` could change.

Database and Redis come from the environment, as in the container; with `pytest --fast` neither is needed. What
production values do is tested in processes of their own, in test_settings.py.
"""

import os
import sys

os.environ.update(
    DJANGO_DEBUG="1",
    DJANGO_SECRET_KEY="tests-only-" + "0123456789abcdef" * 4,
    DJANGO_ALLOWED_HOSTS="testserver",
    DJANGO_CSRF_TRUSTED_ORIGINS="",
    DJANGO_LOG_LEVEL="INFO",
    DJANGO_LOG_FORMAT="json",
    DJANGO_LOG_FILE="none",
    # A developer's own data lies in the same Redis, and `cache.clear()` empties a whole database. Each of the two
    # processes that share a run has the next four; Redis has sixteen.
    REDIS_FIRST_DB=str(8 + 4 * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))),
    # None of the services that a profile starts is missed, and none that is away is waited for.
    COMPOSE_PROFILES="",
    FRONTEND_APP_NAME="Tests",
    FRONTEND_ENVIRONMENT="test",
    FRONTEND_SUPPORT_EMAIL="help@example.com",
    FRONTEND_FEATURE_API_DOCS="1",
    FRONTEND_FEATURE_MAINTENANCE="0",
    SENTRY_RELEASE="",
)
# The type checker reads the settings without any server: these only have to be there.
for name in ("POSTGRES_PASSWORD", "REDIS_PASSWORD"):
    os.environ.setdefault(name, "read-by-the-type-checker-only")

from config.settings import *

# Tests sign in often; a slow hash protects nobody here.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# What a request starts is done when it is answered.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

# For an answer in seconds on any machine: tests that are marked `services` or `slow` are skipped.
if "--fast" in sys.argv:
    _PASSWORD = os.environ["POSTGRES_PASSWORD"]
    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:", "PASSWORD": _PASSWORD}}
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# Uploads and collected files of a test have no place among real ones.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "private": {"BACKEND": "django.core.files.storage.InMemoryStorage", "OPTIONS": {"base_url": PRIVATE_URL}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
