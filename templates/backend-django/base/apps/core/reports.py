"""Error reports that hold no secret: Django's page for a crash in development shows settings and every variable."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.views.debug import ExceptionReporter

MASK = "********"


class SecretlessReporter(ExceptionReporter):
    """Django hides what is called like a secret. The same value in a variable of another name is hidden here."""

    def get_traceback_html(self) -> SafeString:
        return mark_safe(without_secrets(super().get_traceback_html()))  # noqa: S308  escaped by Django, only masked here

    def get_traceback_text(self) -> SafeString:
        return mark_safe(without_secrets(super().get_traceback_text()))  # noqa: S308


def without_secrets(text: str) -> str:
    for secret in secrets():
        text = text.replace(secret, MASK)
    return text


def secrets() -> Iterator[str]:
    values: tuple[Any, ...] = (
        settings.SECRET_KEY,
        settings.REDIS_PASSWORD,
        settings.EMAIL_HOST_PASSWORD,
        *(database["PASSWORD"] for database in settings.DATABASES.values()),
    )
    # A very short one is no secret, and would blacken half the page.
    return (value for value in values if len(value) >= 8)
