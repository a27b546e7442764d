"""The users themselves."""

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.generics import ListAPIView, RetrieveUpdateAPIView

from apps.core.openapi import problems
from apps.users.authentication import user_of
from apps.users.models import User
from apps.users.permissions import CanViewUsers
from apps.users.serializers import UserSerializer


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
        return user_of(self.request)
