"""WebSockets: the two that config/sockets.py lists, the door they share, and `notify_user` to send through them."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_out


class WebsocketsConfig(AppConfig):
    name = "apps.websockets"

    def ready(self) -> None:
        from apps.core.frontend_config import features
        from apps.websockets import notify

        features.register("websockets", lambda: True)
        user_logged_out.connect(notify.on_logout)
