"""Sessions in the database that know whose they are, so that a user can list and end them.

Django's documented way: its own store, over a model with columns of ours. What these say is kept with the session's
data, so that it survives a new key.
"""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.http import HttpRequest
from django.utils import timezone

from apps.users.attempts import address_of

SIGN_IN = "sign_in"
# To note each request would be a write for each.
SEEN_EVERY = timedelta(minutes=5)


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls) -> Any:
        # Imported here: Django loads this module before the models.
        from apps.users.models import Session  # noqa: PLC0415

        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        session: Any = super().create_model_instance(data)
        session.last_seen_at = timezone.now()
        if SESSION_KEY in data:
            session.user_id = data[SESSION_KEY]
        for column, value in data.get(SIGN_IN, {}).items():
            setattr(session, column, value)
        return session

    def _get_session_from_db(self) -> Any:
        session = super()._get_session_from_db()  # type: ignore[misc]  # left out of the stubs
        now = timezone.now()
        if session is not None and session.last_seen_at < now - SEEN_EVERY:
            type(session).objects.filter(pk=session.pk).update(last_seen_at=now)
        return session


def on_login(request: HttpRequest, **_: Any) -> None:
    request.session[SIGN_IN] = {
        "public_id": str(uuid4()),
        "created_at": timezone.now().isoformat(),
        "address": address_of(request)[:45],
        "user_agent": request.headers.get("User-Agent", "")[:200],
    }
