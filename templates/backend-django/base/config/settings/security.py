"""Secrets, hosts, cookies and transport. Production is the default; DJANGO_DEBUG=1 loosens what localhost needs."""

import re

from config.env import env
from config.settings.api import API_PREFIX
from config.settings.core import DEBUG
from config.settings.frontend import FRONTEND_APP_NAME

SECRET_KEY = env.secret("DJANGO_SECRET_KEY", strict=not DEBUG)

# The names by which the containers reach each other are always allowed: the health probe asks for localhost.
# In development a missing list means this machine only; production must name its hosts.
ALLOWED_HOSTS = [
    *env.items("DJANGO_ALLOWED_HOSTS", default=[".localhost"] if DEBUG else ()),
    "localhost",
    "127.0.0.1",
    "[::1]",
    "backend",
]
CSRF_TRUSTED_ORIGINS = env.items("DJANGO_CSRF_TRUSTED_ORIGINS")

# nginx overwrites this header on every request, so it says how the browser came, not what a client claims.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Cookies know no ports: two projects on one machine would sign each other's users out.
_PREFIX = re.sub(r"[^a-z0-9]+", "_", FRONTEND_APP_NAME.lower()).strip("_")
SESSION_COOKIE_NAME = f"{_PREFIX}_sessionid"
# The frontend learns it from its runtime configuration.
CSRF_COOKIE_NAME = f"{_PREFIX}_csrftoken"
SESSION_COOKIE_SECURE = not DEBUG
CSRF_COOKIE_SECURE = not DEBUG
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

SECURE_SSL_REDIRECT = not DEBUG
# The container's own probe speaks plain HTTP on the inside.
SECURE_REDIRECT_EXEMPT = [rf"^{API_PREFIX.strip('/')}/health/"]
# One hour: long enough to be in force, short enough to undo a mistake. Raise it once HTTPS has proved itself.
SECURE_HSTS_SECONDS = 0 if DEBUG else env.integer("DJANGO_HSTS_SECONDS", default=3600, minimum=1)
SECURE_HSTS_INCLUDE_SUBDOMAINS = not DEBUG
# Browsers that have a domain built in keep it so for months: an owner's own decision, never a default.
SECURE_HSTS_PRELOAD = env.flag("DJANGO_HSTS_PRELOAD", default=False)
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # which asks for it
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# The page that a crash shows in development holds no value of a secret, wherever it stands.
DEFAULT_EXCEPTION_REPORTER = "apps.core.reports.SecretlessReporter"
