"""The log holds no secret: not under a name that says so, not by value under any other, not in a traceback."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from django.conf import settings
from django.test import Client

from apps.core.reports import MASK
from apps.users.models import User
from tests.conftest import PASSWORD

logger = structlog.get_logger("redaction")

NAMES = ["password", "newPassword", "DJANGO_SECRET_KEY", "SENTRY_DSN", "access_token", "api_key", "apiKey"]
NAMES += ["Authorization", "Cookie", "csrfToken", "session_key", "sessionid", "credentials"]


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the handler for standard output really writes."""
    (handler,) = [handler for handler in logging.getLogger().handlers if type(handler) is logging.StreamHandler]
    written = io.StringIO()
    before = handler.setStream(written)
    yield written
    handler.setStream(before)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_called_like_a_secret_is_masked(log: io.StringIO, name: str) -> None:
    logger.info("something", **{name: "hush", "data": {name: "hush", "kept": 1}})
    line = json.loads(log.getvalue())
    assert line[name] == line["data"][name] == MASK
    assert line["data"]["kept"] == 1


@pytest.mark.parametrize("name", ["SECRET_KEY", "REDIS_PASSWORD", "database"])
def test_a_secret_of_this_project_is_masked_wherever_it_is(log: io.StringIO, name: str) -> None:
    value = settings.DATABASES["default"]["PASSWORD"] if name == "database" else getattr(settings, name)
    thing = type("Thing", (), {"__repr__": lambda _: value})()
    logger.info("at redis://:%s@redis", value, url=[f"//{value}@db"], thing=thing)
    error = RuntimeError(value)
    logging.getLogger("other").error("said %s", value, exc_info=error)
    assert len(log.getvalue().splitlines()) == 2
    assert "RuntimeError" in log.getvalue()
    assert value not in log.getvalue()
    assert log.getvalue().count(MASK) >= 5


def test_a_request_is_one_line_with_its_route_and_whose_it_was(log: io.StringIO, user: User, client: Client) -> None:
    client.force_login(user)
    client.get("/api/v1/users/me/")
    client.get("/api/v1/config/frontend/")
    client.get("/nowhere/")
    mine, open_to_all, nowhere = map(json.loads, log.getvalue().splitlines())
    assert (mine["route"], mine["user_id"], mine["status"]) == ("users-me", user.pk, 200)
    # A view that asks for nobody says nobody, and none is looked up for the line.
    assert (open_to_all["route"], open_to_all["user_id"]) == ("frontend-config", None)
    assert (nowhere["route"], nowhere["status"]) == (None, 404)


def test_who_signs_in_is_in_the_line_of_that_request(log: io.StringIO, user: User, client: Client) -> None:
    body = {"email": user.email, "password": PASSWORD}
    client.post("/api/v1/auth/login/", body, content_type="application/json")
    line = json.loads(log.getvalue().splitlines()[-1])
    assert (line["user_id"], line["status"]) == (user.pk, 200)
    assert PASSWORD not in log.getvalue()
