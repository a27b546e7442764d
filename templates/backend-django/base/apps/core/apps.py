"""Core: what every API needs once: health, errors, request ids, logs and the frontend's configuration."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "apps.core"

    def ready(self) -> None:
        # Imported here: models and settings must be there first.
        from apps.core import checks, frontend_config
        from apps.core.health import probes

        checks.register()
        frontend_config.register()
        probes.register()
