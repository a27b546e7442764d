"""The limit on guessing passwords, where the API asks for it."""

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from apps.users.attempts import Attempt, address_of


class LoginThrottle(BaseThrottle):
    def allow_request(self, request: Request, view: APIView) -> bool:
        email = request.data.get("email") if isinstance(request.data, dict) else None
        # What is no address belongs to no account; it counts for who sends it.
        return Attempt(email if isinstance(email, str) else "", address_of(request)).is_allowed()

    def wait(self) -> float:
        period: int = settings.LOGIN_PERIOD
        return period
