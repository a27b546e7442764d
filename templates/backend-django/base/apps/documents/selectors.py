"""Which documents there are for whom, and in which order: every read begins here."""

from django.db.models import Q, QuerySet

from apps.documents.models import Document
from apps.documents.permissions import is_staff_with
from apps.users.models import User


def readable_by(user: User) -> QuerySet[Document]:
    documents = Document.objects.select_related("owner", "attachment")
    if is_staff_with(user, "view"):
        return documents
    return documents.filter(Q(owner=user) | Q(shared=True))


def find(
    user: User, *, search: str = "", owner: str | None = None, shared: bool | None = None, ordering: str = "-created_at"
) -> QuerySet[Document]:
    documents = readable_by(user)
    if search:
        documents = documents.filter(Q(title__icontains=search) | Q(body__icontains=search))
    if owner == "me":
        documents = documents.filter(owner=user)
    if shared is not None:
        documents = documents.filter(shared=shared)
    # Equal ones need an order too, or pages could repeat and omit some.
    return documents.order_by(ordering, "-id")
