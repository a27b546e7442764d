"""Logs: one format for structlog and the standard library, to standard output and to a rotating file."""

import os

import structlog
from structlog.typing import Processor

from apps.core.redaction import redact
from apps.core.reports import without_secrets
from config.env import env
from config.settings.core import BASE_DIR, DEBUG

LOG_LEVEL = env.choice("DJANGO_LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"), default="INFO")
LOG_FORMAT = env.choice("DJANGO_LOG_FORMAT", ("console", "json"), default="console" if DEBUG else "json")
# In logs/; `none` writes no file, for a read-only container whose standard output is collected.
LOG_FILE = env.text("DJANGO_LOG_FILE", default="backend.log")

# Not writable (a folder that Docker made as root) must not keep the application from starting:
# a check in apps/core/checks.py says so, and standard output has it all.
LOG_TO_FILE = LOG_FILE != "none" and os.access(BASE_DIR / "logs", os.W_OK)

SHARED_PROCESSORS: list[Processor] = [
    # The request id, bound by apps/core/middleware.py, reaches every line of that request from here.
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]

_PLAIN: list[Processor] = [
    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
    structlog.processors.format_exc_info,
    redact,
]
_JSON: list[Processor] = [
    *_PLAIN,
    # What JSON has no word for becomes text here, which is looked through as well.
    structlog.processors.JSONRenderer(default=lambda value: without_secrets(repr(value))),
]
_CONSOLE: list[Processor] = [
    *_PLAIN,
    structlog.dev.ConsoleRenderer(
        colors=False, exception_formatter=structlog.dev.plain_traceback, sort_keys=False, pad_event_to=0
    ),
]


def _formatter(processors: list[Processor]) -> dict[str, object]:
    return {
        "()": "structlog.stdlib.ProcessorFormatter",
        "foreign_pre_chain": [*SHARED_PROCESSORS, structlog.stdlib.ExtraAdder()],
        "processors": processors,
    }


_HANDLERS = ["stdout", "file"] if LOG_TO_FILE else ["stdout"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"console": _formatter(_CONSOLE), "json": _formatter(_JSON)},
    "filters": {"worth_a_line": {"()": "apps.core.log_filter.WorthALine"}},
    "handlers": {
        "stdout": {
            "class": "logging.StreamHandler",
            "stream": "ext://sys.stdout",
            "formatter": LOG_FORMAT,
            "filters": ["worth_a_line"],
        },
        **(
            {
                "file": {
                    "class": "apps.core.log_file.SharedRotatingFileHandler",
                    "filename": str(BASE_DIR / "logs" / LOG_FILE),
                    "maxBytes": 5_000_000,
                    "backupCount": 3,
                    "formatter": "json",
                    "filters": ["worth_a_line"],
                }
            }
            if LOG_TO_FILE
            else {}
        ),
    },
    "root": {"handlers": _HANDLERS, "level": LOG_LEVEL},
    "loggers": {
        # Django attaches its own handlers to these; one stream with one format is enough.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        # RequestLogMiddleware writes one line for each request; the development server's would be a second.
        "django.server": {"handlers": [], "level": "ERROR", "propagate": True},
        # The pool warns at every attempt while the database is away; the health endpoint says it better.
        "psycopg.pool": {"level": "ERROR"},
    },
}

structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,
        *SHARED_PROCESSORS,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=True,
)
