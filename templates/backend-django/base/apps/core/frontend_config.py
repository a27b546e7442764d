"""The runtime configuration of the frontend: this dataclass is the allow-list of what the browser may know.

To add a value: a field here, its source in `current`, a typed read in config/settings/frontend.py.
Changing a value takes a restart of the backend and never a rebuild of the frontend.
"""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from apps.core.health import registry

# Raised when a field goes away or changes its meaning; a new field alone breaks nobody.
SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class Links:
    admin: str
    api_docs: str
    schema: str


@dataclass(frozen=True, slots=True)
class Features:
    api_docs: bool
    maintenance: bool
    worker: bool


@dataclass(frozen=True, slots=True)
class FrontendConfig:
    schema_version: int
    app_name: str
    environment: str
    api_base_url: str
    support_email: str | None
    links: Links
    features: Features


def current() -> FrontendConfig:
    return FrontendConfig(
        schema_version=SCHEMA_VERSION,
        app_name=settings.FRONTEND_APP_NAME,
        environment=settings.FRONTEND_ENVIRONMENT,
        api_base_url=settings.API_PREFIX,
        support_email=settings.FRONTEND_SUPPORT_EMAIL,
        links=Links(admin=reverse("admin:index"), api_docs=reverse("docs"), schema=reverse("schema")),
        features=Features(
            api_docs=settings.FRONTEND_FEATURE_API_DOCS,
            maintenance=settings.FRONTEND_FEATURE_MAINTENANCE,
            # True where the worker reports its health, which is where there is one.
            worker="worker" in registry,
        ),
    )
