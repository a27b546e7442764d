"""One shape for every error of the API: `application/problem+json` (RFC 9457)."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, NotRequired, TypedDict

import structlog
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import JsonResponse
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import exception_handler as default_handler

from apps.core import request_id

CONTENT_TYPE = "application/problem+json"

# What these mean to the client is the same: the request was fine, try again later.
DEPENDENCY_ERRORS: set[type[Exception]] = {OperationalError, InterfaceError, RedisConnectionError, RedisTimeoutError}

logger = structlog.get_logger(__name__)


class Crash(TypedDict):
    """In development only: what a view raised, and where."""

    exception: str
    frame: str


class Problem(TypedDict):
    type: str
    title: str
    status: int
    detail: str
    code: NotRequired[str]
    instance: NotRequired[str]
    requestId: NotRequired[str]
    errors: NotRequired[dict[str, Any]]
    crash: NotRequired[Crash]


def register_dependency_error(error: type[Exception]) -> None:
    """For a part with a dependency of its own: called from `AppConfig.ready`."""
    DEPENDENCY_ERRORS.add(error)


def dependency_errors() -> tuple[type[Exception], ...]:
    return tuple(DEPENDENCY_ERRORS)


def problem(
    status: int, detail: str | None = None, *, instance: str | None = None, errors: dict[str, Any] | None = None
) -> Problem:
    title, description = _words(status)
    document = Problem(type="about:blank", title=title, status=status, detail=detail or description)
    if instance is not None:
        document["instance"] = instance
    if (current := request_id.current()) is not None:
        document["requestId"] = current
    if errors is not None:
        document["errors"] = errors
    return document


def _words(status: int) -> tuple[str, str]:
    """What HTTP calls a status, and a sentence on it; statuses that nobody has registered are allowed too."""
    try:
        known = HTTPStatus(status)
    except ValueError:
        return "Error", f"The server answered with status {status}."
    # Python's own words for 400 are of syntax, which is the least of what may be wrong.
    description = "The request is not valid." if known == HTTPStatus.BAD_REQUEST else known.description
    return known.phrase, description or known.phrase


def response(
    status: int, detail: str | None = None, *, instance: str | None = None, crash: Crash | None = None
) -> JsonResponse:
    document = problem(status, detail, instance=instance)
    if crash is not None:
        document["crash"] = crash
    answer = JsonResponse(document, status=status, content_type=CONTENT_TYPE)
    # Made outside of Django's own middleware that sets it: without a length a proxy waits for more.
    answer["Content-Length"] = str(len(answer.content))
    return answer


def exception_handler(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """REST framework's hook: what a view raised, as a problem. None lets a real fault become a logged 500."""
    if isinstance(error, dependency_errors()):
        logger.error("dependency unavailable", error=type(error).__name__, exc_info=error)
        error = ServiceUnavailable()
    elif isinstance(error, RequestDataTooBig):
        error = TooLarge()
    answer = default_handler(error, dict(context))
    if answer is None:
        return None
    detail: str | None
    errors: dict[str, Any] | None
    if isinstance(error, ValidationError):
        detail, errors = "The request is not valid.", _by_field(answer.data)
    else:
        # Http404 and PermissionDenied of Django arrive here too, already translated by the default handler.
        detail, errors = _details(answer.data)
    body = problem(answer.status_code, detail, instance=context["request"].path, errors=errors)
    if isinstance(code := getattr(error, "problem_code", None), str):
        body["code"] = code
    shaped = Response(body, status=answer.status_code, content_type=CONTENT_TYPE)
    for header in ("WWW-Authenticate", "Retry-After"):
        if header in answer.headers:
            shaped[header] = answer.headers[header]
    return shaped


class ServiceUnavailable(APIException):
    status_code = HTTPStatus.SERVICE_UNAVAILABLE
    default_detail = "Something that this request needs is not available. Try again shortly."


class TooLarge(APIException):
    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    default_detail = "The body of this request is larger than is taken here."


def _details(data: Any) -> tuple[str | None, dict[str, Any] | None]:
    """A sentence as a rule. Whoever raised a list or a mapping finds it in `errors`, as with a form."""
    if isinstance(data, Mapping) and isinstance(data.get("detail"), str):
        return str(data["detail"]), None
    return None, _by_field(data)


def _by_field(data: Any) -> dict[str, Any]:
    """Errors by field; those of no field in particular under REST framework's own key for them."""
    return dict(data) if isinstance(data, Mapping) else {api_settings.NON_FIELD_ERRORS_KEY: data}
