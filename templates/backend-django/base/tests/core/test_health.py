"""The health endpoints: true, in time, and without the database of the request."""

import threading
from time import perf_counter, sleep
from typing import Any

import pytest
from django.conf import settings
from rest_framework.test import APIClient

from apps.core import health, probes, views
from apps.core.health import DEADLINE, MAX_THREADS, Registry, Unhealthy

URL = "/api/v1/health/"

# No test here has the `db` mark: pytest-django refuses any use of the request's own connection.


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> Registry:
    """The two built-in checks and nothing that another application added."""
    fresh = Registry()
    monkeypatch.setattr(views, "registry", fresh)
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
    api.cookies["sessionid"] = "would-need-the-database"
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
    monkeypatch: pytest.MonkeyPatch, frozen_server: tuple[str, int], dependency: str, probe: health.Probe
) -> None:
    point_at(monkeypatch, dependency, frozen_server)
    started = perf_counter()
    with pytest.raises(Unhealthy, match="timeout after 2 s"):
        probe()
    assert perf_counter() - started < 3


def test_threads_behind_a_probe_that_never_ends_are_bounded() -> None:
    registry, release = Registry(), threading.Event()

    def wait() -> None:
        release.wait(10)

    registry.register("stuck", wait)
    registry.register("well", lambda: None)
    for _ in range(MAX_THREADS + 4):
        results = registry.run(deadline=0.02)
        assert results["stuck"].error == "timeout after 0.02 s"
        assert results["well"].healthy
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
