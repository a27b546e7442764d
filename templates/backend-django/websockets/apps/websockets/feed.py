"""The health report as a stream: measured once for all who listen, and not at all while nobody does."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from apps.core.health.report import Report, reporter

# Seconds from one measurement to the next.
INTERVAL = 2.0


class Feed:
    def __init__(self, measure: Callable[[], Report]) -> None:
        self._measure = measure
        # A thread of its own: it does not wait behind others when the database hangs.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="health-feed")
        self._listeners: set[asyncio.Queue[Report]] = set()
        self._wanted = asyncio.Event()

    @contextmanager
    def listen(self) -> Iterator[asyncio.Queue[Report]]:
        """Every measurement from now on, the first at once. One that is not fetched in time gives way to the next."""
        listener = asyncio.Queue[Report](maxsize=1)
        self._listeners.add(listener)
        if len(self._listeners) == 1:
            # An event of its own, since the loop may be another one than last time; and the first to come measures.
            self._wanted = asyncio.Event()
            self._measuring = asyncio.create_task(self._run(self._wanted))
        self._wanted.set()
        try:
            yield listener
        finally:
            self._listeners.remove(listener)
            self._rest()

    def _rest(self) -> None:
        if not self._listeners:
            self._measuring.cancel()

    async def _run(self, wanted: asyncio.Event) -> None:
        loop = asyncio.get_running_loop()
        while True:
            wanted.clear()
            report = await loop.run_in_executor(self._thread, self._measure)
            for listener in self._listeners:
                if listener.full():
                    listener.get_nowait()
                listener.put_nowait(report)
            try:
                await asyncio.wait_for(wanted.wait(), INTERVAL)
            except TimeoutError:
                continue


feed = Feed(reporter.current)
