"""The log: one line a request, a traceback where there is one, and no query string, for it may hold a token."""

import io
import logging
from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from pytest_django import Settings


def crash(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


urlpatterns = [path("crash/", crash)]


@pytest.fixture
def log(settings: Settings) -> Iterator[io.StringIO]:
    """What the handler for standard output really writes."""
    settings.ROOT_URLCONF = __name__
    (handler,) = [handler for handler in logging.getLogger().handlers if type(handler) is logging.StreamHandler]
    written = io.StringIO()
    before = handler.setStream(written)
    yield written
    handler.setStream(before)


@pytest.mark.parametrize(
    ("url", "host", "lines"),
    [
        ("/nowhere/?token=SECRET", "testserver", 1),
        ("/api/v1/nowhere/?token=SECRET", "testserver", 1),
        # The request, and the crash with its traceback.
        ("/crash/?token=SECRET", "testserver", 2),
        # The request, and which name was refused.
        ("/crash/?token=SECRET", "evil.example", 2),
    ],
)
def test_lines_of_a_request(log: io.StringIO, url: str, host: str, lines: int) -> None:
    Client(raise_request_exception=False).get(url, headers={"Host": host})
    assert len(log.getvalue().splitlines()) == lines
    assert "SECRET" not in log.getvalue()
    assert ("ZeroDivisionError" in log.getvalue()) is (url.startswith("/crash") and host == "testserver")
