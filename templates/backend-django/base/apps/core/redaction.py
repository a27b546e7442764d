"""No secret in the log: neither what is called like one, nor the project's own by any name."""

import re
from typing import Any

from structlog.typing import EventDict, WrappedLogger

from apps.core.reports import MASK, without_secrets

SECRET_NAMES = re.compile(
    r"password|passphrase|secret|token|authorization|cookie|csrf|session_?(id|key)|api_?key|credential|dsn",
    re.IGNORECASE,
)


def redact(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """The last processor before a line is written, after tracebacks have become text."""
    return {name: _masked(name, value) for name, value in event.items()}


def _masked(name: str, value: Any) -> Any:
    if SECRET_NAMES.search(name):
        return MASK
    if isinstance(value, str):
        return without_secrets(value)
    if isinstance(value, dict):
        return {key: _masked(str(key), each) for key, each in value.items()}
    if isinstance(value, list | tuple | set):
        return [_masked("", each) for each in value]
    return value
