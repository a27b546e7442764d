"""PostgreSQL through psycopg 3 and its connection pool."""

from typing import Any

from apps.core.database import BoundedConnection
from config.env import env
from config.settings.core import DEBUG

# 0: no pool, and a connection of its own for whoever needs one. For processes that do one thing at a time.
POOL_SIZE = env.integer("POSTGRES_POOL_SIZE", default=10)

# Seconds after which a request no longer waits for the database: it is answered with 503. Commands and tasks wait on.
REQUEST_DATABASE_SECONDS = env.integer("DJANGO_REQUEST_DATABASE_SECONDS", default=6, minimum=1)

_POOL = {
    "connection_class": BoundedConnection,
    # One idle connection costs PostgreSQL several MB; more open as they are needed.
    "min_size": 1,
    "max_size": POOL_SIZE,
    # Seconds that a request waits for a connection before it fails with 503.
    "timeout": 3,
    # Seconds that the pool goes on trying after the database went away, before it starts afresh.
    "reconnect_timeout": 30,
    # One thread opens connections: the default three only sleep.
    "num_workers": 1,
}

DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": env.text("POSTGRES_HOST", default="db"),
        "PORT": env.integer("POSTGRES_PORT", default=5432, minimum=1),
        "NAME": env.text("POSTGRES_DB", default="backend_db"),
        "USER": env.text("POSTGRES_USER", default="postgres"),
        "PASSWORD": env.secret("POSTGRES_PASSWORD", strict=not DEBUG),
        # The pool owns the connections' lives, so Django must not keep one for each thread.
        "CONN_MAX_AGE": 0,
        # The pool tries a connection before it hands it out: after a restart of the database the dead ones
        # are replaced instead of failing one request each.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 3,
            "application_name": "backend",
            # Should the client be gone, the server stops working for it.
            "options": "-c client_connection_check_interval=5s",
            "pool": _POOL if POOL_SIZE else False,
        },
    },
}
