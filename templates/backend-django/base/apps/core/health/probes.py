"""The two probes that every installation has: database and cache, each over a connection of its own.

A connection of the request, or of its pool, would be the wrong witness: it may be dead while the server is
well, or wait behind others. Each probe also ends by itself, so threads never pile up behind a frozen server.
"""

import psycopg
import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

from apps.core.database import connect_directly
from apps.core.health.checks import DEADLINE, Unhealthy, registry


def register() -> None:
    registry.register("database", probe_database)
    registry.register("cache", probe_cache)


def probe_database() -> None:
    try:
        with connect_directly(
            application_name="health",
            # psycopg keeps this one itself while the server is silent, also after the TCP connection stands.
            connect_timeout=int(DEADLINE),
            # For the moment between connection and answer: a host that vanishes is noticed in seconds.
            keepalives_idle=1,
            keepalives_interval=1,
            keepalives_count=2,
            tcp_user_timeout=int(DEADLINE * 1000),
        ) as connection:
            connection.execute("SELECT 1")
    except psycopg.errors.ConnectionTimeout as error:
        raise Unhealthy(f"timeout after {DEADLINE:g} s") from error


def probe_cache() -> None:
    try:
        with cache_client() as client:
            client.ping()
    except redis.TimeoutError as error:
        raise Unhealthy(f"timeout after {DEADLINE:g} s") from error


def cache_client() -> redis.Redis:
    """A new connection that tries once: by default redis-py tries several times and says so seconds later."""
    return redis.Redis(
        host=settings.REDIS_HOST,
        port=settings.REDIS_PORT,
        password=settings.REDIS_PASSWORD,
        db=settings.REDIS_CACHE_DB,
        socket_connect_timeout=DEADLINE,
        socket_timeout=DEADLINE,
        single_connection_client=True,
        retry=Retry(NoBackoff(), 0),
    )
