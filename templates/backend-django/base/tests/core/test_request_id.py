"""The request id: taken if well formed, made otherwise, echoed, and in every line of the log."""

import json
import logging
import re
import sys

import pytest
from rest_framework.test import APIClient

from apps.core import request_id

URL = "/api/v1/config/frontend/"


def test_the_proxys_id_is_echoed(api: APIClient) -> None:
    given = "0123456789abcdef0123456789abcdef"
    assert api.get(URL, headers={"X-Request-ID": given})["X-Request-ID"] == given


@pytest.mark.parametrize("bad", ["short", "x" * 65, "with blanks in it", "line\nbreak-line", "<script>alert"])
def test_a_malformed_one_is_replaced(bad: str) -> None:
    chosen = request_id.choose(bad)
    assert chosen != bad
    assert re.fullmatch(r"[0-9a-f]{32}", chosen)


def test_without_one_each_request_gets_its_own(api: APIClient) -> None:
    assert api.get(URL)["X-Request-ID"] != api.get(URL)["X-Request-ID"]


def test_the_line_of_a_request_carries_it(api: APIClient, capsys: pytest.CaptureFixture[str]) -> None:
    handler = logging.getLogger().handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    # The handler was made before this test's capture of standard output began.
    stream = handler.setStream(sys.stdout)
    api.get(URL, headers={"X-Request-ID": "from-the-proxy"})
    handler.setStream(stream)
    line = json.loads(capsys.readouterr().out.strip().splitlines()[-1])
    assert (line["event"], line["request_id"], line["level"]) == ("request", "from-the-proxy", "info")
    assert (line["method"], line["path"], line["status"]) == ("GET", URL, 200)
    assert line["ms"] >= 0


def test_a_probe_that_succeeds_is_not_worth_a_line(api: APIClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="request")
    api.get("/api/v1/health/live/")
    assert caplog.records == []


def test_an_id_ends_with_its_request(api: APIClient) -> None:
    api.get(URL, headers={"X-Request-ID": "first-request"})
    assert api.get(URL)["X-Request-ID"] != "first-request"
