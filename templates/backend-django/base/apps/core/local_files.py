"""Static files and uploads in development. In production nginx serves both.

Static files come through here and not from `runserver`, whose own handler is outside of all middleware: it answers any
method, without a length, and a path that leads out of the folder is a crash.
"""

from collections.abc import Callable
from contextlib import closing
from functools import wraps
from pathlib import PurePosixPath

from django.contrib.staticfiles import views as staticfiles
from django.core.exceptions import SuspiciousFileOperation
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views import static
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe


def _file_view(serve: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    @csrf_exempt  # nothing but GET and HEAD is answered
    @require_safe
    @wraps(serve)
    def view(request: HttpRequest, path: str, **options: str) -> HttpResponseBase:
        if any(part.startswith(".") for part in PurePosixPath(path).parts):
            # As nginx has it: private files, and what the backups keep beside them.
            raise Http404("There is no such file.")
        try:
            response = serve(request, path, **options)
        except (OSError, SuspiciousFileOperation) as error:
            # A name that no file can have, for example one that is too long, or one outside of the folder.
            raise Http404("There is no such file.") from error
        if not isinstance(response, FileResponse) or response.file_to_stream is None:
            return response
        # Read at once, since an ASGI server cannot stream it: its iterator waits for the disk. Only the file is closed:
        # closing the response would end the request for Django.
        with closing(response.file_to_stream):
            return HttpResponse(b"".join(response), headers=response.headers)

    return view


serve_static = _file_view(staticfiles.serve)
serve_upload = _file_view(static.serve)
