"""`/api/ws/health/`: open to everybody, as GET /api/v1/health/ is, and with exactly its body in `data`."""

import asyncio
from contextlib import suppress
from time import monotonic
from typing import Any

from apps.core.health.report import Report
from apps.websockets.feed import feed
from apps.websockets.socket import Socket

# Seconds after which a report is sent again although nothing has changed, so that silence means trouble.
REPEAT = 4.0


class HealthSocket(Socket):
    # None: it has to tell that Redis is down, so it must not need it.
    channel_layer_alias = "none"

    async def connect(self) -> None:
        await self.accept()
        self._pushing = asyncio.create_task(self._push())

    async def disconnect(self, code: int) -> None:
        self._pushing.cancel()

    async def _push(self) -> None:
        told, told_at = None, 0.0
        # A client that has just gone is no fault; `disconnect` follows.
        with suppress(OSError), feed.listen() as reports:
            while True:
                report = await reports.get()
                # A little early is better than one interval late.
                if states(report) == told and monotonic() - told_at < REPEAT - 0.1:
                    continue
                told, told_at = states(report), monotonic()
                await self.send_json({"type": "health", "data": report})


def states(report: Report) -> dict[str, Any]:
    """What of a report is worth telling at once: all but the latencies."""
    return {name: (check["status"], check.get("error")) for name, check in report["checks"].items()}
