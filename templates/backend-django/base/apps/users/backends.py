"""Signing in with e-mail address and password."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from apps.core.database import release_connection
from apps.users.models import User, normalize


class PasswordBackend(ModelBackend):
    """Django's, but for one thing: while the password is hashed, which is slow on purpose, no connection is held.

    Otherwise as many attempts as the pool has connections would keep all other requests from the database.
    """

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **credentials: Any
    ) -> User | None:
        email = username if username is not None else credentials.get(User.USERNAME_FIELD)
        if email is None or password is None:
            return None
        user = User.objects.filter(email=normalize(email)).first()
        release_connection()
        if user is None:
            # As long as for a user who exists: how long it takes must not tell.
            User().set_password(password)
            return None
        return user if user.check_password(password) and self.user_can_authenticate(user) else None
