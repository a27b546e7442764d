"""Redis as Django's cache: database 0. Databases 1 and 2 are left to a task queue's broker and results."""

from config.env import env
from config.settings.core import DEBUG

REDIS_HOST = env.text("REDIS_HOST", default="redis")
REDIS_PORT = env.integer("REDIS_PORT", default=6379, minimum=1)
REDIS_PASSWORD = env.secret("REDIS_PASSWORD", strict=not DEBUG)
REDIS_CACHE_DB = 0

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        # The password travels as an option: in the URL it would need quoting, and would show in tracebacks.
        "LOCATION": f"redis://{REDIS_HOST}:{REDIS_PORT}/{REDIS_CACHE_DB}",
        "OPTIONS": {
            "password": REDIS_PASSWORD,
            # A Redis that hangs must not hang every request with it.
            "socket_connect_timeout": 2,
            "socket_timeout": 2,
        },
        "TIMEOUT": 300,
        "KEY_PREFIX": "cache",
    },
}
