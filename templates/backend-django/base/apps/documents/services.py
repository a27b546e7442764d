"""What changes documents: every write ends here, whoever asks for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from rest_framework.exceptions import ValidationError

from apps.documents.file_types import FileType
from apps.documents.models import TITLE_ONCE, Attachment, Document
from apps.documents.tasks import fingerprint
from apps.users.models import User


def create(owner: User, **fields: Any) -> Document:
    with _title_once():
        return Document.objects.create(owner=owner, **fields)


def update(document: Document, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(document, name, value)
    with _title_once():
        document.save(update_fields=[*fields, "updated_at"])


def attach(document: Document, file: UploadedFile[Any], file_type: FileType) -> None:
    """In place of the file that was there. Its checksum follows: a task reads it once it is certain to stay."""
    name = PurePath(file.name or "").name[-255:]
    with transaction.atomic():
        # One after the other: two at once would both find no file to replace.
        Document.objects.select_for_update().get(pk=document.pk)
        Attachment.objects.filter(document=document).delete()
        file.name = file_type.suffix
        Attachment.objects.create(
            document=document, file=file, name=name, size=file.size or 0, content_type=file_type.content_type
        )
        document.save(update_fields=["updated_at"])
        # Robust: the file is stored, and whoever sent it should hear so, whatever becomes of the checksum.
        transaction.on_commit(partial(fingerprint.enqueue, document.pk), robust=True)


def detach(document: Document) -> None:
    Attachment.objects.filter(document=document).delete()
    document.save(update_fields=["updated_at"])


@contextmanager
def _title_once() -> Iterator[None]:
    """The database decides: a look beforehand would miss whoever writes at the same time."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if TITLE_ONCE not in str(error):
            raise
        raise ValidationError({"title": ["You have a document with this title already."]}) from error
