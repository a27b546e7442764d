"""Documents in JSON, and what a list can be asked for."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.documents import permissions
from apps.documents.file_types import MAX_SIZE, recognise
from apps.documents.models import Attachment, Document
from apps.users.models import User

ORDERINGS = {"title": "title", "createdAt": "created_at", "updatedAt": "updated_at"}
ORDERINGS |= {f"-{name}": f"-{field}" for name, field in ORDERINGS.items()}


class DocumentQuerySerializer(serializers.Serializer[dict[str, Any]]):
    search = serializers.CharField(required=False, allow_blank=True, max_length=200)
    ordering = serializers.ChoiceField(choices=tuple(ORDERINGS), required=False)
    owner = serializers.ChoiceField(choices=("me",), required=False)
    shared = serializers.BooleanField(required=False)

    def validate_ordering(self, ordering: str) -> str:
        return ORDERINGS[ordering]


class OwnerSerializer(serializers.ModelSerializer[User]):
    """As much as others may know of a user."""

    name = serializers.SerializerMethodField()

    class Meta:
        model = User
        fields = ("id", "name")

    def get_name(self, user: User) -> str:
        return user.get_full_name() or f"User {user.pk}"


class AttachmentSerializer(serializers.ModelSerializer[Attachment]):
    contentType = serializers.CharField(source="content_type")
    url = serializers.SerializerMethodField()

    class Meta:
        model = Attachment
        fields = ("name", "size", "contentType", "url", "checksum")

    def get_url(self, attachment: Attachment) -> str:
        """Where whoever may read the document gets it. Without a host: a page has the right one."""
        return reverse("document-attachment", args=[attachment.document_id])


class PermissionsSerializer(serializers.Serializer[dict[str, bool]]):
    """What the reader may do with it, so that a page offers nothing else."""

    change = serializers.BooleanField()
    delete = serializers.BooleanField()


class DocumentSerializer(serializers.ModelSerializer[Document]):
    owner = OwnerSerializer(read_only=True)
    attachment = AttachmentSerializer(read_only=True, allow_null=True, default=None)
    permissions = serializers.SerializerMethodField()
    createdAt = serializers.DateTimeField(source="created_at", read_only=True)
    updatedAt = serializers.DateTimeField(source="updated_at", read_only=True)

    class Meta:
        model = Document
        fields = ("id", "title", "body", "shared", "owner", "attachment", "permissions", "createdAt", "updatedAt")
        extra_kwargs = {"body": {"max_length": 20_000}}

    @extend_schema_field(PermissionsSerializer)
    def get_permissions(self, document: Document) -> dict[str, bool]:
        user = self.context["request"].user
        return {
            "change": permissions.may_change(user, document),
            "delete": permissions.may_delete(user, document),
        }


class UploadSerializer(serializers.Serializer[dict[str, Any]]):
    file = serializers.FileField()

    def validate_file(self, file: UploadedFile[Any]) -> UploadedFile[Any]:
        if (file.size or 0) > MAX_SIZE:
            raise serializers.ValidationError(f"The file is larger than {MAX_SIZE // 1024 // 1024} MB.")
        return file

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        file_type = recognise(attrs["file"])
        if file_type is None:
            raise serializers.ValidationError({"file": ["The file is none of PNG, JPEG, PDF and plain text."]})
        return {**attrs, "file_type": file_type}
