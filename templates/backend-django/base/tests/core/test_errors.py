"""Every error of the API has one shape, whichever layer made it."""

import json
import re
from typing import Any

import pytest
import redis
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import OperationalError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.test import Client
from django.urls import path
from pytest_django import Settings
from rest_framework.exceptions import APIException, MethodNotAllowed, NotFound, ValidationError
from rest_framework.exceptions import PermissionDenied as ApiPermissionDenied
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.core import problems
from apps.core.middleware import describe
from apps.core.reports import MASK, SecretlessReporter


class ClientClosed(APIException):
    status_code = 499
    default_detail = "Gone."


RAISED: dict[str, Exception] = {
    "crash": ZeroDivisionError("secret detail"),
    "missing": Http404(),
    "forbidden": PermissionDenied(),
    "list": ValidationError(["first", "second"]),
    "fields": ValidationError({"name": ["too long"]}),
    "reasons": PermissionDenied({"quota": ["used up"]}),
    "api-reasons": ApiPermissionDenied({"quota": ["used up"]}),
    "api-list": NotFound(["one", "two"]),
    "own-status": ClientClosed(),
    "large": RequestDataTooBig(),
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


def leak(request: HttpRequest) -> HttpResponse:
    harmless_name = f"connecting with {settings.DATABASES['default']['PASSWORD']}"
    raise RuntimeError(harmless_name)


def broken(request: HttpRequest) -> HttpResponse:
    raise OperationalError("the database system is shutting down")


def behind(request: HttpRequest, what: str) -> HttpResponse:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute({"table": "SELECT 1 FROM of_tomorrow", "column": "SELECT of_tomorrow FROM users_user"}[what])
    raise NotImplementedError


urlpatterns = [
    path("api/behind/<str:what>/", behind),
    path("api/leak/", leak),
    path("leak/", leak),
    path("api/broken/", broken),
    path("broken/", broken),
    path("admin/", admin.site.urls),
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
    # Without it a proxy that still sends the rest of a large body waits for more of the answer.
    assert int(response["Content-Length"]) == len(response.content)
    return body


@pytest.mark.parametrize("debug", [True, False])
@pytest.mark.parametrize(("url", "status"), [("/api/nowhere/", 404), ("/api/raise/crash/", 500)])
def test_what_django_itself_answers(client: Client, settings: Settings, url: str, status: int, debug: bool) -> None:
    settings.DEBUG = debug
    assert problem(client.get(url), status)["instance"] == url


def test_a_crash_is_explained_in_development(client: Client, settings: Settings) -> None:
    settings.DEBUG = True
    crash = problem(client.get("/api/raise/crash/"), 500)["crash"]
    assert crash["exception"] == "ZeroDivisionError: secret detail"
    assert re.fullmatch(r"tests/core/test_errors\.py:\d+ in get", crash["frame"])


def test_a_crash_is_not_explained_in_production(client: Client) -> None:
    body = problem(client.get("/api/raise/crash/"), 500)
    assert "crash" not in body
    assert "secret detail" not in str(body)


def test_a_crash_outside_the_project_names_the_library() -> None:
    with pytest.raises(ValueError, match="Expecting") as raised:
        json.loads("{")
    beneath = raised.value.with_traceback(raised.value.__traceback__ and raised.value.__traceback__.tb_next)
    assert "json/" in describe(beneath)["frame"]


@pytest.mark.parametrize("debug", [True, False])
def test_no_secret_is_in_what_a_crash_shows(client: Client, settings: Settings, debug: bool) -> None:
    settings.DEBUG = debug
    for url in ("/api/leak/", "/leak/"):
        response = client.get(url)
        assert response.status_code == 500
        assert settings.DATABASES["default"]["PASSWORD"] not in response.content.decode()


def test_a_report_by_mail_holds_no_secret_either(settings: Settings) -> None:
    with pytest.raises(RuntimeError) as raised:
        leak(HttpRequest())
    text = SecretlessReporter(None, raised.type, raised.value, raised.tb).get_traceback_text()
    assert MASK in text
    assert settings.DATABASES["default"]["PASSWORD"] not in text


@pytest.mark.services
@pytest.mark.django_db
@pytest.mark.parametrize("what", ["table", "column"])
def test_a_database_behind_the_code_is_told_with_its_migrations_and_the_command(
    client: Client, settings: Settings, what: str
) -> None:
    client.raise_request_exception = False
    settings.DEBUG = True
    url = f"/api/behind/{what}/"
    assert "./docker-dev.sh makemigrations" in problem(client.get(url), 500)["detail"]
    MigrationRecorder(connection).record_unapplied("users", "0002_accounts")
    body = problem(client.get(url), 500)
    assert body["detail"] == (
        "Not applied to the database: backend/apps/users/migrations/0002_accounts.py. Apply it: ./docker-dev.sh migrate"
    )
    assert "of_tomorrow" in body["crash"]["exception"]
    settings.DEBUG = False
    assert "migrat" not in str(problem(client.get(url), 500))


def test_a_refused_host_is_a_problem_too(client: Client) -> None:
    body = problem(client.get("/api/json/", headers={"Host": "evil.example"}), 400)
    assert "host name is not allowed" in body["detail"]


@pytest.mark.parametrize("debug", [True, False])
def test_writing_without_the_slash_at_the_end_says_so(client: Client, settings: Settings, debug: bool) -> None:
    settings.DEBUG = debug
    assert "/api/json/ (with a slash" in problem(client.post("/api/json"), 404)["detail"]
    assert "slash" not in problem(client.post("/api/nowhere"), 404)["detail"]
    assert client.get("/api/json").status_code == 301


@pytest.mark.parametrize("url", ["/broken/", "/admin/"])
def test_a_page_whose_database_is_away_is_503(client: Client, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*args: object) -> None:
        raise OperationalError("the database system is shutting down")

    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", away)
    client.cookies[settings.SESSION_COOKIE_NAME] = "needs-the-database"
    response = client.get(url)
    assert response.status_code == 503
    assert response["Content-Type"].startswith("text/html")
    assert response["Retry-After"] == "5"
    assert "shutting down" not in response.content.decode()


def test_an_api_whose_own_view_needs_the_database_is_503(client: Client) -> None:
    assert problem(client.get("/api/broken/"), 503)["detail"] == problems.ServiceUnavailable.default_detail


@pytest.mark.parametrize(
    ("key", "status", "errors"),
    [
        ("missing", 404, None),
        ("forbidden", 403, None),
        ("reasons", 403, {"quota": ["used up"]}),
        ("api-reasons", 403, {"quota": ["used up"]}),
        ("api-list", 404, {"nonFieldErrors": ["one", "two"]}),
        ("own-status", 499, None),
        ("large", 413, None),
        ("list", 400, {"nonFieldErrors": ["first", "second"]}),
        ("fields", 400, {"name": ["too long"]}),
        ("database", 503, None),
        ("redis", 503, None),
    ],
)
def test_what_a_view_raises(client: Client, key: str, status: int, errors: dict[str, Any] | None) -> None:
    body = problem(client.get(f"/api/raise/{key}/"), status)
    assert body.get("errors") == errors
    assert "password" not in str(body)


def test_a_part_may_have_a_dependency_of_its_own(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(problems, "DEPENDENCY_ERRORS", set())
    problems.register_dependency_error(ZeroDivisionError)
    problem(client.get("/api/raise/crash/"), 503)


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
