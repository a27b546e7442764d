"""System checks of this project: what would only show later, or never, said at start."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks


def register() -> None:
    checks.register(check_log_file)


def check_log_file(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[checks.CheckMessage]:
    if settings.LOG_TO_FILE or settings.LOG_FILE == "none":
        return []
    return [
        checks.Warning(
            "logs/ is not writable, so logs go to standard output only.",
            hint="Give the folder to APP_UID:APP_GID of .env, or set DJANGO_LOG_FILE=none.",
            id="core.W001",
        )
    ]
