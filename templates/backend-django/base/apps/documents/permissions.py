"""Who may do what with a document.

| who                           | read, file  | change, attach | delete |
| ----------------------------- | ----------- | -------------- | ------ |
| its owner                     | yes         | yes            | yes    |
| anybody else who is signed in | if shared   | no             | no     |
| staff with view_document      | yes         | no             | no     |
| staff with change_document    | if shared   | if readable    | no     |
| staff with delete_document    | if shared   | no             | if readable |

What somebody may not read is not found (404); what he may read and not change is forbidden (403).
"""

from rest_framework.permissions import SAFE_METHODS, IsAuthenticated
from rest_framework.request import Request
from rest_framework.views import APIView

from apps.documents.models import Document
from apps.users.authentication import user_of
from apps.users.models import User


def is_staff_with(user: User, permission: str) -> bool:
    return user.is_staff and user.has_perm(f"documents.{permission}_document")


def may_change(user: User, document: Document) -> bool:
    return document.owner_id == user.pk or is_staff_with(user, "change")


def may_delete(user: User, document: Document) -> bool:
    return document.owner_id == user.pk or is_staff_with(user, "delete")


class DocumentPermission(IsAuthenticated):
    """What cannot be read never gets here: selectors.py leaves it out."""

    def has_object_permission(self, request: Request, view: APIView, document: Document) -> bool:
        if request.method in SAFE_METHODS:
            return True
        deletes = request.method == "DELETE" and view.action == "destroy"  # type: ignore[attr-defined]
        return may_delete(user_of(request), document) if deletes else may_change(user_of(request), document)
