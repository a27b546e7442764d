"""Documents in the admin. A file is looked at there and not put in: only the API checks what is in it."""

from django.contrib import admin
from django.http import HttpRequest

from apps.documents.models import Attachment, Document


class AttachmentInline(admin.StackedInline[Attachment, Document]):
    model = Attachment
    readonly_fields = ("file", "name", "size", "content_type", "checksum")

    def has_add_permission(self, request: HttpRequest, obj: Document | None = None) -> bool:
        return False


@admin.register(Document)
class DocumentAdmin(admin.ModelAdmin[Document]):
    list_display = ("title", "owner", "shared", "updated_at")
    list_filter = ("shared",)
    list_select_related = ("owner",)
    search_fields = ("title", "body", "owner__email")
    autocomplete_fields = ("owner",)
    inlines = (AttachmentInline,)
