"""Handing over a file that not everybody may read, whatever model it belongs to."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db.models import FileField
from django.db.models.fields.files import FieldFile
from django.http import Http404
from pytest_django import Settings

from apps.core.private_files import hand_over, private_storage


@pytest.fixture
def stored(tmp_path: Path, settings: Settings) -> FieldFile:
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {**settings.STORAGES["private"], "OPTIONS": {"location": tmp_path, "base_url": "/private/"}},
    }
    field: FileField = FileField(storage=private_storage)
    name = field.storage.save("a.txt", ContentFile(b"read me"))
    return FieldFile(None, field, name)  # type: ignore[arg-type] # no model is needed for it


@pytest.mark.parametrize(("debug", "content"), [(True, b"read me"), (False, b"")])
def test_the_proxy_gets_the_address_and_in_development_the_content_comes_along(
    stored: FieldFile, settings: Settings, debug: bool, content: bytes
) -> None:
    settings.DEBUG = debug
    answer = hand_over(stored, "Äther.txt", "text/plain")
    assert answer["X-Accel-Redirect"] == "/private/a.txt"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%C3%84ther.txt")
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer.content == content


def test_a_file_that_is_gone_is_not_found(stored: FieldFile) -> None:
    stored.storage.delete(str(stored.name))
    with pytest.raises(Http404):
        hand_over(stored, "a.txt", "text/plain")
