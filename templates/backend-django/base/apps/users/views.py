"""Signing in and out by session, and the users themselves."""

from http import HTTPStatus
from typing import cast

from django.contrib.auth import authenticate, login, logout
from django.middleware.csrf import get_token
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.generics import ListAPIView, RetrieveUpdateAPIView
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.core.openapi import problems
from apps.users.authentication import SignInSession
from apps.users.models import User
from apps.users.permissions import CanViewUsers
from apps.users.serializers import CsrfSerializer, LoginSerializer, UserSerializer
from apps.users.throttles import LoginThrottle


class CsrfView(APIView):
    """Sets the CSRF cookie and returns its token: a browser sends it back as X-CSRFToken when it writes."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(operation_id="auth_csrf", responses=CsrfSerializer)
    def get(self, request: Request) -> Response:
        return Response({"csrfToken": get_token(request._request)}, headers={"Cache-Control": "no-store"})


class LoginView(APIView):
    authentication_classes = (SignInSession,)
    permission_classes = (AllowAny,)
    throttle_classes = (LoginThrottle,)

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
        # Also gives the session a new key and the CSRF token a new value, so neither can be planted beforehand.
        login(request._request, user)
        return Response(UserSerializer(user).data)


class LogoutView(APIView):
    @extend_schema(operation_id="auth_logout", request=None, responses={204: None, **problems(401, 403)})
    def post(self, request: Request) -> Response:
        logout(request._request)
        return Response(status=HTTPStatus.NO_CONTENT)


@extend_schema_view(get=extend_schema(responses={200: UserSerializer(many=True), **problems(401, 403, 404)}))
class UserListView(ListAPIView[User]):
    """All users, in pages. For staff who may see users in the admin too."""

    permission_classes = (CanViewUsers,)
    serializer_class = UserSerializer
    queryset = User.objects.all()


@extend_schema_view(
    get=extend_schema(operation_id="users_me", responses={200: UserSerializer, **problems(401)}),
    patch=extend_schema(
        operation_id="users_me_update",
        responses={200: UserSerializer, **problems(400, 401, 403)},
    ),
)
class MeView(RetrieveUpdateAPIView[User]):
    """The user who is signed in."""

    serializer_class = UserSerializer
    http_method_names = ("get", "patch", "head", "options")

    def get_object(self) -> User:
        # IsAuthenticated has seen to it that this is a user.
        return cast("User", self.request.user)
