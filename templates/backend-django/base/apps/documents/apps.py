"""Documents: a resource worked out in full, to copy from. docs/documents.md says how to take it out."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "apps.documents"
