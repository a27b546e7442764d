"""CSRF: localhost is one place in development, and nothing is loosened in production."""

import pytest
from pytest_django import Settings
from rest_framework.test import APIClient

from apps.core.csrf import is_loopback

LOGIN = "/api/v1/auth/login/"


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        ("http://localhost:5173", True),
        ("http://127.0.0.1", True),
        ("http://[::1]:8080", True),
        ("http://app.localhost:3000", True),
        ("https://example.com", False),
        ("http://localhost.example.com", False),
        ("http://notlocalhost", False),
        ("http://[broken", False),
        ("null", False),
    ],
)
def test_what_counts_as_this_machine(origin: str, expected: bool) -> None:
    assert is_loopback(origin) is expected


def attempt(origin: str, host: str) -> int:
    client = APIClient(enforce_csrf_checks=True)
    token = client.get("/api/v1/auth/csrf/", headers={"Host": host}).json()["csrfToken"]
    headers = {"X-CSRFToken": token, "Origin": origin, "Host": host}
    return client.post(LOGIN, {"email": "nobody@example.com", "password": "x"}, headers=headers).status_code


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("debug", "origin", "host", "status"),
    [
        # Behind the proxy on any port: host and origin agree, because nginx passes the host on with its port.
        (False, "http://localhost:8080", "localhost:8080", 401),
        # A development server on another port than the backend's own name.
        (True, "http://localhost:5173", "backend:8000", 401),
        (False, "http://localhost:5173", "backend:8000", 403),
        (True, "https://evil.example", "localhost", 403),
        (False, "https://evil.example", "localhost", 403),
    ],
)
def test_an_origin(settings: Settings, debug: bool, origin: str, host: str, status: int) -> None:
    settings.DEBUG = debug
    assert attempt(origin, host) == status


def test_signing_in_without_a_token_is_refused() -> None:
    client = APIClient(enforce_csrf_checks=True)
    response = client.post(LOGIN, {"email": "a@example.com", "password": "x"})
    assert response.status_code == 403
    assert "CSRF" in response.json()["detail"]
