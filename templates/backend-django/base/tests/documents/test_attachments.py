"""Attachments: what is taken, under which name, and when a file goes."""

import hashlib
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_tasks import TaskResultStatus
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from rest_framework.test import APIClient

from apps.documents.models import Attachment, Document
from apps.documents.tasks import fingerprint
from apps.users.models import User
from tests.documents.factories import PNG, AttachmentFactory, DocumentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(api: APIClient, user: User) -> Document:
    api.force_login(user)
    return DocumentFactory.create(owner=user)


def put(api: APIClient, document: Document, content: bytes, name: str = "file") -> Any:
    url = f"/api/v1/documents/{document.pk}/attachment/"
    return api.put(url, {"file": SimpleUploadedFile(name, content)}, format="multipart")


def stored(name: str) -> bytes | None:
    storage = storages["private"]
    return storage.open(name).read() if storage.exists(name) else None


def names() -> set[str]:
    return set(storages["private"].listdir("documents")[1])


@pytest.mark.parametrize(
    ("content", "content_type", "suffix"),
    [
        (PNG, "image/png", ".png"),
        (b"\xff\xd8\xff\xe0...", "image/jpeg", ".jpg"),
        (b"%PDF-1.7\n", "application/pdf", ".pdf"),
        ("Grüße,\n\tAda\r\n".encode(), "text/plain", ".txt"),
        (b"<script>alert(1)</script>", "text/plain", ".txt"),
    ],
)
def test_a_file_is_what_its_content_is_whatever_it_is_called(
    api: APIClient, document: Document, content: bytes, content_type: str, suffix: str
) -> None:
    response = put(api, document, content, "../../page.html")
    assert response.status_code == 200
    attachment = response.json()["attachment"]
    assert attachment["contentType"] == content_type
    assert (attachment["name"], attachment["size"]) == ("page.html", len(content))
    assert attachment["url"] == f"/api/v1/documents/{document.pk}/attachment/"
    name = Attachment.objects.get().file.name or ""
    assert name.endswith(suffix)
    assert "page" not in name
    assert stored(name) == content


@pytest.mark.parametrize(
    "content", [b"MZ\x90\x00", b"\x00text", b"\xff\xfetext", b"GIF89a\x01\x00", b"", b"x" * (5 * 1024 * 1024 + 1)]
)
def test_anything_else_is_refused(api: APIClient, document: Document, content: bytes) -> None:
    response = put(api, document, content, "picture.png")
    assert response.status_code == 400
    assert list(response.json()["errors"]) == ["file"]
    assert not Attachment.objects.exists()


def test_the_largest_that_is_allowed_is_taken(api: APIClient, document: Document) -> None:
    assert put(api, document, b"x" * (5 * 1024 * 1024)).status_code == 200


def test_what_is_no_form_is_refused(api: APIClient, document: Document) -> None:
    assert api.put(f"/api/v1/documents/{document.pk}/attachment/", {"file": "text"}).status_code == 415


def test_the_checksum_follows_once_the_file_is_certain_to_stay(
    api: APIClient, document: Document, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        assert put(api, document, PNG).json()["attachment"]["checksum"] is None
    for callback in callbacks:
        callback()
    seen = api.get(f"/api/v1/documents/{document.pk}/").json()["attachment"]
    assert seen["checksum"] == hashlib.sha256(PNG).hexdigest()


def test_the_task_bears_that_there_is_no_file_any_more(document: Document) -> None:
    assert fingerprint.enqueue(document.pk).status == TaskResultStatus.SUCCESSFUL


def test_another_file_takes_the_place_and_the_old_one_goes_on_commit(
    api: APIClient, document: Document, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    put(api, document, PNG)
    old = Attachment.objects.get().file.name or ""
    with django_capture_on_commit_callbacks() as callbacks:
        assert put(api, document, b"text").status_code == 200
        assert stored(old)
    for callback in callbacks:
        callback()
    assert stored(old) is None
    assert stored(Attachment.objects.get().file.name or "") == b"text"


@pytest.mark.parametrize("way", ["attachment", "document", "owner"])
def test_a_file_goes_with_whatever_it_belonged_to(
    api: APIClient, user: User, way: str, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    attachment = AttachmentFactory.create(document__owner=user)
    api.force_login(user)
    name = attachment.file.name or ""
    url = f"/api/v1/documents/{attachment.document.pk}/"
    with django_capture_on_commit_callbacks(execute=True):
        if way == "owner":
            user.delete()
        else:
            assert api.delete(f"{url}attachment/" if way == "attachment" else url).status_code == 204
    assert stored(name) is None


def test_a_file_whose_row_is_rolled_back_goes_too(
    document: Document, monkeypatch: pytest.MonkeyPatch, api: APIClient
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError

    put(api, document, b"the one that stays")
    before = names()
    monkeypatch.setattr(Document, "save", fail)
    with pytest.raises(RuntimeError):
        put(api, document, PNG)
    assert names() == before
    assert stored(Attachment.objects.get().file.name or "") == b"the one that stays"


@pytest.mark.parametrize("debug", [False, True])
def test_a_file_is_handed_over_by_the_proxy_and_in_development_comes_along(
    api: APIClient, document: Document, settings: Settings, debug: bool
) -> None:
    settings.DEBUG = debug
    put(api, document, PNG, 'Grüße "2".png')
    response = api.get(f"/api/v1/documents/{document.pk}/attachment/")
    assert response["X-Accel-Redirect"] == f"/private/{Attachment.objects.get().file.name}"
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''Gr%C3%BC%C3%9Fe%20%222%22.png"
    assert (response["Content-Type"], response["Cache-Control"]) == ("image/png", "private, no-cache")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response.content == (PNG if debug else b"")


def test_where_there_is_no_file_none_is_found(api: APIClient, document: Document) -> None:
    url = f"/api/v1/documents/{document.pk}/attachment/"
    assert api.get(url).status_code == 404
    put(api, document, PNG)
    storages["private"].delete(Attachment.objects.get().file.name or "")
    gone = api.get(url)
    assert (gone.status_code, gone["Content-Type"]) == (404, "application/problem+json")


def test_the_admin_shows_documents_and_puts_no_file_in(client: Client, staff: User) -> None:
    attachment = AttachmentFactory.create()
    assert (str(attachment), str(attachment.document)) == ("picture.png", attachment.document.title)
    client.force_login(staff)
    page = client.get(f"/admin/documents/document/{attachment.document.pk}/change/").content.decode()
    assert f'href="/api/v1/documents/{attachment.document.pk}/attachment/"' in page
    assert 'type="file"' not in page
    assert client.get("/admin/documents/document/?q=Document").status_code == 200
