"""The limits on guessing passwords, counted in the cache; their rates are in config/settings/api.py."""

import hashlib

from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from apps.users.models import normalize


class LoginAddressThrottle(SimpleRateThrottle):
    """One address that tries many accounts."""

    scope = "login-address"

    def get_cache_key(self, request: Request, view: APIView) -> str:
        return f"throttle:{self.scope}:{self.get_ident(request)}"


class LoginAccountThrottle(SimpleRateThrottle):
    """Many addresses that try one account."""

    scope = "login-account"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        email = request.data.get("email") if isinstance(request.data, dict) else None
        if not isinstance(email, str):
            return None
        # Hashed: what a client sends has no business in the name of a key.
        return f"throttle:{self.scope}:{hashlib.sha256(normalize(email).encode()).hexdigest()}"
