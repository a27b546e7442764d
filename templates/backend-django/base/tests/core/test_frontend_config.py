"""The runtime configuration: what it says, that it is cached well, and that no secret is in it."""

import os

import pytest
from django.conf import settings as django_settings
from pytest_django import Settings
from rest_framework.test import APIClient

from apps.core.frontend_config import features

URL = "/api/v1/config/frontend/"


def test_it_says_exactly_this(api: APIClient) -> None:
    response = api.get(URL)
    assert response.status_code == 200
    body = response.json()
    # Optional parts add switches of their own, and test them.
    body["features"] = {name: body["features"][name] for name in ("apiDocs", "maintenance")}
    assert body == {
        "schemaVersion": 1,
        "appName": "Tests",
        "environment": "test",
        "apiBaseUrl": "/api/v1",
        "csrfCookieName": "tests_csrftoken",
        "supportEmail": "help@example.com",
        "links": {"admin": "/admin/", "apiDocs": "/api/v1/docs/", "schema": "/api/v1/schema/"},
        "features": {"apiDocs": True, "maintenance": False},
    }


def test_a_part_says_that_it_is_there(api: APIClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(features, "_switches", {})
    features.register("something", lambda: True)
    features.register("another", lambda: False)
    assert api.get(URL).json()["features"] == {"another": False, "something": True}


def test_no_address_is_null(api: APIClient, settings: Settings) -> None:
    settings.FRONTEND_SUPPORT_EMAIL = None
    assert api.get(URL).json()["supportEmail"] is None


def test_unchanged_is_304_without_a_body(api: APIClient) -> None:
    first = api.get(URL)
    assert first["Cache-Control"] == "no-cache"
    again = api.get(URL, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])


def test_a_changed_value_changes_the_etag(api: APIClient, settings: Settings) -> None:
    before = api.get(URL)["ETag"]
    settings.FRONTEND_FEATURE_MAINTENANCE = True
    response = api.get(URL, headers={"If-None-Match": before})
    assert response.status_code == 200
    assert response.json()["features"]["maintenance"] is True


@pytest.mark.parametrize("name", ["SECRET_KEY", "REDIS_PASSWORD", "DATABASE_PASSWORD"])
def test_no_secret_of_the_settings_is_in_it(api: APIClient, name: str) -> None:
    secrets = {
        "SECRET_KEY": django_settings.SECRET_KEY,
        "REDIS_PASSWORD": django_settings.REDIS_PASSWORD,
        "DATABASE_PASSWORD": django_settings.DATABASES["default"]["PASSWORD"],
    }
    assert secrets[name]
    assert secrets[name] not in api.get(URL).content.decode()


def test_no_secret_of_the_environment_is_in_it(api: APIClient) -> None:
    body = api.get(URL).content.decode()
    names = [name for name in os.environ if name.endswith(("_PASSWORD", "_SECRET", "_SECRET_KEY", "_TOKEN"))]
    assert {"DJANGO_SECRET_KEY", "POSTGRES_PASSWORD", "REDIS_PASSWORD"} <= set(names)
    assert [name for name in names if os.environ[name] and os.environ[name] in body] == []
