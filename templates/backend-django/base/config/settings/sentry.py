"""Errors to Sentry, or to what speaks its language: SENTRY_DSN is all it takes."""

from apps.core import error_tracking
from config.env import env
from config.settings.frontend import FRONTEND_ENVIRONMENT, RELEASE

SENTRY_DSN = env.secret("SENTRY_DSN", strict=False, default="")

error_tracking.begin(
    SENTRY_DSN,
    environment=FRONTEND_ENVIRONMENT,
    release=RELEASE or None,
    traces_sample_rate=env.integer("SENTRY_TRACES_PERCENT", default=0) / 100,
)
