"""The settings by the environment: production's values, and what is refused."""

import os
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core.exceptions import ImproperlyConfigured

from apps.core import error_tracking

pytestmark = pytest.mark.slow

SECRET = "0123456789abcdef" * 4

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "DJANGO_DEBUG": "0",
    "DJANGO_SECRET_KEY": SECRET,
    "DJANGO_ALLOWED_HOSTS": "example.com",
    "DJANGO_LOG_FILE": "none",
    "POSTGRES_PASSWORD": SECRET,
    "REDIS_PASSWORD": SECRET,
    "PYTHONDONTWRITEBYTECODE": "1",
}


def python(*arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    # Only what is named here, and where programs and packages are: nothing of the developer's .env.
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment = {**inherited, **PRODUCTION, **changes}
    return subprocess.run(  # noqa: S603  our own interpreter, our own arguments
        [sys.executable, *arguments], env=environment, capture_output=True, text=True, timeout=60, check=False
    )


# Of each module once: where no bytecode is written, compiling is most of what reading the settings again costs.
_code_of = cache(SourceFileLoader.get_code)


def read(**changes: str) -> Any:
    """The settings that a process with this environment would have. This one's own stay as they are."""
    environment = patch.dict(os.environ, {**PRODUCTION, **changes}, clear=True)
    compiled_once = patch.object(SourceFileLoader, "get_code", _code_of)
    with environment, compiled_once, patch.dict(sys.modules), patch("structlog.configure"):
        for name in [name for name in sys.modules if name.partition(".")[0] == "config"]:
            del sys.modules[name]
        return import_module("config.settings")


def test_production_passes_djangos_deployment_check() -> None:
    done = python("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("debug", ["0", "1"])
def test_every_missing_or_wrong_variable_is_named_in_one_error(debug: str) -> None:
    with pytest.raises(ImproperlyConfigured) as caught:
        read(
            DJANGO_DEBUG=debug,
            DJANGO_SECRET_KEY="",
            POSTGRES_PASSWORD="",
            REDIS_PASSWORD="",
            REDIS_PORT="high",
            FRONTEND_SUPPORT_EMAIL="not-an-address",
        )
    for name in (
        "DJANGO_SECRET_KEY is missing",
        "POSTGRES_PASSWORD is missing",
        "REDIS_PASSWORD is missing",
        "REDIS_PORT must be a whole number",
        "FRONTEND_SUPPORT_EMAIL must be an e-mail address",
    ):
        assert name in str(caught.value)


@pytest.mark.parametrize("name", ["DJANGO_SECRET_KEY", "POSTGRES_PASSWORD", "REDIS_PASSWORD"])
def test_production_refuses_a_secret_that_anybody_could_guess(name: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"{name} is a placeholder"):
        read(**{name: "changeme"})


def test_what_is_refused_keeps_a_process_from_starting() -> None:
    done = python("manage.py", "check", DJANGO_SECRET_KEY="changeme")
    assert done.returncode != 0
    assert "DJANGO_SECRET_KEY is a placeholder" in done.stderr


@pytest.mark.parametrize(
    ("name", "setting"),
    [
        ("DJANGO_SECRET_KEY", lambda settings: settings.SECRET_KEY),
        ("POSTGRES_PASSWORD", lambda settings: settings.DATABASES["default"]["PASSWORD"]),
        ("REDIS_PASSWORD", lambda settings: settings.REDIS_PASSWORD),
        ("EMAIL_HOST_PASSWORD", lambda settings: settings.EMAIL_HOST_PASSWORD),
        ("SENTRY_DSN", lambda settings: settings.SENTRY_DSN),
    ],
)
def test_every_secret_may_lie_in_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, setting: Callable[[Any], str]
) -> None:
    monkeypatch.setattr(error_tracking, "begin", lambda *_, **__: None)
    value = "fedcba9876543210" * 4
    (tmp_path / "secret").write_text(f"{value}\n")
    assert setting(read(**{name: "", f"{name}_FILE": str(tmp_path / "secret")})) == value


def test_production_sends_browsers_to_https_and_lets_the_probe_pass() -> None:
    script = (
        "import django; django.setup();"
        "from django.test import Client; c = Client(headers={'Host': 'example.com'});"
        "print(c.get('/api/v1/users/')['Location'], c.get('/api/v1/health/live/').status_code)"
    )
    done = python("-c", script)
    assert done.stdout.splitlines()[-1] == "https://example.com/api/v1/users/ 200", done.stderr


@pytest.mark.parametrize(("chosen", "expected"), [("", "json"), ("console", "console")])
def test_the_format_of_the_log_can_be_chosen(chosen: str, expected: str) -> None:
    settings = read(DJANGO_LOG_FORMAT=chosen)
    assert settings.LOGGING["handlers"]["stdout"]["formatter"] == expected
    assert settings.LOG_FILE == "none"


@pytest.mark.parametrize(("size", "expected"), [("", 10), ("3", 3)])
def test_the_pools_size_can_be_chosen(size: str, expected: int) -> None:
    assert read(POSTGRES_POOL_SIZE=size).DATABASES["default"]["OPTIONS"]["pool"]["max_size"] == expected


def test_no_pool_can_be_chosen() -> None:
    assert read(POSTGRES_POOL_SIZE="0").DATABASES["default"]["OPTIONS"]["pool"] is False


def test_each_project_has_cookies_of_its_own() -> None:
    settings = read(FRONTEND_APP_NAME="My Shop, 2")
    assert settings.SESSION_COOKIE_NAME == "my_shop_2_sessionid"
    assert settings.CSRF_COOKIE_NAME == "my_shop_2_csrftoken"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"DJANGO_DEBUG": "1"}, ("console", "", 587, True)),
        ({"COMPOSE_PROFILES": "with-other,with-mailpit", "DJANGO_DEBUG": "1"}, ("smtp", "mailpit", 1025, False)),
        ({"EMAIL_HOST": "smtp.example.com", "DJANGO_DEBUG": "1"}, ("smtp", "smtp.example.com", 587, True)),
        (
            {"EMAIL_HOST": "smtp.example.com", "EMAIL_PORT": "25", "EMAIL_USE_TLS": "0"},
            ("smtp", "smtp.example.com", 25, False),
        ),
        # Never the log, where whoever reads it could use the links.
        ({}, ("smtp", "", 587, True)),
    ],
)
def test_where_mail_goes(changes: dict[str, str], expected: tuple[str, str, int, bool]) -> None:
    settings = read(**changes)
    backend = settings.EMAIL_BACKEND.split(".")[-2]
    assert (backend, settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS) == expected


def test_signing_up_is_closed_unless_it_is_opened() -> None:
    assert read().SIGN_UP is False
    assert read(DJANGO_SIGN_UP="1").SIGN_UP is True
