"""The request that opens a socket, as Django knows requests: its host, its origin, its session."""

from collections.abc import Mapping
from importlib import import_module
from io import BytesIO
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import DisallowedHost
from django.core.handlers.asgi import ASGIRequest
from django.db import connections
from django.http import HttpRequest, HttpResponse

from apps.core.csrf import CsrfMiddleware

type Scope = Mapping[str, Any]


def request_of(scope: Scope) -> ASGIRequest:
    scheme = "https" if scope.get("scheme") == "wss" else "http"
    return ASGIRequest({**scope, "type": "http", "method": "GET", "scheme": scheme}, BytesIO())


def is_from_here(request: HttpRequest) -> bool:
    """Whether a page of this site opens the socket: a browser sends the session's cookie for any page that tries.

    The rule is the one for forms (CSRF): the own host, DJANGO_CSRF_TRUSTED_ORIGINS, and in development any port
    of localhost. A browser always names the origin; who does not is no browser, and can name one.
    """
    if "HTTP_ORIGIN" not in request.META:
        return False
    try:
        # As every view does it, sooner or later: a host that is not ours has no pages here.
        request.get_host()
    except DisallowedHost:
        return False
    return CsrfMiddleware(_never_called)._origin_verified(request)


def session_key(request: HttpRequest) -> str | None:
    return request.COOKIES.get(settings.SESSION_COOKIE_NAME)


def user_of(key: str) -> AbstractBaseUser | None:
    """Whom a session belongs to: nobody if it ended, he is blocked, or his password was changed since."""
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    try:
        user = get_user(request)
    finally:
        # This runs in a thread that serves many sockets: it keeps no connection of the pool.
        connections.close_all()
    return user if isinstance(user, AbstractBaseUser) else None


def _never_called(request: HttpRequest) -> HttpResponse:
    """What comes after the check, which a middleware insists on being told."""
    raise NotImplementedError
