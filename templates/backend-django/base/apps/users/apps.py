"""Users: who they are, how they sign in, and what the API shows of them."""

from django.apps import AppConfig
from django.conf import settings
from django.contrib.auth.signals import user_logged_in


class UsersConfig(AppConfig):
    name = "apps.users"

    def ready(self) -> None:
        from apps.core.frontend_config import features
        from apps.users import attempts, openapi, sessions  # noqa: F401  drf-spectacular finds what is imported

        user_logged_in.connect(attempts.on_login)
        user_logged_in.connect(sessions.on_login)
        features.register("signUp", lambda: settings.SIGN_UP)
