"""The list in config/sockets.py as an application: the routes are Django's, the sockets Channels' consumers."""

from collections.abc import Sequence
from typing import Any, cast

from channels.routing import URLRouter
from django.urls import URLPattern, path, re_path

from apps.websockets.entrance import REFUSAL, Application, Receive, Send
from apps.websockets.handshake import Scope
from apps.websockets.socket import Socket


def socket(route: str, consumer: type[Socket]) -> URLPattern:
    """As Django's `path`, parameters included: a consumer finds them in `scope["url_route"]["kwargs"]`."""
    pattern: URLPattern = path(route, cast("Any", consumer.as_asgi()))
    return pattern


def router(sockets: Sequence[URLPattern]) -> Application:
    # Without the last route Channels would answer an unknown path with a traceback and 500.
    routes = [*sockets, re_path("", cast("Any", _refuse))]
    return cast("Application", URLRouter(cast("Any", routes)))


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    await send(REFUSAL)
