"""The door of every socket: which pages may open one, what is refused, and what the log says of it."""

import logging
from typing import Any

import pytest
from django.http import HttpRequest
from pytest_django import Settings
from redis.exceptions import ConnectionError as RedisConnectionError

from apps.core import request_id
from apps.websockets import handshake
from apps.websockets.entrance import Entrance, Message, Receive, Send
from apps.websockets.handshake import Scope
from tests.websockets.conftest import Open

pytestmark = [pytest.mark.anyio, pytest.mark.services]

HEALTH = "/api/ws/health/"


@pytest.mark.parametrize("debug", [True, False])
@pytest.mark.parametrize(
    ("origin", "host", "accepted"),
    [
        ("http://testserver", "testserver", "always"),
        ("http://testserver:8080", "testserver:8080", "always"),
        ("https://trusted.example", "testserver", "always"),
        ("http://localhost:5173", "testserver", "in development"),
        ("http://testserver", "evil.example", "never"),
        ("http://evil.example", "evil.example", "never"),
        ("http://evil.example", "testserver", "never"),
        ("http://localhost", "evil.example", "never"),
        ("null", "testserver", "never"),
    ],
)
async def test_an_origin(page: Open, settings: Settings, debug: bool, origin: str, host: str, accepted: str) -> None:  # noqa: PLR0913, PLR0917
    settings.DEBUG = debug
    settings.CSRF_TRUSTED_ORIGINS = ["https://trusted.example"]
    expected = {"always": True, "in development": debug, "never": False}[accepted]
    assert (await page(HEALTH, Origin=origin, Host=host)).accepted is expected


@pytest.mark.parametrize("path", [HEALTH, "/api/ws/events/", "/api/ws/nothing/"])
async def test_whoever_names_no_origin_is_refused(path: str) -> None:
    sent = await converse(Entrance(never), {"type": "websocket", "path": path, "headers": [(b"host", b"testserver")]})
    assert sent == [{"type": "websocket.close"}]


@pytest.mark.parametrize("path", ["/api/ws/nothing/", "/api/ws/", "/", "/api/v1/health/"])
async def test_what_is_not_in_the_list_is_refused_without_a_traceback(
    page: Open, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert not (await page(path)).accepted
    assert [record for record in caplog.records if record.exc_info] == []


@pytest.mark.parametrize(("scheme", "expected"), [("ws", "http"), ("wss", "https")])
async def test_the_scheme_of_the_request(scheme: str, expected: str) -> None:
    assert handshake.request_of({"path": "/", "headers": [], "scheme": scheme}).scheme == expected


async def test_the_id_of_the_request_is_in_the_line_of_the_socket(page: Open, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="socket")
    visited = await page(HEALTH, **{request_id.HEADER: "from-the-proxy"})
    await visited.receive()
    await visited.leave(1001)
    (line,) = [record.msg for record in caplog.records if record.name == "socket"]
    assert isinstance(line, dict)
    assert line["ms"] >= 0
    assert {name: line[name] for name in ("event", "path", "code", "request_id")} == {
        "event": "socket",
        "path": HEALTH,
        "code": 1001,
        "request_id": "from-the-proxy",
    }


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ([], [{"type": "websocket.accept"}, {"type": "websocket.close", "code": 1013}]),
        ([{"type": "websocket.accept"}], [{"type": "websocket.accept"}, {"type": "websocket.close", "code": 1013}]),
        ([{"type": "websocket.close"}], [{"type": "websocket.close"}]),
    ],
)
async def test_a_dependency_that_fails_asks_the_client_to_come_back(
    first: list[Message], expected: list[Message]
) -> None:
    async def fail(scope: Scope, receive: Receive, send: Send) -> None:
        for message in first:
            await send(message)
        raise RedisConnectionError

    assert await converse(Entrance(fail), scope()) == expected


async def test_a_client_that_went_away_is_told_nothing_more() -> None:
    async def fail(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        raise RedisConnectionError

    assert await converse(Entrance(fail), scope(), {"type": "websocket.disconnect", "code": 1001}) == []


def test_the_origins_check_stands_alone() -> None:
    with pytest.raises(NotImplementedError):
        handshake._never_called(HttpRequest())


async def never(scope: Scope, receive: Receive, send: Send) -> None:
    raise NotImplementedError


def scope() -> dict[str, Any]:
    headers = [(b"host", b"testserver"), (b"origin", b"http://testserver")]
    return {"type": "websocket", "path": "/", "headers": headers}


async def converse(application: Entrance, scope: Scope, *messages: Message) -> list[Message]:
    """What an application sends to a client that says this much."""
    waiting, sent = list(messages), list[Message]()

    async def receive() -> Message:
        return waiting.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    await application(scope, receive, send)
    return sent
