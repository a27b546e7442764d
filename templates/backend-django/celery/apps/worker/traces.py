"""The worker's traces: each of its processes has its own, since threads and connections do not survive a fork.

The first process has none: it would tell of nothing but its waiting for messages.
"""

from typing import Any

from celery import signals

from apps.core import tracing


def connect() -> None:
    signals.worker_process_init.connect(begin)


def begin(**_: Any) -> None:
    provider = tracing.begin()
    # A process of the pool ends without Python's `atexit`.
    signals.worker_process_shutdown.connect(lambda **_: provider.shutdown(), weak=False)
