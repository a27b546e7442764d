"""What sockets have in common: JSON to the client, and a limit on what comes from there."""

from typing import Any

from channels.generic.websocket import AsyncJsonWebsocketConsumer

# In characters or bytes. The server holds a limit of its own on what it reads at all (runserver).
MAX_MESSAGE = 4096
TOO_BIG = 1009


class Socket(AsyncJsonWebsocketConsumer):
    """Nothing that a client sends is needed so far. A socket that wants it overrides `receive_json`."""

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **_: Any) -> None:
        if len(text_data or bytes_data or "") > MAX_MESSAGE:
            await self.close(TOO_BIG)
