"""Every error of the API has one shape, whichever layer made it."""

from typing import Any

import pytest
import redis
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.test import Client
from django.urls import path
from pytest_django import Settings
from rest_framework.exceptions import MethodNotAllowed, ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.core import problems

RAISED: dict[str, Exception] = {
    "crash": ZeroDivisionError("secret detail"),
    "missing": Http404(),
    "forbidden": PermissionDenied(),
    "list": ValidationError(["first", "second"]),
    "fields": ValidationError({"name": ["too long"]}),
    "database": OperationalError("password of user"),
    "redis": redis.ConnectionError("host:6379"),
}


class RaisingView(APIView):
    authentication_classes = ()
    permission_classes = (AllowAny,)

    def get(self, request: Request, key: str) -> Response:
        raise RAISED[key]


def own_json(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"mine": True}, status=409)


def own_page(request: HttpRequest) -> HttpResponse:
    response = HttpResponse("<h1>no</h1>", status=405, headers={"Allow": "PUT"})
    response.set_cookie("kept", "yes")
    return response


urlpatterns = [
    path("api/raise/<key>/", RaisingView.as_view()),
    path("api/json/", own_json),
    path("api/page/", own_page),
    path("page/", own_page),
]


@pytest.fixture
def client(settings: Settings) -> Client:
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


def problem(response: Any, status: int) -> dict[str, Any]:
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert body["type"] == "about:blank"
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]
    assert body["requestId"] == response["X-Request-ID"]
    return body


@pytest.mark.parametrize("debug", [True, False])
@pytest.mark.parametrize(("url", "status"), [("/api/nowhere/", 404), ("/api/raise/crash/", 500)])
def test_what_django_itself_answers(client: Client, settings: Settings, url: str, status: int, debug: bool) -> None:
    settings.DEBUG = debug
    body = problem(client.get(url), status)
    assert body["instance"] == url
    assert "secret detail" not in str(body)


def test_a_refused_host_is_a_problem_too(client: Client) -> None:
    problem(client.get("/api/json/", headers={"Host": "evil.example"}), 400)


@pytest.mark.parametrize(
    ("key", "status", "errors"),
    [
        ("missing", 404, None),
        ("forbidden", 403, None),
        ("list", 400, {"non_field_errors": ["first", "second"]}),
        ("fields", 400, {"name": ["too long"]}),
        ("database", 503, None),
        ("redis", 503, None),
    ],
)
def test_what_a_view_raises(client: Client, key: str, status: int, errors: dict[str, Any] | None) -> None:
    body = problem(client.get(f"/api/raise/{key}/"), status)
    assert body.get("errors") == errors
    assert "password" not in str(body)


def test_outside_a_request_there_is_nothing_to_refer_to() -> None:
    assert set(problems.problem(418)) == {"type", "title", "status", "detail"}


def test_a_method_that_is_not_allowed(client: Client) -> None:
    body = problem(client.delete("/api/raise/crash/"), 405)
    assert body["detail"] == MethodNotAllowed("DELETE").detail


def test_headers_and_cookies_of_a_replaced_page_are_kept(client: Client) -> None:
    response = client.get("/api/page/")
    problem(response, 405)
    assert response["Allow"] == "PUT"
    assert response.cookies["kept"].value == "yes"


def test_an_answer_that_is_json_already_is_left_alone(client: Client) -> None:
    response = client.get("/api/json/")
    assert (response.status_code, response.json()) == (409, {"mine": True})


def test_pages_outside_the_api_are_left_alone(client: Client) -> None:
    response = client.get("/page/")
    assert (response.status_code, response.content) == (405, b"<h1>no</h1>")
