"""Documents over HTTP: written, found, ordered, and refused."""

from typing import Any

import pytest
from django.db import IntegrityError
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from apps.documents import services
from apps.documents.models import Document
from apps.users.models import User
from tests.documents.factories import AttachmentFactory, DocumentFactory
from tests.factories import UserFactory

URL = "/api/v1/documents/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(api: APIClient, user: User) -> User:
    api.force_login(user)
    return user


def titles(api: APIClient, **query: Any) -> list[str]:
    return [each["title"] for each in api.get(URL, query).json()["results"]]


def test_a_documents_life(api: APIClient, reader: User) -> None:
    made = api.post(URL, {"title": " Plan ", "body": "One."})
    assert made.status_code == 201
    document = made.json()
    assert document.pop("createdAt").endswith("Z")
    assert document.pop("updatedAt").endswith("Z")
    assert document == {
        "id": Document.objects.get().pk,
        "title": "Plan",
        "body": "One.",
        "shared": False,
        "owner": {"id": reader.pk, "name": "Ada Lovelace"},
        "attachment": None,
        "permissions": {"change": True, "delete": True},
    }
    changed = api.patch(f"{URL}{document['id']}/", {"shared": True, "owner": 99, "id": 99}).json()
    assert (changed["id"], changed["shared"], changed["title"], changed["owner"]["id"]) == (
        document["id"],
        True,
        "Plan",
        reader.pk,
    )
    assert changed["updatedAt"] > changed["createdAt"]
    assert api.delete(f"{URL}{document['id']}/").status_code == 204
    assert api.get(URL).json()["count"] == 0


def test_who_gave_no_name_is_shown_by_number_and_not_by_address(api: APIClient, reader: User) -> None:
    owner = DocumentFactory.create(shared=True).owner
    assert api.get(URL).json()["results"][0]["owner"] == {"id": owner.pk, "name": f"User {owner.pk}"}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"title": "Plan", "body": "x" * 20_001}, "body"),
        ({}, "title"),
    ],
)
def test_a_wrong_field_is_named(api: APIClient, reader: User, change: dict[str, str], field: str) -> None:
    response = api.post(URL, change)
    assert response.status_code == 400
    assert list(response.json()["errors"]) == [field]


def test_a_title_is_used_once_by_each_owner_in_any_case(api: APIClient, reader: User) -> None:
    DocumentFactory.create(title="Plan")  # somebody else's
    assert api.post(URL, {"title": "Plan"}).status_code == 201
    other = api.post(URL, {"title": "Other"}).json()
    for refused in (api.post(URL, {"title": "PLAN"}), api.patch(f"{URL}{other['id']}/", {"title": "plan"})):
        assert refused.status_code == 400
        assert refused.json()["errors"] == {"title": ["You have a document with this title already."]}


def test_another_fault_of_the_database_is_not_called_a_matter_of_titles(user: User) -> None:
    document = DocumentFactory.create(owner=user)
    with pytest.raises(IntegrityError):
        services.update(document, body=None)


def test_search_looks_into_title_and_body(api: APIClient, reader: User) -> None:
    DocumentFactory.create(owner=reader, title="Harbour")
    DocumentFactory.create(owner=reader, title="Town", body="by the HARBOUR")
    DocumentFactory.create(owner=reader, title="Hill")
    DocumentFactory.create(title="Harbour of another")
    assert sorted(titles(api, search="harbour")) == ["Harbour", "Town"]
    assert len(titles(api, search="")) == 3


def test_lists_are_narrowed(api: APIClient, reader: User) -> None:
    DocumentFactory.create(owner=reader, title="own")
    DocumentFactory.create(owner=reader, title="own shared", shared=True)
    DocumentFactory.create(title="another's", shared=True)
    assert sorted(titles(api)) == ["another's", "own", "own shared"]
    assert sorted(titles(api, owner="me")) == ["own", "own shared"]
    assert sorted(titles(api, shared="true")) == ["another's", "own shared"]
    assert titles(api, shared="false") == ["own"]
    assert titles(api, owner="me", shared="true", search="own") == ["own shared"]


@pytest.mark.parametrize(
    ("ordering", "expected"),
    [
        ("title", "abc"),
        ("-title", "cba"),
        ("createdAt", "bca"),
        ("-createdAt", "acb"),
        ("updatedAt", "cab"),
        ("-updatedAt", "bac"),
        ("", "acb"),
    ],
)
def test_lists_are_ordered(api: APIClient, reader: User, ordering: str, expected: str) -> None:
    made = {title: DocumentFactory.create(owner=reader, title=title) for title in "bca"}
    for title in "cab":
        made[title].save()
    assert "".join(titles(api, **({"ordering": ordering} if ordering else {}))) == expected


@pytest.mark.parametrize("query", [{"ordering": "owner"}, {"owner": "1"}, {"shared": "perhaps"}, {"search": "\0"}])
def test_what_a_list_cannot_be_asked_for_is_named(api: APIClient, reader: User, query: dict[str, str]) -> None:
    response = api.get(URL, query)
    assert response.status_code == 400
    assert list(response.json()["errors"]) == list(query)


def test_what_is_no_number_is_not_found(api: APIClient, reader: User) -> None:
    for each in ("nothing", "0", "9" * 18, "9" * 40):
        assert api.get(f"{URL}{each}/").status_code == 404


@pytest.mark.parametrize("documents", [1, 20])
def test_a_list_asks_as_much_of_the_database_however_long_it_is(
    api: APIClient, documents: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    api.force_login(UserFactory.create(is_staff=True))
    AttachmentFactory.create_batch(documents, document__shared=True)
    # Session, user, his permissions and those of his groups, how many there are, and the page.
    with django_assert_max_num_queries(6):
        assert len(titles(api)) == documents
