"""WebSockets: Django Channels over Redis, which carries messages from any process to the one that holds the socket."""

from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from config.settings.cache import REDIS_FIRST_DB, REDIS_HOST, REDIS_PASSWORD, REDIS_PORT

ASGI_APPLICATION = "config.asgi.application"

CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.core.RedisChannelLayer",
        "CONFIG": {
            "hosts": [
                {
                    "host": REDIS_HOST,
                    "port": REDIS_PORT,
                    "password": REDIS_PASSWORD,
                    "db": REDIS_FIRST_DB + 3,
                    "socket_connect_timeout": 2,
                    # More than the 5 s that the layer lets Redis wait for a message.
                    "socket_timeout": 6,
                    # Once more over a new connection, since Redis may have dropped an idle one. A Redis that is gone
                    # is told to the client at once, which comes back and catches up.
                    "retry": Retry(NoBackoff(), 1),
                }
            ],
        },
    },
}
