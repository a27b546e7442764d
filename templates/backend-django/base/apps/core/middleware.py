"""Layers around every request: one line in the log with its id, one shape for every error, one deadline."""

import traceback
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import structlog
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import is_valid_path
from django.utils.functional import SimpleLazyObject

from apps.core import problems, request_id
from apps.core.database import answers_within
from apps.core.migration_state import explain
from apps.core.reports import without_secrets

type GetResponse = Callable[[HttpRequest], HttpResponseBase]

logger = structlog.get_logger("request")

HEALTH_PREFIX = f"{settings.API_PREFIX}/health/"


class RequestLogMiddleware:
    """Binds the request's id, echoes it in the response, and logs the request once it is answered."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        structlog.contextvars.clear_contextvars()
        chosen = request_id.choose(request.headers.get(request_id.HEADER))
        request_id.bind(chosen)
        started = perf_counter()
        response = self.get_response(request)
        response[request_id.HEADER] = chosen
        # Probes come every few seconds, and pages bring files: at info level they would be most of the log.
        expected = request.path.startswith((HEALTH_PREFIX, settings.STATIC_URL)) and response.status_code < 400
        log = logger.debug if expected else logger.info
        log(
            "request",
            method=request.method,
            path=request.path,
            route=request.resolver_match.view_name if request.resolver_match else None,
            user_id=user_id(request),
            status=response.status_code,
            ms=round((perf_counter() - started) * 1000, 1),
        )
        return response


def user_id(request: HttpRequest) -> int | None:
    """Of whoever the request itself has looked up: for its log line nobody is asked for, and no session loaded."""
    user = request.__dict__.get("user")
    if type(user) is SimpleLazyObject:
        user = request.__dict__.get("_cached_user")
    return getattr(user, "pk", None)


class ProblemMiddleware:
    """Turns the HTML error pages that Django itself makes under /api/ into problem documents.

    REST framework's own errors are shaped in `problems.exception_handler`; this is for all that never
    reaches a view or falls out of one: an unknown path, a refused host, a failed CSRF check, a crash.
    A crash is logged by Django with its traceback before it gets here; in development the problem names it too.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if is_api(request) and lacks_slash(request):
            detail = f"There is nothing here, but at {request.path}/ (with a slash at its end)."
            return problems.response(404, detail, instance=request.path)
        response = self.get_response(request)
        if response.status_code < 400 or not is_api(request):
            return response
        if not response.headers.get("Content-Type", "").startswith(("text/html", "text/plain")):
            return response
        return self._problem(request, response)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """What a view raised: a dependency that is away is 503, on pages too; any other crash becomes Django's 500."""
        request.META[CRASH] = error
        if not isinstance(error, problems.dependency_errors()):
            return None
        logger.error("dependency unavailable", error=type(error).__name__, exc_info=error)
        if is_api(request):
            return problems.response(503, problems.ServiceUnavailable.default_detail, instance=request.path)
        page = render_to_string("core/unavailable.html")
        return HttpResponse(page, status=503, headers={"Retry-After": "5", "Cache-Control": "no-store"})

    def _problem(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponse:
        crash = request.META.get(CRASH) if settings.DEBUG and response.status_code == 500 else None
        detail = explain(crash) if crash else None
        if is_refused_host(request):
            detail = "This host name is not allowed (DJANGO_ALLOWED_HOSTS)."
        shaped = problems.response(
            response.status_code, detail, instance=request.path, crash=describe(crash) if crash else None
        )
        for header in ("Allow", "Retry-After", "Vary"):
            if header in response.headers:
                shaped[header] = response.headers[header]
        shaped.cookies = response.cookies
        return shaped


# Where a request keeps what its view raised.
CRASH = "core.crash"


def is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def lacks_slash(request: HttpRequest) -> bool:
    """Django sends a reader on to the address with a slash. What was to be written would be lost on that way."""
    if request.method in {"GET", "HEAD"} or request.path.endswith("/"):
        return False
    return not is_valid_path(request.path_info) and bool(is_valid_path(f"{request.path_info}/"))


def is_refused_host(request: HttpRequest) -> bool:
    try:
        request.get_host()
    except DisallowedHost:
        return True
    return False


def describe(error: Exception) -> problems.Crash:
    """What was raised, and in which line of this project (of a library, if it never was in this project)."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(settings.BASE_DIR)]
    frame = (own or frames)[-1]
    file = Path(frame.filename)
    name = file.relative_to(settings.BASE_DIR) if own else file
    return {
        "exception": without_secrets("".join(traceback.format_exception_only(error)).strip()),
        "frame": f"{name}:{frame.lineno} in {frame.name}",
    }


class DeadlineMiddleware:
    """No request waits for the database longer than this, in all its statements together."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with answers_within(settings.REQUEST_DATABASE_SECONDS):
            return self.get_response(request)
