"""Signing in and out by session, and the sessions of who is signed in."""

from http import HTTPStatus
from uuid import UUID

from django.contrib.auth import authenticate, login, logout
from django.middleware.csrf import get_token
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import AuthenticationFailed, NotFound, PermissionDenied
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.core.afterwards import afterwards
from apps.core.openapi import problems
from apps.users import services
from apps.users.authentication import SignInSession, user_of
from apps.users.forms import CsrfSerializer, LoginSerializer, SessionSerializer, SignedInSerializer
from apps.users.mails import Asker
from apps.users.models import Session, User
from apps.users.serializers import UserSerializer
from apps.users.sessions import SIGN_IN
from apps.users.throttles import AttemptThrottle

NO_STORE = {"Cache-Control": "no-store"}


class EmailNotVerified(PermissionDenied):
    default_detail = "This e-mail address is not confirmed yet. We have just sent you a new link to do so."
    problem_code = "email_not_verified"


class CsrfView(APIView):
    """Sets the CSRF cookie and returns its token: a browser sends it back as X-CSRFToken when it writes."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(operation_id="auth_csrf", responses=CsrfSerializer)
    def get(self, request: Request) -> Response:
        return Response({"csrfToken": get_token(request._request)}, headers=NO_STORE)


class SignedInView(APIView):
    """Who is signed in. Nobody is an answer too, not an error; it also sets the CSRF cookie."""

    permission_classes = (AllowAny,)

    @extend_schema(operation_id="auth_session", responses=SignedInSerializer)
    def get(self, request: Request) -> Response:
        get_token(request._request)
        user = request.user if isinstance(request.user, User) else None
        expires = request.session.get_expiry_date() if user else None
        return Response(SignedInSerializer({"user": user, "expiresAt": expires}).data, headers=NO_STORE)


class LoginView(APIView):
    authentication_classes = (SignInSession,)
    permission_classes = (AllowAny,)
    throttle_classes = (AttemptThrottle,)
    attempt = "login"

    @extend_schema(
        operation_id="auth_login",
        auth=[],
        request=LoginSerializer,
        responses={200: UserSerializer, **problems(400, 401, 403, 429)},
    )
    def post(self, request: Request) -> Response:
        form = LoginSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        user = authenticate(request._request, **form.validated_data)
        if not isinstance(user, User):
            # The same words for an unknown address, a wrong password and a blocked account.
            raise AuthenticationFailed("The e-mail address or the password is wrong.")
        if not user.email_verified:
            # Only whoever knows the password learns this.
            afterwards(services.resend_verification, Asker.of(request), user.email)
            raise EmailNotVerified
        # Also gives the session a new key and the CSRF token a new value, so neither can be planted beforehand.
        login(request._request, user)
        return Response(UserSerializer(user).data)


class LogoutView(APIView):
    @extend_schema(operation_id="auth_logout", request=None, responses={204: None, **problems(401, 403)})
    def post(self, request: Request) -> Response:
        logout(request._request)
        return Response(status=HTTPStatus.NO_CONTENT)


class SessionListView(APIView):
    """Where one is signed in, the latest first. All of them: a user has few."""

    @extend_schema(
        operation_id="auth_sessions", responses={200: SessionSerializer(many=True), **problems(401)}, filters=False
    )
    def get(self, request: Request) -> Response:
        sessions = Session.objects.filter(user=user_of(request), expire_date__gt=timezone.now()).order_by(
            "-last_seen_at"
        )
        return Response(SessionSerializer(sessions, many=True, context={"request": request}).data)


class SessionView(APIView):
    @extend_schema(operation_id="auth_session_end", responses={204: None, **problems(401, 403, 404)})
    def delete(self, request: Request, id: UUID) -> Response:  # noqa: A002  as the address calls it
        if str(id) == request.session.get(SIGN_IN, {}).get("public_id"):
            logout(request._request)
        elif not services.end_session(user_of(request), id):
            raise NotFound
        return Response(status=HTTPStatus.NO_CONTENT)


class EndOtherSessionsView(APIView):
    @extend_schema(operation_id="auth_sessions_end_others", request=None, responses={204: None, **problems(401, 403)})
    def post(self, request: Request) -> Response:
        services.end_other_sessions(request._request, user_of(request))
        return Response(status=HTTPStatus.NO_CONTENT)
