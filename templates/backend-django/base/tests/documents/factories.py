"""Documents for tests."""

import factory
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory

from apps.documents.models import Attachment, Document
from tests.factories import UserFactory

PNG = b"\x89PNG\r\n\x1a\n" + bytes(16)


class DocumentFactory(DjangoModelFactory[Document]):
    class Meta:
        model = Document

    owner = factory.SubFactory(UserFactory)
    title = factory.Sequence(lambda number: f"Document {number}")
    body = "Some text."


class AttachmentFactory(DjangoModelFactory[Attachment]):
    class Meta:
        model = Attachment

    document = factory.SubFactory(DocumentFactory)
    file = factory.LazyFunction(lambda: ContentFile(PNG, name=".png"))
    name = "picture.png"
    size = len(PNG)
    content_type = "image/png"
