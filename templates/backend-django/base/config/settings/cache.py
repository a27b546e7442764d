"""Redis: where it is, who has which of its databases, and the first of them as Django's cache."""

from redis.backoff import NoBackoff
from redis.retry import Retry

from config.env import env
from config.settings.core import DEBUG

REDIS_HOST = env.text("REDIS_HOST", default="redis")
REDIS_PORT = env.integer("REDIS_PORT", default=6379, minimum=1)
REDIS_PASSWORD = env.secret("REDIS_PASSWORD", strict=not DEBUG)
# One server holds them all, each use in a database of its own, counted from here. Tests start at another number,
# so that what they empty is never a developer's own.
REDIS_FIRST_DB = env.integer("REDIS_FIRST_DB", default=0)
REDIS_CACHE_DB = REDIS_FIRST_DB

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        # The password travels as an option: in the URL it would need quoting, and would show in tracebacks.
        "LOCATION": f"redis://{REDIS_HOST}:{REDIS_PORT}/{REDIS_CACHE_DB}",
        "OPTIONS": {
            "password": REDIS_PASSWORD,
            # A Redis that hangs must not hang every request with it: one try, over a new connection if the server
            # dropped the old one. By default redis-py tries for many seconds.
            "retry": Retry(NoBackoff(), 0),
            "socket_connect_timeout": 2,
            "socket_timeout": 2,
        },
        "TIMEOUT": 300,
        "KEY_PREFIX": "cache",
    },
}
