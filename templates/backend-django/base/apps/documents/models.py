"""A document, and the file that may be attached to it."""

from functools import partial
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models, transaction
from django.db.models.functions import Lower
from django.db.models.signals import post_delete
from django.dispatch import receiver

from apps.core.private_files import private_storage

TITLE_ONCE = "documents_document_title_once"


class Document(models.Model):
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="documents")
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    shared = models.BooleanField(default=False, help_text="Whether everybody who is signed in may read it.")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = (models.UniqueConstraint("owner", Lower("title"), name=TITLE_ONCE),)

    def __str__(self) -> str:
        return self.title


def random_name(_: "Attachment", name: str) -> str:
    """Nothing of what its sender called it reaches the disk."""
    return f"documents/{uuid4().hex}{name}"


class Attachment(models.Model):
    """A file. Another one in its place is another row: a row never changes its file."""

    document = models.OneToOneField(Document, models.CASCADE)
    file = models.FileField(upload_to=random_name, storage=private_storage)
    name = models.CharField(max_length=255)
    size = models.PositiveIntegerField()
    content_type = models.CharField(max_length=50)
    # SHA-256, by a task once the file is stored.
    checksum = models.CharField(max_length=64, null=True, editable=False)  # noqa: DJ001  null: not known yet

    def __str__(self) -> str:
        return self.name


@receiver(post_delete, sender=Attachment)
def delete_file(instance: Attachment, **_: Any) -> None:
    """However the row went (replaced, or with its document or owner), and only once that is certain."""
    transaction.on_commit(partial(instance.file.storage.delete, str(instance.file.name)))
