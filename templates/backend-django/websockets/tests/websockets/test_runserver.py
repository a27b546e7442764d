"""The development server: one process for HTTP and WebSockets, with static files while DEBUG is on."""

from typing import Any

import pytest
from channels.routing import ProtocolTypeRouter
from django.contrib.staticfiles.handlers import ASGIStaticFilesHandler
from django.core.management import call_command
from pytest_django import Settings

from config.asgi import application


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("debug", "flags", "kind"),
    [
        (True, ["--skip-checks"], ASGIStaticFilesHandler),
        (True, ["--nostatic"], ProtocolTypeRouter),
        (False, ["--insecure"], ASGIStaticFilesHandler),
        (False, [], ProtocolTypeRouter),
    ],
)
def test_it_serves(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, debug: bool, flags: list[str], kind: type
) -> None:
    settings.DEBUG = debug
    settings.ALLOWED_HOSTS = ["testserver"]
    served: dict[str, Any] = {}
    monkeypatch.setattr("uvicorn.run", lambda app, **options: served.update(app=app, **options))
    call_command("runserver", "0.0.0.0:8123", "--noreload", *flags, skip_checks="--skip-checks" in flags)
    assert isinstance(served["app"], kind)
    assert (served["host"], served["port"]) == ("0.0.0.0", 8123)  # noqa: S104  nobody listens


def test_the_asgi_application_is_the_one_that_the_settings_name(settings: Settings) -> None:
    assert settings.ASGI_APPLICATION == "config.asgi.application"
    assert isinstance(application, ProtocolTypeRouter)
    assert set(application.application_mapping) == {"http", "websocket"}
