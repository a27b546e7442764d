"""The door that every socket goes through: the origin is checked, the id of the request bound, the visit logged."""

from collections.abc import Awaitable, Callable
from time import perf_counter
from typing import Any

import structlog

from apps.core import request_id
from apps.core.problems import dependency_errors
from apps.websockets.handshake import Scope, is_from_here, request_of

type Message = dict[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Message], Awaitable[None]]
type Application = Callable[[Scope, Receive, Send], Awaitable[None]]

# A close code of WebSocket itself: try again later.
TRY_AGAIN_LATER = 1013

logger = structlog.get_logger("socket")


class Entrance:
    def __init__(self, sockets: Application) -> None:
        self._sockets = sockets

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = request_of(scope)
        structlog.contextvars.clear_contextvars()
        request_id.bind(request_id.choose(request.headers.get(request_id.HEADER)))
        visit = Visit(receive, send)
        started = perf_counter()
        try:
            if is_from_here(request):
                await self._sockets(scope, visit.receive, visit.send)
            else:
                logger.warning("foreign origin", path=request.path, origin=request.headers.get("Origin"))
                await visit.send(REFUSAL)
        except dependency_errors() as error:
            # The client comes back by itself, and finds database and Redis again or is told once more.
            logger.warning("dependency unavailable", path=request.path, error=type(error).__name__)
            await visit.close(TRY_AGAIN_LATER)
        finally:
            logger.info("socket", path=request.path, code=visit.code, ms=round((perf_counter() - started) * 1000, 1))


class Visit:
    """Passes all messages on and remembers how far the conversation has come."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive = receive
        self._send = send
        self._accepted = False
        # How it ended: a close code, or 403 for a socket that was never opened.
        self.code: int | None = None

    async def receive(self) -> Message:
        message = await self._receive()
        if message["type"] == "websocket.disconnect" and self.code is None:
            self.code = message.get("code")
        return message

    async def send(self, message: Message) -> None:
        if message["type"] == "websocket.accept":
            self._accepted = True
        elif message["type"] == "websocket.close":
            self.code = message.get("code", 1000) if self._accepted else 403
        await self._send(message)

    async def close(self, code: int) -> None:
        """With a code that the client can read, which takes a socket that was accepted; nothing if it has ended."""
        if self.code is not None:
            return
        if not self._accepted:
            await self.send({"type": "websocket.accept"})
        await self.send({"type": "websocket.close", "code": code})


# Before a socket is accepted, this becomes an answer with status 403.
REFUSAL: Message = {"type": "websocket.close"}
