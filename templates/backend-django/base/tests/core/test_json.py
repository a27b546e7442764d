"""JSON in and out: nothing that a client sends is a crash, nothing that it accepts is an empty answer."""

import pytest
from rest_framework.test import APIClient

LOGIN = "/api/v1/auth/login/"


@pytest.mark.parametrize(
    "body",
    [
        '{"email": "\\ud800@b.co", "password": "x"}',
        '{"\\udfff": 1}',
        "[" * 2_000 + "]" * 2_000,
        '{"a":' * 2_000 + "1" + "}" * 2_000,
        '{"email": ' + "[" * 2_000 + "]" * 2_000 + ', "password": "x"}',
        "[" * 100_000 + "]" * 100_000,
        '{"email": "a\\u0000@b.co", "password": "x"}',
        '{"email": "a@b.co", "password": "\\u0000"}',
        "{",
        "",
        "null",
    ],
    ids=[
        *("surrogate", "surrogate in a name", "deep", "deep objects", "deep in a field", "bottomless"),
        *("null character", "null in a password", "cut", "empty", "null"),
    ],
)
def test_what_breaks_programs_is_refused(api: APIClient, body: str) -> None:
    response = api.post(LOGIN, body, content_type="application/json")
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"


def test_a_pair_of_halves_is_a_character(api: APIClient) -> None:
    response = api.post(LOGIN, '{"email": "\\ud83d\\ude00"}', content_type="application/json")
    assert set(response.json()["errors"]) == {"email", "password"}


def test_a_body_that_is_too_large_is_413(api: APIClient) -> None:
    response = api.post(LOGIN, '{"email": "' + "x" * 3_000_000 + '"}', content_type="application/json")
    assert response.status_code == 413
    assert response.json()["status"] == 413


@pytest.mark.parametrize("accepted", ["text/html", "application/problem+json", "image/png", "*/*"])
def test_whatever_is_accepted_the_answer_is_json(api: APIClient, accepted: str) -> None:
    response = api.get("/api/v1/health/live/", headers={"Accept": accepted})
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
