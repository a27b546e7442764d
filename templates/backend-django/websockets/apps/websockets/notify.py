"""Sending to sockets from views and tasks: `notify_user(request.user.pk, "report.ready", {"id": 7})`."""

import asyncio
import json
from collections.abc import Mapping
from functools import partial
from typing import Any

import structlog
from asgiref.sync import async_to_sync
from channels import DEFAULT_CHANNEL_LAYER
from channels.layers import channel_layers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.http import HttpRequest
from redis.exceptions import RedisError

from apps.websockets import groups

# A Redis that hangs must not hang the request that wants to tell something.
PATIENCE = 2.0

logger = structlog.get_logger(__name__)


def notify_user(user_id: int, kind: str, data: Mapping[str, Any]) -> None:
    """Tell all pages that a user has open; `{"type": "event", "kind": …, "data": …}` arrives there.

    Once the transaction at hand is committed: what the message speaks of is then to be seen. A page that is not
    connected at that moment misses it, and Redis being away fails nothing: the database is the truth, this is a hint.
    """
    text = json.dumps({"type": "event", "kind": kind, "data": data}, cls=DjangoJSONEncoder)
    transaction.on_commit(partial(_send, groups.of_user(user_id), {"type": "event.message", "text": text}))


def on_logout(request: HttpRequest, **_: Any) -> None:
    """Close what this session opened; other sessions of the same user go on."""
    if request.session.session_key is not None:
        _send(groups.of_session(request.session.session_key), {"type": "session.ended"})


def _send(group: str, message: dict[str, Any]) -> None:
    try:
        async_to_sync(_send_in_time)(group, message)
    except (RedisError, TimeoutError, OSError) as error:
        logger.warning("message not sent", message=message["type"], error=repr(error))


async def _send_in_time(group: str, message: dict[str, Any]) -> None:
    async with asyncio.timeout(PATIENCE):
        await channel_layers[DEFAULT_CHANNEL_LAYER].group_send(group, message)
