"""The application as ASGI, for a server that speaks it: HTTP is Django's, WebSockets are those of config/sockets.py."""

import os

from channels.routing import ProtocolTypeRouter
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# First, since it sets Django up: the sockets import models.
http = get_asgi_application()

from apps.websockets.entrance import Entrance
from apps.websockets.routing import router
from config.sockets import sockets

application = ProtocolTypeRouter({"http": http, "websocket": Entrance(router(sockets))})
