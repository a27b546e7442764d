"""A browser's side of a socket: it opens one at the application itself, with the origin and cookie of a page."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator
from django.conf import settings
from django.test import Client

from apps.users.models import User
from config.asgi import application

HOST = "testserver"

type Open = Callable[..., Awaitable["Page"]]


class Page:
    """One socket as a page sees it."""

    def __init__(self, path: str, headers: dict[str, str]) -> None:
        encoded = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        scope = {"type": "websocket", "path": path, "headers": encoded}
        self._wire: Any = ApplicationCommunicator(application, scope)  # type: ignore[no-untyped-call]
        self.accepted = False

    async def open(self) -> None:
        await self._wire.send_input({"type": "websocket.connect"})
        answer = await self._wire.receive_output(5)
        self.accepted = answer["type"] == "websocket.accept"

    async def send(self, content: str | bytes) -> None:
        kind = "text" if isinstance(content, str) else "bytes"
        await self._wire.send_input({"type": "websocket.receive", kind: content})

    async def receive(self, seconds: float = 5) -> Any:
        message = await self._wire.receive_output(seconds)
        assert message["type"] == "websocket.send", message
        return json.loads(message["text"])

    async def hears_nothing(self, seconds: float) -> bool:
        return bool(await self._wire.receive_nothing(seconds))

    async def closed(self, seconds: float = 5) -> int:
        """The code with which the other side ends it, whatever it says before."""
        while (message := await self._wire.receive_output(seconds))["type"] == "websocket.send":
            continue
        assert message["type"] == "websocket.close", message
        code: int = message["code"]
        return code

    async def leave(self, code: int = 1005) -> None:
        await self._wire.send_input({"type": "websocket.disconnect", "code": code})
        await self._wire.wait(5)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def page() -> AsyncIterator[Open]:
    """Opens sockets, and closes those that a test leaves open."""
    async with AsyncExitStack() as open_pages:

        async def visit(path: str, session: str | None = None, **headers: str) -> Page:
            cookie = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session}"} if session else {}
            visited = Page(path, {"Host": HOST, "Origin": f"http://{HOST}", **cookie, **headers})
            await visited.open()
            open_pages.push_async_callback(visited.leave)
            return visited

        yield visit


@pytest.fixture
def browser(user: User) -> Client:
    """Ada's, signed in."""
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def session(browser: Client) -> str:
    return browser.cookies[settings.SESSION_COOKIE_NAME].value
