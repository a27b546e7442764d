"""`/api/ws/events/`: what concerns the user who is signed in, for as long as he is."""

import asyncio
from contextlib import suppress
from typing import Any

from asgiref.sync import sync_to_async
from django.contrib.auth.base_user import AbstractBaseUser
from redis.exceptions import RedisError

from apps.core.problems import dependency_errors
from apps.websockets import groups
from apps.websockets.entrance import TRY_AGAIN_LATER
from apps.websockets.handshake import request_of, session_key, user_of
from apps.websockets.socket import Socket

# A close code of our own, as HTTP's 401: sign in, then come back.
NOT_SIGNED_IN = 4401

# Seconds after which session and groups are looked at again: a session may expire, or end where no signal tells.
RECHECK = 60.0


class EventsSocket(Socket):
    async def connect(self) -> None:
        # Accepted first: the code of a socket that was never open does not reach the page.
        await self.accept()
        self._rechecking: asyncio.Task[None] | None = None
        self._joined: list[str] = []
        key = session_key(request_of(self.scope))
        if key is None:
            await self.close(NOT_SIGNED_IN)
            return
        # Before the session is looked at: an end that comes in between is not missed.
        await self._join(groups.of_session(key))
        user = await _user_of(key)
        if user is None:
            await self.close(NOT_SIGNED_IN)
            return
        await self._join(groups.of_user(user.pk))
        self._rechecking = asyncio.create_task(self._recheck(key))

    async def disconnect(self, code: int) -> None:
        if self._rechecking is not None:
            self._rechecking.cancel()
        # Where Redis is away there is nothing to leave: it forgets members by itself.
        with suppress(RedisError, OSError):
            for group in self._joined:
                await self.channel_layer.group_discard(group, self.channel_name)

    async def event_message(self, message: dict[str, Any]) -> None:
        await self.send(text_data=message["text"])

    async def session_ended(self, message: dict[str, Any]) -> None:
        await self.close(NOT_SIGNED_IN)

    async def _join(self, group: str) -> None:
        await self.channel_layer.group_add(group, self.channel_name)
        self._joined.append(group)

    async def _recheck(self, key: str) -> None:
        while True:
            await asyncio.sleep(RECHECK)
            try:
                if await _user_of(key) is None:
                    await self.close(NOT_SIGNED_IN)
                    return
                # Redis forgets a member after a day, or with its memory.
                for group in self._joined:
                    await self.channel_layer.group_add(group, self.channel_name)
            except dependency_errors():
                await self.close(TRY_AGAIN_LATER)
                return


async def _user_of(key: str) -> AbstractBaseUser | None:
    # Any thread: in the one that all sockets share by default, a database that hangs would hang them all.
    return await sync_to_async(user_of, thread_sensitive=False)(key)
