"""The runtime configuration: what it says, that it is cached well, and that no secret is in it."""

import json
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings
from rest_framework.renderers import JSONRenderer
from rest_framework.test import APIClient

from apps.core import error_tracking, frontend_config
from apps.core.frontend_config import features
from tests.test_settings import read

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
        "release": None,
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


def test_it_is_rendered_once_for_everybody(api: APIClient, monkeypatch: pytest.MonkeyPatch) -> None:
    first = api.get(URL)

    def refuse(*_: object, **__: object) -> bytes:
        raise AssertionError("rendered again")

    monkeypatch.setattr(JSONRenderer, "render", refuse)
    again = APIClient().get(URL)
    assert (again.status_code, again.content, again["ETag"]) == (200, first.content, first["ETag"])
    assert (again["Content-Type"], again["Cache-Control"]) == ("application/json", "no-cache")


def test_a_changed_value_changes_the_etag(api: APIClient, settings: Settings) -> None:
    before = api.get(URL)["ETag"]
    settings.FRONTEND_FEATURE_MAINTENANCE = True
    response = api.get(URL, headers={"If-None-Match": before})
    assert response.status_code == 200
    assert response.json()["features"]["maintenance"] is True


def test_a_switch_of_the_environment_is_one_of_the_browser(
    api: APIClient, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes = {"FRONTEND_FEATURE_NEW_SEARCH": "1", "FRONTEND_FEATURE_BETA": "", "SENTRY_RELEASE": "1.2.3"}
    body = configuration_of(read(**changes), api, settings, monkeypatch)
    assert body["release"] == "1.2.3"
    assert {name: body["features"].get(name) for name in ("newSearch", "beta")} == {"newSearch": True, "beta": False}


SECRETS = ("DJANGO_SECRET_KEY", "POSTGRES_PASSWORD", "REDIS_PASSWORD", "EMAIL_HOST_PASSWORD", "SENTRY_DSN")
# Read by the runtime configuration, called like something in it, and of no meaning at all.
NAMES = (
    *("FRONTEND_APP_NAME", "FRONTEND_ENVIRONMENT", "FRONTEND_SUPPORT_EMAIL", "SENTRY_RELEASE"),
    *("FRONTEND_FEATURE_API_DOCS", "FRONTEND_FEATURE_X", "FRONTEND_FEATURE_POSTGRES_PASSWORD"),
    *("RELEASE", "FEATURE_X", "APP_NAME", "FRONTEND_X", "FRONTEND_RELEASE", "FRONTEND_FEATURES", "DJANGO_HSTS_PRELOAD"),
)


def environments() -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """Secrets, and an environment that holds one of them, or several, under other names too."""
    chance = Random(1)  # noqa: S311  the same each time
    secrets = {name: f"{chance.getrandbits(128):032x}{name}" for name in SECRETS}
    for number, name in enumerate(NAMES * len(SECRETS)):
        secret = secrets[SECRETS[number % len(SECRETS)]]
        yield secrets, {name: chance.choice([secret, secret.upper(), f"a {secret}", f"{secret}@example.com"])}
    for _ in range(30):
        some = [*chance.sample(NAMES, 3), f"FRONTEND_FEATURE_{chance.choice(NAMES)}"]
        yield secrets, {name: chance.choice([*secrets.values(), "1", "", "a@example.com"]) for name in some}


def test_no_secret_is_ever_in_it_whatever_the_environment(
    api: APIClient, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(error_tracking, "begin", lambda *_, **__: None)
    started = 0
    for secrets, others in environments():
        try:
            fresh = read(**secrets, **others)
        except ImproperlyConfigured as refused:
            told = str(refused)
        else:
            told = json.dumps(configuration_of(fresh, api, settings, monkeypatch))
            started += 1
        found = [name for name, secret in secrets.items() if secret.casefold() in told.casefold()]
        assert not found, (others, told)
    assert started > 30


def configuration_of(fresh: Any, api: APIClient, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Any:
    """As it would be with these settings."""
    for name in dir(fresh):
        if name.startswith("FRONTEND_") or name in {"RELEASE", "CSRF_COOKIE_NAME", "API_PREFIX"}:
            setattr(settings, name, getattr(fresh, name))
    monkeypatch.setattr(features, "_switches", {})
    frontend_config.register()
    return api.get(URL).json()
