"""Files that not everybody may read: a view decides, and nginx hands them over.

nginx takes the address of the file from a header and serves it from there, ranges and all; nobody else gets there. In
development the answer holds the file too, for a browser that comes to this port directly: nginx leaves that out.
"""

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header


def private_storage() -> Storage:
    """For `FileField(storage=…)`: a function, so that the migration holds no folder of this machine."""
    return storages["private"]


def hand_over(file: FieldFile, name: str, content_type: str) -> HttpResponse:
    """As a download that is called `name`, whatever it is: nothing of it is ever a page of this site."""
    if not file.storage.exists(str(file.name)):
        raise Http404("The file is gone.")
    content = b""
    if settings.DEBUG:
        with file.open() as opened:
            content = opened.read()
    headers = {
        "X-Accel-Redirect": file.url,
        "Content-Disposition": str(content_disposition_header(as_attachment=True, filename=name)),
        # Kept, but asked about each time: who may read it today may not tomorrow.
        "Cache-Control": "private, no-cache",
    }
    return HttpResponse(content, content_type=content_type, headers=headers)
