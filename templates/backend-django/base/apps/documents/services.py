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
    attachment = Attachment(document=document, name=name, size=file.size or 0, content_type=file_type.content_type)
    # Before the transaction: a slow disk holds nobody up.
    attachment.file.save(file_type.suffix, file, save=False)
    with transaction.atomic(), _kept_with_its_row(attachment):
        # One after the other: two at once would both find no file to replace.
        Document.objects.select_for_update().get(pk=document.pk)
        Attachment.objects.filter(document=document).delete()
        attachment.save()
        document.save(update_fields=["updated_at"])
        # Robust: the file is stored, and whoever sent it should hear so, whatever becomes of the checksum.
        transaction.on_commit(partial(fingerprint.enqueue, document.pk), robust=True)


def detach(document: Document) -> None:
    Attachment.objects.filter(document=document).delete()
    document.save(update_fields=["updated_at"])


@contextmanager
def _kept_with_its_row(attachment: Attachment) -> Iterator[None]:
    """Where the row is rolled back its file goes too: nothing else would ever lead to it."""
    try:
        yield
    except BaseException:
        attachment.file.storage.delete(str(attachment.file.name))
        raise


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
