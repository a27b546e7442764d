"""One shape for every error of the API: `application/problem+json` (RFC 9457)."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, NotRequired, TypedDict

import structlog
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
DEPENDENCY_ERRORS = (OperationalError, InterfaceError, RedisConnectionError, RedisTimeoutError)

logger = structlog.get_logger(__name__)


class Problem(TypedDict):
    type: str
    title: str
    status: int
    detail: str
    instance: NotRequired[str]
    requestId: NotRequired[str]
    errors: NotRequired[dict[str, Any]]


def problem(
    status: int, detail: str | None = None, *, instance: str | None = None, errors: dict[str, Any] | None = None
) -> Problem:
    known = HTTPStatus(status)
    document = Problem(
        type="about:blank",
        title=known.phrase,
        status=status,
        # HTTPStatus explains itself in a few words; some of its members have none.
        detail=detail or known.description or known.phrase,
    )
    if instance is not None:
        document["instance"] = instance
    if (current := request_id.current()) is not None:
        document["requestId"] = current
    if errors is not None:
        document["errors"] = errors
    return document


def response(status: int, detail: str | None = None, *, instance: str | None = None) -> JsonResponse:
    return JsonResponse(problem(status, detail, instance=instance), status=status, content_type=CONTENT_TYPE)


def exception_handler(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """REST framework's hook: what a view raised, as a problem. None lets a real fault become a logged 500."""
    if isinstance(error, DEPENDENCY_ERRORS):
        logger.error("dependency unavailable", error=type(error).__name__, exc_info=error)
        error = ServiceUnavailable()
    answer = default_handler(error, dict(context))
    if answer is None:
        return None
    if isinstance(error, ValidationError):
        detail, errors = "The request is not valid.", _field_errors(answer.data)
    else:
        # Http404 and PermissionDenied of Django arrive here too, already translated by the default handler.
        detail, errors = str(answer.data["detail"]), None
    body = problem(answer.status_code, detail, instance=context["request"].path, errors=errors)
    shaped = Response(body, status=answer.status_code, content_type=CONTENT_TYPE)
    for header in ("WWW-Authenticate", "Retry-After"):
        if header in answer.headers:
            shaped[header] = answer.headers[header]
    return shaped


class ServiceUnavailable(APIException):
    status_code = HTTPStatus.SERVICE_UNAVAILABLE
    default_detail = "Something that this request needs is not available. Try again shortly."


def _field_errors(data: Any) -> dict[str, Any]:
    """Errors by field; those of no field in particular under REST framework's own key for them."""
    return dict(data) if isinstance(data, Mapping) else {api_settings.NON_FIELD_ERRORS_KEY: data}
