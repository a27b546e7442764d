"""The events socket: for who is signed in, as long as he is; and sending to it."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
import redis
from asgiref.sync import sync_to_async
from channels.layers import ChannelLayerManager, channel_layers
from django.conf import settings
from django.db import OperationalError, transaction
from django.http import HttpRequest
from django.test import Client

from apps.users.models import Session, User
from apps.users.sessions import SessionStore
from apps.websockets import events, groups, notify
from apps.websockets.entrance import TRY_AGAIN_LATER
from apps.websockets.events import NOT_SIGNED_IN
from apps.websockets.notify import notify_user
from tests.conftest import PASSWORD
from tests.websockets.conftest import Open, Page

pytestmark = [pytest.mark.anyio, pytest.mark.services, pytest.mark.django_db(transaction=True)]

EVENTS = "/api/ws/events/"
CHANNELS_DB = settings.REDIS_FIRST_DB + 3


async def signed_in(page: Open, session: str, user: User) -> Page:
    """A socket that is sure to have joined: the first event has arrived."""
    visited = await page(EVENTS, session=session)
    async with asyncio.timeout(5):
        while await visited.hears_nothing(0.05):
            await sync_to_async(notify_user)(user.pk, "hello", {})
    assert await visited.receive() == {"type": "event", "kind": "hello", "data": {}}
    while not await visited.hears_nothing(0.1):
        await visited.receive()
    return visited


@pytest.mark.parametrize("session", [None, "made-up"])
async def test_an_anonymous_visitor_is_told_to_sign_in(page: Open, session: str | None) -> None:
    visited = await page(EVENTS, session=session)
    assert visited.accepted
    assert await visited.closed() == NOT_SIGNED_IN


async def test_a_user_gets_his_events_and_nobody_elses(page: Open, session: str, user: User, staff: User) -> None:
    visited = await signed_in(page, session, user)
    await sync_to_async(notify_user)(staff.pk, "secret", {})
    moment = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    await sync_to_async(notify_user)(user.pk, "report.ready", {"id": 7, "at": moment})
    data = {"id": 7, "at": "2026-01-02T03:04:05Z"}
    assert await visited.receive() == {"type": "event", "kind": "report.ready", "data": data}


async def test_a_message_waits_for_the_commit(page: Open, session: str, user: User) -> None:
    visited = await signed_in(page, session, user)

    def change(fail: bool) -> None:
        with transaction.atomic():
            notify_user(user.pk, "saved", {"failed": fail})
            if fail:
                transaction.set_rollback(True)

    await sync_to_async(change)(fail=True)
    await sync_to_async(change)(fail=False)
    assert (await visited.receive())["data"] == {"failed": False}


async def test_signing_out_closes_what_this_session_opened(
    page: Open, browser: Client, session: str, user: User
) -> None:
    elsewhere = await sync_to_async(another_session)(user)
    here, there = await signed_in(page, session, user), await signed_in(page, elsewhere, user)
    await sync_to_async(browser.logout)()
    assert await here.closed() == NOT_SIGNED_IN
    await sync_to_async(notify_user)(user.pk, "still here", {})
    while (message := await there.receive())["kind"] != "still here":
        assert message["kind"] == "hello"


def another_session(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def delete_session(user: User) -> None:
    Session.objects.all().delete()


def block(user: User) -> None:
    User.objects.update(is_active=False)


def change_password(user: User) -> None:
    user.set_password(PASSWORD + "!")
    user.save()


@pytest.mark.parametrize("end", [delete_session, block, change_password])
async def test_a_session_that_ends_silently_is_noticed(
    page: Open, session: str, user: User, monkeypatch: pytest.MonkeyPatch, end: Any
) -> None:
    monkeypatch.setattr(events, "RECHECK", 0.1)
    visited = await signed_in(page, session, user)
    assert await visited.hears_nothing(0.3)
    await sync_to_async(end)(user)
    assert await visited.closed() == NOT_SIGNED_IN


async def test_redis_that_drops_the_connection_is_found_again(page: Open, session: str, user: User) -> None:
    visited = await signed_in(page, session, user)
    await sync_to_async(drop_connections)()
    await sync_to_async(notify_user)(user.pk, "after", {})
    while (await visited.receive())["kind"] != "after":
        continue


async def test_a_redis_that_forgot_is_told_again(
    page: Open, session: str, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "RECHECK", 0.05)
    visited = await signed_in(page, session, user)
    await sync_to_async(forget)()
    await asyncio.sleep(0.2)
    await sync_to_async(notify_user)(user.pk, "after", {})
    while (await visited.receive())["kind"] != "after":
        continue


async def test_a_database_that_is_away_when_the_session_is_looked_at_again(
    page: Open, session: str, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(key: str) -> None:
        raise OperationalError

    monkeypatch.setattr(events, "RECHECK", 0.05)
    visited = await signed_in(page, session, user)
    monkeypatch.setattr(events, "user_of", fail)
    assert await visited.closed() == TRY_AGAIN_LATER


def drop_connections() -> None:
    """As a restart does, but only for the database of these tests."""
    with channels_database() as admin:
        mine = admin.client_id()
        for client in admin.client_list():
            if int(client["db"]) == CHANNELS_DB and int(client["id"]) != mine:
                admin.client_kill_filter(_id=client["id"])


def forget() -> None:
    with channels_database() as admin:
        admin.flushdb()


def channels_database() -> redis.Redis:
    return redis.Redis(settings.REDIS_HOST, settings.REDIS_PORT, CHANNELS_DB, settings.REDIS_PASSWORD)


@pytest.fixture
def redis_is_away(closed_port: tuple[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    move_redis(closed_port, monkeypatch)


def move_redis(address: tuple[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    (config,) = channel_layers.configs["default"]["CONFIG"]["hosts"]
    moved = {**config, "host": address[0], "port": address[1]}
    layer = {"BACKEND": "channels_redis.core.RedisChannelLayer", "CONFIG": {"hosts": [moved]}}
    monkeypatch.setattr(channel_layers, "backends", {})
    monkeypatch.setattr(ChannelLayerManager, "configs", {"default": layer})


async def test_without_redis_the_client_is_asked_to_come_back(page: Open, session: str, redis_is_away: None) -> None:
    visited = await page(EVENTS, session=session)
    assert visited.accepted
    assert await visited.closed() == TRY_AGAIN_LATER


def test_without_redis_neither_a_message_nor_signing_out_fails(
    browser: Client, user: User, redis_is_away: None
) -> None:
    notify_user(user.pk, "lost", {})
    browser.logout()


def test_redis_that_hangs_holds_a_message_up_for_a_moment_only(
    user: User, frozen_server: tuple[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    move_redis(frozen_server, monkeypatch)
    monkeypatch.setattr(notify, "PATIENCE", 0.2)
    notify_user(user.pk, "lost", {})


def test_whoever_signs_out_without_a_session_has_nothing_to_close(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[object] = []
    monkeypatch.setattr(notify, "_send", lambda *message: sent.append(message))
    request = HttpRequest()
    request.session = SessionStore()
    notify.on_logout(request)
    assert sent == []


def test_the_key_of_a_session_is_not_in_the_name_of_its_group() -> None:
    assert "abcdef" not in groups.of_session("abcdef" * 5)
