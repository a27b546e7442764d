"""Who may do what with users."""

from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView


class CanViewUsers(BasePermission):
    """As the admin has it: staff, and the permission to view users. The one without the other sees nobody."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return bool(request.user.is_staff and request.user.has_perm("users.view_user"))
