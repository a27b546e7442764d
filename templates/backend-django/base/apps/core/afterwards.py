"""Work that an answer neither waits for nor depends on, done in threads of this process once it is on its way.

For what is short and may be lost with the process. What must be done for certain is a task (config/settings/tasks.py).
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial

import structlog

from apps.core.database import release_connection

logger = structlog.get_logger(__name__)

# Two: what waits here is a slow mail server and passwords that are hashed, and neither may take all processors.
_threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="afterwards")


def afterwards[**P](work: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> None:
    """The log has its lines under the id of the request."""
    _threads.submit(copy_context().run, _logged, partial(work, *args, **kwargs))


def _logged(work: partial[object]) -> None:
    try:
        work()
    except Exception:
        # Nobody waits for the outcome: what is not logged here is seen nowhere.
        logger.exception("failed afterwards", work=work.func.__qualname__)
    finally:
        release_connection()
