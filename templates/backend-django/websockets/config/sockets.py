"""Every WebSocket. nginx sends /api/ws/ here; what is not in this list is refused."""

from apps.websockets.events import EventsSocket
from apps.websockets.health import HealthSocket
from apps.websockets.routing import socket

sockets = [
    socket("api/ws/health/", HealthSocket),
    socket("api/ws/events/", EventsSocket),
]
