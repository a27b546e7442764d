"""The health socket: the report of the health endpoint, at once, on every change, and often enough."""

import asyncio
from unittest.mock import ANY

import pytest
from asgiref.sync import sync_to_async
from channels.layers import channel_layers
from rest_framework.test import APIClient

from apps.core.health.checks import Registry, Unhealthy
from apps.core.health.report import Reporter
from apps.websockets import feed as feeds
from apps.websockets import health
from apps.websockets.feed import Feed
from apps.websockets.socket import MAX_MESSAGE, TOO_BIG
from tests.websockets.conftest import Open

pytestmark = [pytest.mark.anyio, pytest.mark.services]

HEALTH = "/api/ws/health/"


class Store:
    """A dependency that the test turns on and off, and that counts how often it was asked."""

    def __init__(self) -> None:
        self.error: str | None = None
        self.asked = 0

    def probe(self) -> None:
        self.asked += 1
        if self.error is not None:
            raise Unhealthy(self.error)


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Store:
    store, registry = Store(), Registry()
    registry.register("store", store.probe)
    monkeypatch.setattr(feeds, "INTERVAL", 0.05)
    monkeypatch.setattr("apps.core.health.report.SHARED", 0)
    monkeypatch.setattr(health, "feed", Feed(Reporter(registry).current))
    return store


async def test_the_first_report_is_the_body_of_the_health_endpoint(page: Open) -> None:
    message = await (await page(HEALTH)).receive()
    body = (await sync_to_async(APIClient().get)("/api/v1/health/")).json()
    for report in (message["data"], body):
        for check in report["checks"].values():
            assert check.pop("latencyMs") >= 0
    assert message == {"type": "health", "data": body}


async def test_neither_session_nor_channel_layer_is_needed(page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channel_layers, "backends", {})
    await (await page(HEALTH, session="would-need-the-database")).receive()
    assert channel_layers.backends == {}


async def test_a_change_is_told_to_all_at_once(page: Open, store: Store) -> None:
    pages = [await page(HEALTH) for _ in range(3)]
    assert [(await each.receive())["data"]["status"] for each in pages] == ["healthy"] * 3
    store.error = "gone"
    for each in pages:
        assert (await each.receive(1))["data"] == {
            "status": "unhealthy",
            "checks": {"store": {"status": "unhealthy", "latencyMs": ANY, "error": "gone"}},
        }


async def test_an_unchanged_report_is_repeated_but_not_each_time(
    page: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    visited = await page(HEALTH)
    await visited.receive()
    assert await visited.hears_nothing(0.3)
    monkeypatch.setattr(health, "REPEAT", 0.2)
    assert (await visited.receive(1))["data"]["status"] == "healthy"


async def test_many_pages_cost_what_one_costs(page: Open, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "INTERVAL", 60)
    for _ in range(20):
        await page(HEALTH)
    await asyncio.sleep(0.2)
    # One for each that comes, since it is told at once; those that come together share one.
    assert store.asked <= 20
    settled = store.asked
    await asyncio.sleep(0.2)
    assert store.asked == settled


async def test_nobody_listens_and_nothing_is_measured(page: Open, store: Store) -> None:
    visited = await page(HEALTH)
    await visited.receive()
    await visited.leave()
    await asyncio.sleep(0.1)
    settled = store.asked
    await asyncio.sleep(0.2)
    assert store.asked == settled


async def test_whoever_fetches_late_gets_the_newest(store: Store) -> None:
    feed = Feed(Reporter(registry_of(store)).current)
    with feed.listen() as reports:
        await asyncio.sleep(0.2)
        store.error = "gone"
        await asyncio.sleep(0.2)
        assert reports.get_nowait()["status"] == "unhealthy"


def registry_of(store: Store) -> Registry:
    registry = Registry()
    registry.register("store", store.probe)
    return registry


async def test_what_a_client_sends_is_ignored_up_to_a_size(page: Open, store: Store) -> None:
    visited = await page(HEALTH)
    await visited.receive()
    await visited.send("not even JSON")
    await visited.send(b"x" * MAX_MESSAGE)
    assert await visited.hears_nothing(0.1)
    await visited.send("x" * (MAX_MESSAGE + 1))
    assert await visited.closed() == TOO_BIG
