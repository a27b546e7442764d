"""The runtime configuration of the frontend: this dataclass is the allow-list of what the browser may know.

A switch takes no code: FRONTEND_FEATURE_… in the environment. To add a value: a field here, its source in `current`, a
typed read in config/settings/frontend.py.
An optional part says that it is there by a switch of its own: `features.register` in its `AppConfig.ready`.
Changing a value takes a restart of the backend and never a rebuild of the frontend.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.urls import reverse

# Raised when a field goes away or changes its meaning; a new field alone breaks nobody.
SCHEMA_VERSION = 1

type Switch = Callable[[], bool]


class Features:
    """What is switched on, by the name that the browser sees. Only true or false gets out."""

    def __init__(self) -> None:
        self._switches: dict[str, Switch] = {}

    def register(self, name: str, switch: Switch) -> None:
        """`switch` is asked for each answer; a part that other checks know calls itself as it does there."""
        self._switches[name] = switch

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(sorted(self._switches))

    def current(self) -> Mapping[str, bool]:
        return {name: self._switches[name]() for name in self.names}


features = Features()


@dataclass(frozen=True, slots=True)
class Links:
    admin: str
    api_docs: str
    schema: str


@dataclass(frozen=True, slots=True)
class FrontendConfig:
    schema_version: int
    app_name: str
    environment: str
    release: str | None
    api_base_url: str
    csrf_cookie_name: str
    support_email: str | None
    links: Links
    features: Mapping[str, bool]


def register() -> None:
    features.register("apiDocs", lambda: settings.FRONTEND_FEATURE_API_DOCS)
    features.register("maintenance", lambda: settings.FRONTEND_FEATURE_MAINTENANCE)
    for name in settings.FRONTEND_FEATURES:
        features.register(camel_case(name), partial(_is_on, name))


def _is_on(name: str) -> bool:
    return bool(settings.FRONTEND_FEATURES[name])


def camel_case(name: str) -> str:
    first, *rest = name.lower().split("_")
    return first + "".join(word.capitalize() for word in rest)


def current() -> FrontendConfig:
    return FrontendConfig(
        schema_version=SCHEMA_VERSION,
        app_name=settings.FRONTEND_APP_NAME,
        environment=settings.FRONTEND_ENVIRONMENT,
        release=settings.RELEASE or None,
        api_base_url=settings.API_PREFIX,
        csrf_cookie_name=settings.CSRF_COOKIE_NAME,
        support_email=settings.FRONTEND_SUPPORT_EMAIL,
        links=Links(admin=reverse("admin:index"), api_docs=reverse("docs"), schema=reverse("schema")),
        features=features.current(),
    )
