"""Errors to Sentry: one variable away, none of it loaded without that, and nothing private in what is sent."""

import gzip
import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest

from apps.core import error_tracking
from tests.test_settings import SECRET, python

CRASH = """
import django; django.setup()
import sentry_sdk, sys
from django.conf import settings
from django.test import Client
from django.urls import path
def crash(request):
    local = settings.SECRET_KEY
    raise LookupError("the reason")
urlpatterns = [path("crash/", crash)]
settings.ROOT_URLCONF = "__main__"
Client(raise_request_exception=False, headers={"Host": "example.com"}).post(
    "/crash/?reset=of-the-query", {"passphrase": "of-the-body"}, headers={"Cookie": "a=of-the-cookie"}, secure=True)
sentry_sdk.flush(5)
"""


@pytest.fixture
def sentry() -> Iterator[tuple[str, list[Any]]]:
    """A server that takes what a Sentry takes."""
    received: list[Any] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            text = gzip.decompress(body) if self.headers.get("Content-Encoding") == "gzip" else body
            received.extend(json.loads(line) for line in text.splitlines())
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
    yield f"http://key@127.0.0.1:{server.server_port}/1", received
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("dsn", ["", "https://key@sentry.example/1"])
def test_an_address_is_what_begins_it(monkeypatch: pytest.MonkeyPatch, dsn: str) -> None:
    begun: list[Any] = []
    monkeypatch.setattr("sentry_sdk.init", lambda *args, **options: begun.append((args, options["send_default_pii"])))
    error_tracking.begin(dsn, environment="test")
    assert begun == ([((dsn,), False)] if dsn else [])


def test_the_query_is_left_out() -> None:
    assert error_tracking.without_query({"request": {"query_string": "token=1", "method": "GET"}}, {}) == {
        "request": {"method": "GET"}
    }
    assert error_tracking.without_query({}, {}) == {}


@pytest.mark.slow
def test_without_the_variable_nothing_of_it_is_loaded() -> None:
    done = python("-c", "import django; django.setup(); import sys; print('sentry_sdk' in sys.modules)")
    assert done.stdout.strip() == "False", done.stderr


@pytest.mark.slow
def test_a_crash_is_sent_and_nothing_private_with_it(sentry: tuple[str, list[Any]]) -> None:
    dsn, received = sentry
    done = python("-c", CRASH, SENTRY_DSN=dsn, FRONTEND_ENVIRONMENT="staging", SENTRY_RELEASE="1.2.3")
    assert done.returncode == 0, done.stderr
    (event,) = [part for part in received if "exception" in part]
    assert event["exception"]["values"][-1]["value"] == "the reason"
    assert (event["environment"], event["release"]) == ("staging", "1.2.3")
    sent = json.dumps(received)
    for private in (SECRET, "of-the-query", "of-the-body", "of-the-cookie"):
        assert private not in sent
