"""Signing up, confirming an address, and passwords: changed, or reset by mail.

Whoever asks for a mail gets the same answer whether the address is known or not, after the same time: what depends on
it happens afterwards.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate
from django.db import connection
from drf_spectacular.utils import extend_schema, extend_schema_view, inline_serializer
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from apps.core.afterwards import afterwards
from apps.core.openapi import problems
from apps.users import services
from apps.users.authentication import SignInSession, user_of
from apps.users.forms import (
    EmailSerializer,
    PasswordChangeSerializer,
    PasswordResetSerializer,
    SignUpSerializer,
    VerifyEmailSerializer,
)
from apps.users.mails import Asker
from apps.users.throttles import AttemptThrottle


def asks_for_mail(operation_id: str, form: type[Serializer[Any]]) -> Callable[..., Any]:
    responses: dict[Any, Any] = {202: inline_serializer("Accepted", {}), **problems(400, 403, 429)}
    return extend_schema(operation_id=operation_id, auth=[], request=form, responses=responses)


class OpenAccountView(APIView):
    """For whoever is not signed in. CSRF is checked all the same."""

    authentication_classes = (SignInSession,)
    permission_classes = (AllowAny,)
    throttle_classes = (AttemptThrottle,)


class MailView(OpenAccountView):
    form: type[Serializer[Any]] = EmailSerializer
    service: Callable[..., None]

    def post(self, request: Request) -> Response:
        form = self.form(data=request.data)
        form.is_valid(raise_exception=True)
        # Rather 503 now than a mail that never comes.
        connection.ensure_connection()
        afterwards(type(self).service, Asker.of(request), **form.validated_data)
        return Response({}, status=HTTPStatus.ACCEPTED)


class SignUpView(MailView):
    """A new account, good once its address is confirmed by the link in the mail. 403 where nobody may sign up."""

    form = SignUpSerializer
    service = services.sign_up
    attempt = "sign-up"

    @asks_for_mail("auth_sign_up", SignUpSerializer)
    def post(self, request: Request) -> Response:
        if not settings.SIGN_UP:
            raise PermissionDenied("Nobody can sign up here.")
        return super().post(request)


@extend_schema_view(post=asks_for_mail("auth_verify_email_resend", EmailSerializer))
class ResendVerificationView(MailView):
    """Another mail with a link, if there is an account that waits for it."""

    service = services.resend_verification
    attempt = "resend"


@extend_schema_view(post=asks_for_mail("auth_password_reset", EmailSerializer))
class PasswordResetView(MailView):
    """A mail with a link to set a new password, if there is such an account."""

    service = services.request_password_reset
    attempt = "reset"


class VerifyEmailView(OpenAccountView):
    """Confirms the address by the token of the link in the mail."""

    attempt = "verify"

    @extend_schema(
        operation_id="auth_verify_email",
        auth=[],
        request=VerifyEmailSerializer,
        responses={204: None, **problems(400, 403, 429)},
    )
    def post(self, request: Request) -> Response:
        form = VerifyEmailSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        services.verify_email(form.validated_data["token"])
        return Response(status=HTTPStatus.NO_CONTENT)


class PasswordResetConfirmView(OpenAccountView):
    """Sets a new password by the token of the link in the mail. All sessions end."""

    attempt = "reset-confirm"

    @extend_schema(
        operation_id="auth_password_reset_confirm",
        auth=[],
        request=PasswordResetSerializer,
        responses={204: None, **problems(400, 403, 429)},
    )
    def post(self, request: Request) -> Response:
        form = PasswordResetSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        services.reset_password(form.validated_data["token"], form.validated_data["newPassword"])
        return Response(status=HTTPStatus.NO_CONTENT)


class PasswordChangeView(APIView):
    """Sets a new password for who knows the current one. His other sessions end."""

    throttle_classes = (AttemptThrottle,)
    attempt = "password-change"

    @extend_schema(
        operation_id="auth_password_change",
        request=PasswordChangeSerializer,
        responses={204: None, **problems(400, 401, 403, 429)},
    )
    def post(self, request: Request) -> Response:
        form = PasswordChangeSerializer(data=request.data, context={"request": request})
        form.is_valid(raise_exception=True)
        current, new = (form.validated_data[name] for name in ("currentPassword", "newPassword"))
        user = user_of(request)
        if authenticate(request._request, email=user.email, password=current) != user:
            raise ValidationError({"currentPassword": ["This is not your current password."]})
        services.change_password(request._request, user, new)
        return Response(status=HTTPStatus.NO_CONTENT)
