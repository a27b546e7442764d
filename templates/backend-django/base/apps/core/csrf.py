"""CSRF protection that knows a developer's machine: localhost is one place, whatever the port.

The browser may come through the proxy's port, the frontend's or the backend's own, and all three can be
changed in `.env`; Django's list of trusted origins has no wildcard for ports. Cookies do not tell ports
apart either, so on localhost nothing is lost. Production keeps Django's strict rule.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import CsrfViewMiddleware
from rest_framework.authentication import CSRFCheck

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def is_loopback(origin: str) -> bool:
    try:
        host = urlsplit(origin).hostname or ""
    except ValueError:
        return False
    return host in LOOPBACK or host.endswith(".localhost")


class CsrfMiddleware(CsrfViewMiddleware):
    def _origin_verified(self, request: HttpRequest) -> bool:
        if settings.DEBUG and is_loopback(request.META["HTTP_ORIGIN"]):
            return True
        verified: bool = super()._origin_verified(request)  # type: ignore[misc]  # left out of the stubs
        return verified


class ApiCsrfCheck(CSRFCheck, CsrfMiddleware):
    """The same rule for REST framework, which checks after authentication and reports instead of answering."""
