"""Uploads in development. In production nginx serves them."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.static import serve


def serve_upload(request: HttpRequest, path: str, document_root: str) -> HttpResponseBase:
    try:
        return serve(request, path, document_root)
    except OSError as error:
        # A name that no file can have, for example one that is too long.
        raise Http404 from error
