"""The health endpoints: true, in time, and without the database of the request."""

import threading
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter, sleep
from typing import Any
from unittest.mock import ANY

import pytest
from django.conf import settings
from rest_framework.test import APIClient

from apps.core import request_id, views
from apps.core.health import probes
from apps.core.health.checks import DEADLINE, MAX_THREADS, Probe, Registry, Unhealthy
from apps.core.health.report import SHARED, Reporter

pytestmark = pytest.mark.services

URL = "/api/v1/health/"

# No test here has the `db` mark: pytest-django refuses any use of the request's own connection.


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> Registry:
    """The two built-in checks and nothing that another application added."""
    fresh = Registry()
    monkeypatch.setattr(views, "reporter", Reporter(fresh))
    fresh.register("database", probes.probe_database)
    fresh.register("cache", probes.probe_cache)
    return fresh


def point_at(patch: pytest.MonkeyPatch, dependency: str, address: tuple[str, int]) -> None:
    host, port = address
    if dependency == "database":
        patch.setitem(settings.DATABASES["default"], "HOST", host)
        patch.setitem(settings.DATABASES["default"], "PORT", port)
    else:
        patch.setattr(settings, "REDIS_HOST", host)
        patch.setattr(settings, "REDIS_PORT", port)


def checks(api: APIClient, status: int) -> dict[str, Any]:
    response = api.get(URL)
    assert response.status_code == status
    assert response.json()["status"] == ("healthy" if status == 200 else "unhealthy")
    assert response["Cache-Control"] == "no-store"
    found: dict[str, Any] = response.json()["checks"]
    return found


def test_live_answers_without_any_dependency(
    api: APIClient, monkeypatch: pytest.MonkeyPatch, closed_port: tuple[str, int]
) -> None:
    point_at(monkeypatch, "database", closed_port)
    point_at(monkeypatch, "cache", closed_port)
    response = api.get("/api/v1/health/live/")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_all_well_is_200_with_a_latency_each(api: APIClient, registry: Registry) -> None:
    found = checks(api, 200)
    assert set(found) == {"database", "cache"}
    for check in found.values():
        assert check["status"] == "healthy"
        assert 0 < check["latencyMs"] < DEADLINE * 1000
        assert "error" not in check


def test_a_session_cookie_is_not_even_looked_at(api: APIClient, registry: Registry) -> None:
    api.cookies[settings.SESSION_COOKIE_NAME] = "would-need-the-database"
    checks(api, 200)


@pytest.mark.parametrize("dependency", ["database", "cache"])
def test_one_that_is_down_is_503_and_the_other_still_reported(
    api: APIClient,
    registry: Registry,
    monkeypatch: pytest.MonkeyPatch,
    closed_port: tuple[str, int],
    dependency: str,
) -> None:
    point_at(monkeypatch, dependency, closed_port)
    found = checks(api, 503)
    (other,) = set(found) - {dependency}
    assert found[dependency]["status"] == "unhealthy"
    # Neither an address nor a user name: the driver's message has both.
    assert found[dependency]["error"] == "unreachable"
    assert found[other]["status"] == "healthy"


def test_the_database_is_asked_with_the_options_that_requests_have(
    api: APIClient, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(settings.DATABASES["default"]["OPTIONS"], "options", "-c no_such_setting=1")
    assert checks(api, 503)["database"]["error"] == "unreachable"


def test_both_frozen_take_one_deadline_and_leave_no_stale_error(
    api: APIClient, registry: Registry, monkeypatch: pytest.MonkeyPatch, frozen_server: tuple[str, int]
) -> None:
    with monkeypatch.context() as frozen:
        point_at(frozen, "database", frozen_server)
        point_at(frozen, "cache", frozen_server)
        started = perf_counter()
        found = checks(api, 503)
        assert perf_counter() - started < 2.5
        assert {check["error"] for check in found.values()} == {"timeout after 2 s"}
    # The very next answer is true, although the probes before it may still wait for theirs.
    assert {check["status"] for check in checks(api, 200).values()} == {"healthy"}


@pytest.mark.parametrize(("dependency", "probe"), [("database", probes.probe_database), ("cache", probes.probe_cache)])
def test_a_probe_ends_by_itself(
    monkeypatch: pytest.MonkeyPatch, frozen_server: tuple[str, int], dependency: str, probe: Probe
) -> None:
    point_at(monkeypatch, dependency, frozen_server)
    started = perf_counter()
    with pytest.raises(Unhealthy, match="timeout after 2 s"):
        probe()
    assert perf_counter() - started < 3


def test_what_is_away_beside_the_requests_degrades_the_service_and_no_more(api: APIClient, registry: Registry) -> None:
    def away() -> None:
        raise Unhealthy("gone home")

    registry.register("helper", away, required=False)
    response = api.get(URL)
    assert (response.status_code, response.json()["status"]) == (200, "degraded")
    assert response.json()["checks"]["helper"] == {"status": "unhealthy", "latencyMs": ANY, "error": "gone home"}


def test_a_hundred_callers_at_once_get_one_run_and_all_of_them_an_answer() -> None:
    registry, runs = Registry(), list[int]()

    def slow() -> None:
        runs.append(1)
        sleep(0.2)

    registry.register("slow", slow)
    reporter = Reporter(registry)
    with ThreadPoolExecutor(100) as callers:
        reports = [caller.result() for caller in [callers.submit(reporter.current) for _ in range(100)]]
    assert [report["status"] for report in reports] == ["healthy"] * 100
    assert len(runs) == 1


def test_a_good_answer_is_shared_for_a_moment_and_a_bad_one_never() -> None:
    registry, runs, state = Registry(), list[int](), {"well": False}

    def probe() -> None:
        runs.append(1)
        if not state["well"]:
            raise Unhealthy("down")

    registry.register("store", probe)
    reporter = Reporter(registry)
    assert [reporter.current()["status"] for _ in range(2)] == ["unhealthy", "unhealthy"]
    assert len(runs) == 2
    state["well"] = True
    assert [reporter.current()["status"] for _ in range(3)] == ["healthy"] * 3
    assert len(runs) == 3
    state["well"] = False
    sleep(SHARED + 0.05)
    assert reporter.current()["status"] == "unhealthy"


def test_a_run_that_breaks_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    registry = Registry()
    reporter = Reporter(registry)
    with monkeypatch.context() as broken:
        broken.setattr(registry, "run", lambda: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            reporter.current()
    assert reporter.current()["status"] == "healthy"


def test_the_lines_of_a_probe_carry_the_id_of_the_request() -> None:
    registry, seen = Registry(), list[str | None]()
    registry.register("curious", lambda: seen.append(request_id.current()))
    request_id.bind("who-asked")
    registry.run()
    assert seen == ["who-asked"]


def test_threads_behind_a_probe_that_never_ends_are_bounded() -> None:
    registry, release = Registry(), threading.Event()

    def wait() -> None:
        release.wait(10)

    registry.register("stuck", wait)
    for _ in range(MAX_THREADS + 4):
        assert registry.run(deadline=0.02)["stuck"].error == "timeout after 0.02 s"
    registry.register("well", lambda: None)
    assert [result.healthy for result in registry.run(deadline=0.5).values()] == [False, True]
    waiting = [thread for thread in threading.enumerate() if thread.name.startswith("health-stuck")]
    assert len(waiting) == MAX_THREADS
    release.set()
    assert registry.run(deadline=2)["stuck"].healthy


def test_probes_run_side_by_side() -> None:
    registry = Registry()
    for name in ("one", "two", "three"):
        registry.register(name, lambda: sleep(0.2))
    started = perf_counter()
    assert all(result.healthy for result in registry.run().values())
    assert perf_counter() - started < 0.5


def test_a_probe_that_knows_why_is_quoted() -> None:
    registry = Registry()

    def probe() -> None:
        raise Unhealthy("no disk left")

    registry.register("disk", probe)
    assert "disk" in registry
    assert registry.run()["disk"].error == "no disk left"
