"""The id of the request at hand: taken from the proxy if it is well formed, made here otherwise."""

import re
from uuid import uuid4

import structlog

HEADER = "X-Request-ID"

# Letters, digits and dashes only: the id is written to logs and headers, where a client must not inject lines.
_WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}")


def choose(offered: str | None) -> str:
    if offered and _WELL_FORMED.fullmatch(offered):
        return offered
    return uuid4().hex


def bind(request_id: str) -> None:
    """Every log line of this thread carries the id from here on, and `current` returns it."""
    structlog.contextvars.bind_contextvars(request_id=request_id)


def current() -> str | None:
    return structlog.contextvars.get_contextvars().get("request_id")
