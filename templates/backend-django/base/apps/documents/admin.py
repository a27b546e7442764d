"""Documents in the admin. A file is looked at there and not put in: only the API checks what is in it."""

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from apps.documents.models import Attachment, Document


class AttachmentInline(admin.StackedInline[Attachment, Document]):
    model = Attachment
    fields = readonly_fields = ("link", "size", "content_type", "checksum")

    def has_add_permission(self, request: HttpRequest, obj: Document | None = None) -> bool:
        return False

    @admin.display(description="file")
    def link(self, attachment: Attachment) -> SafeString:
        url = reverse("document-attachment", args=[attachment.document_id])
        return format_html('<a href="{}">{}</a>', url, attachment.name)


@admin.register(Document)
class DocumentAdmin(admin.ModelAdmin[Document]):
    list_display = ("title", "owner", "shared", "updated_at")
    list_filter = ("shared",)
    list_select_related = ("owner",)
    search_fields = ("title", "body", "owner__email")
    autocomplete_fields = ("owner",)
    inlines = (AttachmentInline,)
