"""The table in apps/documents/permissions.py, cell by cell."""

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from apps.documents.models import Document
from tests.documents.factories import PNG, AttachmentFactory
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

type Row = dict[str, bool | int | None]

ALL: Row = {"list": True, "read": 200, "file": 200, "change": 200, "attach": 200, "detach": 204, "delete": 204}
NOTHING: Row = {"list": False, "read": 404, "file": 404, "change": 404, "attach": 404, "detach": 404, "delete": 404}
ANONYMOUS: Row = {"list": None, "read": 401, "file": 401, "change": 401, "attach": 401, "detach": 401, "delete": 401}
READS: Row = {"list": True, "read": 200, "file": 200, "change": 403, "attach": 403, "detach": 403, "delete": 403}

# Who it is, with which permissions: what he may do with somebody's document, private and shared.
TABLE: dict[str, tuple[Row, Row]] = {
    "anonymous": (ANONYMOUS, ANONYMOUS),
    "owner": (ALL, ALL),
    "other": (NOTHING, READS),
    "other view change delete": (NOTHING, READS),  # permissions without being staff are none
    "staff": (NOTHING, READS),
    "staff view": (READS, READS),
    "staff change": (NOTHING, {**ALL, "delete": 403}),
    "staff view change": ({**ALL, "delete": 403}, {**ALL, "delete": 403}),
    "staff delete": (NOTHING, {**READS, "delete": 204}),
    "staff view delete": ({**READS, "delete": 204}, {**READS, "delete": 204}),
    "superuser": (ALL, ALL),
}
CELLS = [
    pytest.param(who, shared, what, row[shared][what], id=f"{who}-{'shared' if shared else 'private'}-{what}")
    for who, row in TABLE.items()
    for shared in (False, True)
    for what in ALL
]


@pytest.mark.parametrize(("who", "shared", "what", "expected"), CELLS)
def test_who_may_do_what(api: APIClient, who: str, shared: bool, what: str, expected: bool | int | None) -> None:
    document = AttachmentFactory.create(document__shared=shared).document
    sign_in(api, who, document)
    if what == "list":
        results = api.get("/api/v1/documents/").json().get("results")
        assert (results if results is None else bool(results)) == expected
    else:
        assert act(api, what, document) == expected


@pytest.mark.parametrize(("who", "shared"), [(who, shared) for who in TABLE for shared in (False, True)])
def test_the_answer_says_what_may_be_done(api: APIClient, who: str, shared: bool) -> None:
    document = AttachmentFactory.create(document__shared=shared).document
    sign_in(api, who, document)
    row = TABLE[who][shared]
    if row["read"] == 200:
        said = api.get(f"/api/v1/documents/{document.pk}/").json()["permissions"]
        assert said == {"change": row["change"] == 200, "delete": row["delete"] == 204}


def sign_in(api: APIClient, who: str, document: Document) -> None:
    role, *permissions = who.split()
    if role == "anonymous":
        return
    user = document.owner if role == "owner" else UserFactory.create(is_staff=role in {"staff", "superuser"})
    user.is_superuser = role == "superuser"
    user.save()
    for name in permissions:
        user.user_permissions.add(Permission.objects.get(codename=f"{name}_document"))
    api.force_login(user)


def act(api: APIClient, what: str, document: Document) -> int:
    url = f"/api/v1/documents/{document.pk}/"
    upload = {"file": SimpleUploadedFile("other.png", PNG)}
    done = {
        "read": lambda: api.get(url),
        "file": lambda: api.get(f"{url}attachment/"),
        "change": lambda: api.patch(url, {"title": "Another"}),
        "attach": lambda: api.put(f"{url}attachment/", upload, format="multipart"),
        "detach": lambda: api.delete(f"{url}attachment/"),
        "delete": lambda: api.delete(url),
    }[what]()
    return done.status_code
