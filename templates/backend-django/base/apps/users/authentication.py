"""Session authentication for the browser that shares this origin."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

from apps.core.csrf import ApiCsrfCheck
from apps.users.models import User


def user_of(request: Request) -> User:
    """Where permissions let only users in: for the type checker, which cannot know that it is one."""
    return cast("User", request.user)


class BrowserSession(SessionAuthentication):
    """Django's session, answering 401 to an anonymous request and checking CSRF by the project's rule."""

    def authenticate_header(self, request: Request) -> str:
        # Without this header REST framework turns "not signed in" into 403, which means something else.
        return "Session"

    def enforce_csrf(self, request: Request) -> None:
        check = ApiCsrfCheck(_never_called)
        check.process_request(request)
        reason = check.process_view(request, _never_called, (), {})
        if reason:
            raise PermissionDenied(f"CSRF check failed: {reason}")


class SignInSession(BrowserSession):
    """For signing in: CSRF is checked although nobody is signed in yet.

    Otherwise another site could sign a visitor into an account of its own and watch what he does there.
    """

    def authenticate(self, request: Request) -> tuple[User, None] | None:
        signed_in: tuple[User, None] | None = super().authenticate(request)
        if signed_in is None and request.method == "POST":
            self.enforce_csrf(request)
        return signed_in


def _never_called(request: HttpRequest) -> HttpResponse:
    """What comes after the check, which a middleware insists on being told."""
    raise NotImplementedError
