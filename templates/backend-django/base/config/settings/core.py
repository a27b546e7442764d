"""What Django consists of here: applications, middleware, templates, language and time."""

from pathlib import Path

import django_stubs_ext

from config.env import env

# What is generic for the type checker only, such as ModelAdmin[User], may be written so at run time too.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parents[2]

# Development and production run the same code; this flag and the variables beside it are the difference.
DEBUG = env.flag("DJANGO_DEBUG", default=False)

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

INSTALLED_APPS = [
    # This project's own come first: where two have a template or a command of one name, the first one wins.
    "apps.core",
    "apps.users",
    "apps.documents",
    # slot: apps
    # generate: apps go above this line
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tasks",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]

# Prometheus' numbers, on a port of their own (apps/core/metrics.py).
METRICS = env.choice("METRICS", ("0", "1"), default="0") == "1"

# OpenTelemetry's traces (apps/core/tracing.py). Its library reads its variables itself; one may hold a key.
TRACES = bool(env.text("OTEL_EXPORTER_OTLP_ENDPOINT", default=""))
env.secret("OTEL_EXPORTER_OTLP_HEADERS", strict=False, default="")

MIDDLEWARE = [
    *(["apps.core.metrics.MetricsMiddleware"] if METRICS else []),
    # Outermost: every response carries a request id and is logged, every API error has one shape, whichever of
    # the layers below made it, and none of them waits for ever.
    "apps.core.middleware.RequestLogMiddleware",
    "apps.core.middleware.ProblemMiddleware",
    "apps.core.middleware.DeadlineMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    # In development any port of localhost is one origin; production has Django's own class, untouched.
    "apps.core.csrf.CsrfMiddleware" if DEBUG else "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_TZ = True

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
