"""Example data: enough for pages, search and a filter."""

from apps.documents.models import Document
from apps.users.models import User
from apps.users.seed import PEOPLE

EACH = 30


def seed() -> str:
    for owner in User.objects.filter(email__in=PEOPLE):
        for number in range(1, EACH + 1):
            fields = {"body": f"Example number {number}.", "shared": number % 3 == 0}
            Document.objects.get_or_create(owner=owner, title=f"Document {number} of {owner}", defaults=fields)
    return f"{EACH} for each of them, every third shared"
