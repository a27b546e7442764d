"""Guessing passwords is made slow, and nobody can lock another one out: counts of attempts, kept in the cache.

Each count is raised before the password is looked at, in one step, so that many attempts at once get no further than
many in a row. Counted are an account together with the address that tries it, and, more generously, the address.
"""

import hashlib
from dataclasses import dataclass
from typing import Any, cast

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from apps.users.models import User, normalize


@dataclass(frozen=True, slots=True)
class Attempt:
    email: str
    address: str
    # What else could guess, or flood a mailbox, is limited in the same way and counted apart.
    action: str = "login"

    def is_allowed(self) -> bool:
        """Counts this attempt. The address is asked first: who is over its limit cannot raise any other count."""
        return (
            count(self._of_address, settings.LOGIN_PERIOD) <= settings.LOGIN_ATTEMPTS_OF_ADDRESS
            and count(self._of_account, settings.LOGIN_PERIOD) <= settings.LOGIN_ATTEMPTS_OF_ACCOUNT
        )

    def succeeded(self) -> None:
        """Whoever knows the password was not guessing."""
        cache.delete(self._of_account)

    @property
    def _of_address(self) -> str:
        return f"{self.action}:{digest(self.address)}"

    @property
    def _of_account(self) -> str:
        return f"{self.action}:{digest(self.address)}:{digest(normalize(self.email))}"


def address_of(request: HttpRequest | Request) -> str:
    """As REST framework has it: what the proxy saw, not what the client claims."""
    return BaseThrottle().get_ident(cast("Request", request)) or ""


def on_login(request: HttpRequest, user: User, **_: Any) -> None:
    Attempt(user.email, address_of(request)).succeeded()


def count(key: str, seconds: int) -> int:
    """One more, counted from the first within the period; the store does it in one step."""
    while True:
        cache.add(key, 0, seconds)
        try:
            current = cache.incr(key)
        except ValueError:
            # It ended between the two: a new period begins.
            continue
        if current == 1:
            # It may have ended right before: without an end of its own, a count would stay for ever.
            cache.touch(key, seconds)
        return current


def digest(text: str) -> str:
    # What a client sends has no business in the name of a key.
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:32]
