"""Mail: written to the log in development, handed to an SMTP server where one is named."""

from config.env import env
from config.settings.core import DEBUG
from config.settings.frontend import FRONTEND_APP_NAME

# The Compose profile that starts Mailpit, which shows all mail and sends none, also makes it the server.
_MAILPIT = "with-mailpit" in env.items("COMPOSE_PROFILES")

EMAIL_HOST = env.text("EMAIL_HOST", default="mailpit" if _MAILPIT else "")
_CAUGHT = EMAIL_HOST == "mailpit"

# Production without a server fails each mail and logs it: the links in them have no business in a log.
EMAIL_BACKEND = f"django.core.mail.backends.{'console' if DEBUG and not EMAIL_HOST else 'smtp'}.EmailBackend"
EMAIL_PORT = env.integer("EMAIL_PORT", default=1025 if _CAUGHT else 587, minimum=1)
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=not _CAUGHT)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.secret("EMAIL_HOST_PASSWORD", strict=False, default="")
# Seconds. No request waits for a mail, but those behind it do.
EMAIL_TIMEOUT = 10

DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", default=f"{FRONTEND_APP_NAME} <noreply@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
