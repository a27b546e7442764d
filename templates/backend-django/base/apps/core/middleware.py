"""Two layers around every request: one line in the log with its id, and one shape for every API error."""

from collections.abc import Callable
from time import perf_counter

import structlog
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from apps.core import problems, request_id

type GetResponse = Callable[[HttpRequest], HttpResponseBase]

logger = structlog.get_logger("request")

HEALTH_PREFIX = "/api/v1/health/"


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
        # Probes come every few seconds: at info level they would be most of the log.
        healthy_probe = request.path.startswith(HEALTH_PREFIX) and response.status_code < 400
        log = logger.debug if healthy_probe else logger.info
        log(
            "request",
            method=request.method,
            path=request.path,
            status=response.status_code,
            ms=round((perf_counter() - started) * 1000, 1),
        )
        return response


class ProblemMiddleware:
    """Turns the HTML error pages that Django itself makes under /api/ into problem documents.

    REST framework's own errors are shaped in `problems.exception_handler`; this is for all that never
    reaches a view or falls out of one: an unknown path, a refused host, a failed CSRF check, a crash.
    Those are logged by Django with their traceback before they get here, in development too.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code < 400 or not request.path.startswith("/api/"):
            return response
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            return response
        return self._problem(request, response)

    def _problem(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponse:
        shaped = problems.response(response.status_code, instance=request.path)
        for header in ("Allow", "Retry-After", "Vary"):
            if header in response.headers:
                shaped[header] = response.headers[header]
        shaped.cookies = response.cookies
        return shaped
