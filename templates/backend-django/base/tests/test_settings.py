"""The settings as a process of its own reads them: production's values, and what is refused."""

import os
import subprocess
import sys

import pytest

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


def test_production_passes_djangos_deployment_check() -> None:
    done = python("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("debug", ["0", "1"])
def test_every_missing_or_wrong_variable_is_named_in_one_error(debug: str) -> None:
    done = python(
        "manage.py",
        "check",
        DJANGO_DEBUG=debug,
        DJANGO_SECRET_KEY="",
        POSTGRES_PASSWORD="",
        REDIS_PASSWORD="",
        REDIS_PORT="high",
        FRONTEND_SUPPORT_EMAIL="not-an-address",
    )
    assert done.returncode != 0
    for name in (
        "DJANGO_SECRET_KEY is missing",
        "POSTGRES_PASSWORD is missing",
        "REDIS_PASSWORD is missing",
        "REDIS_PORT must be a whole number",
        "FRONTEND_SUPPORT_EMAIL must be an e-mail address",
    ):
        assert name in done.stderr


@pytest.mark.parametrize("name", ["DJANGO_SECRET_KEY", "POSTGRES_PASSWORD", "REDIS_PASSWORD"])
def test_production_refuses_a_secret_that_anybody_could_guess(name: str) -> None:
    done = python("manage.py", "check", **{name: "changeme"})
    assert done.returncode != 0
    assert f"{name} is a placeholder" in done.stderr


def test_production_sends_browsers_to_https_and_lets_the_probe_pass() -> None:
    script = (
        "import django; django.setup();"
        "from django.test import Client; c = Client(headers={'Host': 'example.com'});"
        "print(c.get('/api/v1/users/')['Location'], c.get('/api/v1/health/live/').status_code)"
    )
    done = python("-c", script)
    assert done.stdout.splitlines()[-1] == "https://example.com/api/v1/users/ 200", done.stderr


def test_console_and_file_can_be_chosen() -> None:
    script = (
        "import django; django.setup(); from django.conf import settings;"
        "print(settings.LOGGING['handlers']['stdout']['formatter'], settings.LOG_FILE)"
    )
    assert python("-c", script).stdout.strip() == "json none"
    assert python("-c", script, DJANGO_LOG_FORMAT="console").stdout.strip() == "console none"


@pytest.mark.parametrize(("size", "expected"), [("", "10"), ("3", "3"), ("0", "False")])
def test_the_pools_size_and_no_pool_can_be_chosen(size: str, expected: str) -> None:
    script = (
        "import django; django.setup(); from django.conf import settings;"
        "pool = settings.DATABASES['default']['OPTIONS']['pool']; print(pool and pool['max_size'])"
    )
    assert python("-c", script, POSTGRES_POOL_SIZE=size).stdout.strip() == expected


def test_each_project_has_cookies_of_its_own() -> None:
    script = (
        "import django; django.setup(); from django.conf import settings;"
        "print(settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)"
    )
    names = python("-c", script, FRONTEND_APP_NAME="My Shop, 2").stdout.strip()
    assert names == "my_shop_2_sessionid my_shop_2_csrftoken"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"DJANGO_DEBUG": "1"}, "console 587 True"),
        ({"COMPOSE_PROFILES": "with-other,with-mailpit", "DJANGO_DEBUG": "1"}, "smtp mailpit 1025 False"),
        ({"EMAIL_HOST": "smtp.example.com", "DJANGO_DEBUG": "1"}, "smtp smtp.example.com 587 True"),
        (
            {"EMAIL_HOST": "smtp.example.com", "EMAIL_PORT": "25", "EMAIL_USE_TLS": "0"},
            "smtp smtp.example.com 25 False",
        ),
        # Never the log, where whoever reads it could use the links.
        ({}, "smtp 587 True"),
    ],
)
def test_where_mail_goes(changes: dict[str, str], expected: str) -> None:
    script = (
        "import django; django.setup(); from django.conf import settings as s;"
        "print(s.EMAIL_BACKEND.split('.')[-2], s.EMAIL_HOST, s.EMAIL_PORT, s.EMAIL_USE_TLS)"
    )
    assert " ".join(python("-c", script, **changes).stdout.split()) == expected


def test_signing_up_is_closed_unless_it_is_opened() -> None:
    script = "import django; django.setup(); from django.conf import settings; print(settings.SIGN_UP)"
    assert python("-c", script).stdout.strip() == "False"
    assert python("-c", script, DJANGO_SIGN_UP="1").stdout.strip() == "True"
