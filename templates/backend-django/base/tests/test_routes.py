"""Schema, documentation, admin, static files and uploads."""

import errno
import re
from collections.abc import Iterator
from importlib import reload
from pathlib import Path

import pytest
from django.contrib import admin
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.http import Http404, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings
from rest_framework.test import APIClient

from apps.core.local_files import serve_static, serve_upload
from apps.users.models import User
from config import urls, wsgi
from tests.conftest import PASSWORD


def test_the_schema_is_complete(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("spectacular", fail_on_warn=True, validate=True)
    schema = capsys.readouterr().out
    for route in ("auth/csrf/", "auth/login/", "auth/logout/", "users/", "users/me/", "health/", "config/frontend/"):
        assert f"/api/v1/{route}:" in schema


def test_every_error_in_the_schema_is_a_problem(api: APIClient) -> None:
    paths = api.get("/api/v1/schema/", {"format": "json"}).json()["paths"]
    for path, operations in paths.items():
        for operation in operations.values():
            assert "default" in operation["responses"], path
            for status, response in operation["responses"].items():
                if status == "default" or (int(status) >= 400 and "/health/" not in path):
                    assert list(response["content"]) == ["application/problem+json"], (path, status)
    assert {"401", "403", "404"} <= set(paths["/api/v1/users/"]["get"]["responses"])


def test_the_schema_excludes_what_is_refused(api: APIClient) -> None:
    schemas = api.get("/api/v1/schema/", {"format": "json"}).json()["components"]["schemas"]
    assert schemas["LoginRequest"]["properties"]["password"]["pattern"] == r"^[^\u0000]*$"
    assert "pattern" not in schemas["User"]["properties"]["firstName"]


def names_in(schema: object) -> Iterator[str]:
    """Of every property and every parameter of a query, wherever it stands."""
    if isinstance(schema, list):
        for each in schema:
            yield from names_in(each)
    elif isinstance(schema, dict):
        if schema.get("type") == "object":
            yield from schema.get("properties", {})
        if schema.get("in") == "query":
            yield schema["name"]
        for each in schema.values():
            yield from names_in(each)


def test_every_name_in_the_api_is_camel_case(api: APIClient) -> None:
    names = set(names_in(api.get("/api/v1/schema/", {"format": "json"}).json()))
    assert {"firstName", "csrfToken", "page"} <= names
    assert {name for name in names if not re.fullmatch(r"[a-z]+([A-Z][a-z0-9]*)*", name)} == set()


def test_what_is_generic_for_the_type_checker_may_be_written_so() -> None:
    assert issubclass(admin.ModelAdmin[User], admin.ModelAdmin)


def test_after_the_admins_login_there_is_always_a_page(client: Client, staff: User) -> None:
    form = {"username": staff.email, "password": PASSWORD}
    assert client.post("/admin/login/?next=https://evil.example/", form)["Location"] == "/"


def test_anybody_may_read_the_schema(api: APIClient) -> None:
    response = api.get("/api/v1/schema/")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/vnd.oai.openapi")


def test_the_documentation_needs_no_other_host(client: Client) -> None:
    response = client.get("/api/v1/docs/")
    assert response.status_code == 200
    sources = re.findall(r'(?:src|href)="([^"]+)"', response.content.decode())
    assert sources
    for source in sources:
        assert source.startswith("/static/")
        assert finders.find(source.removeprefix("/static/"))


def test_the_admin_signs_in_by_e_mail(client: Client, staff: User) -> None:
    done = client.post("/admin/login/?next=/admin/", {"username": "Grace@Example.com", "password": PASSWORD})
    assert (done.status_code, done["Location"]) == (302, "/admin/")
    for page in ("/admin/", "/admin/users/user/", "/admin/users/user/add/", f"/admin/users/user/{staff.pk}/change/"):
        assert client.get(page).status_code == 200


def test_the_admin_creates_a_user(client: Client, staff: User) -> None:
    client.force_login(staff)
    form = {"email": "New@Example.com", "usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}
    assert client.post("/admin/users/user/add/", form).status_code == 302
    again = client.post("/admin/users/user/add/", form)
    assert "already exists" in again.content.decode()
    assert User.objects.get(email="new@example.com").check_password(PASSWORD)


@pytest.mark.parametrize(("debug", "served"), [(True, True), (False, False)])
def test_files_are_served_in_development_only(settings: Settings, debug: bool, served: bool) -> None:
    settings.DEBUG = debug
    routes = str(reload(urls).urlpatterns)
    settings.DEBUG = False
    reload(urls)
    assert ("media" in routes, "static" in routes) == (served, served)


@pytest.mark.parametrize("path", ["x" * 300, "../manage.py", "nothing.txt", ".private/a.txt", "a/../.private/a.txt"])
def test_a_file_that_cannot_be_there_is_not_found(settings: Settings, tmp_path: Path, path: str) -> None:
    settings.DEBUG = True
    (tmp_path / ".private").mkdir()
    (tmp_path / ".private/a.txt").write_text("for some only")
    with pytest.raises(Http404):
        serve_upload(RequestFactory().get("/media/"), path=path, document_root=str(tmp_path))
    with pytest.raises(Http404):
        serve_static(RequestFactory().get("/static/"), path=path)


def test_a_name_that_the_file_system_refuses_is_not_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which names it refuses to look at, and not only finds nowhere, differs with the version of Python."""

    def refuse(*args: object) -> None:
        raise OSError(errno.ENAMETOOLONG, "File name too long")

    monkeypatch.setattr(Path, "is_dir", refuse)
    with pytest.raises(Http404):
        serve_upload(RequestFactory().get("/media/"), path="note.txt", document_root="/media")


def test_a_file_is_served_whole_and_once_only(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("kept")
    served = serve_upload(RequestFactory().get("/media/"), path="note.txt", document_root=str(tmp_path))
    assert (served.status_code, served["Content-Type"], served["Content-Length"]) == (200, "text/plain", "4")
    assert isinstance(served, HttpResponse)
    assert served.content == b"kept"
    since = RequestFactory().get("/media/", headers={"If-Modified-Since": served["Last-Modified"]})
    assert serve_upload(since, path="note.txt", document_root=str(tmp_path)).status_code == 304


def test_a_file_is_only_read() -> None:
    """Without a token: who writes learns that nobody may."""
    assert serve_static(RequestFactory().post("/static/"), path="admin/css/base.css").status_code == 405


def test_the_wsgi_application_is_the_one_that_the_settings_name(settings: Settings) -> None:
    assert settings.WSGI_APPLICATION == "config.wsgi.application"
    assert callable(wsgi.application)
