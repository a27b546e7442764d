"""The limit on guessing and flooding, where the API asks for it."""

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from apps.users.attempts import Attempt, address_of
from apps.users.models import User


class AttemptThrottle(BaseThrottle):
    """For a view that names its `attempt`: what is tried there."""

    def allow_request(self, request: Request, view: APIView) -> bool:
        return Attempt(_email_in(request), address_of(request), view.attempt).is_allowed()  # type: ignore[attr-defined]

    def wait(self) -> float:
        period: int = settings.LOGIN_PERIOD
        return period


def _email_in(request: Request) -> str:
    email = request.data.get("email") if isinstance(request.data, dict) else None
    if isinstance(email, str):
        return email
    # What names no account is about one's own, or belongs to none and counts for who sends it.
    return request.user.email if isinstance(request.user, User) else ""
