"""Every route. nginx sends /api/, /admin/, /static/ and /media/ here; all else belongs to the frontend."""

from django.conf import settings
from django.conf.urls.static import static
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

from apps.core.local_files import serve_static, serve_upload
from apps.users.admin import login

api: list[URLPattern | URLResolver] = [
    path("", include("apps.core.urls")),
    path("", include("apps.users.urls")),
    path("", include("apps.documents.urls")),
    # slot: api
    # generate: routes go above this line
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", SpectacularSwaggerView.as_view(url_name="schema"), name="docs"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{settings.API_PREFIX.strip('/')}/", include(api)),
    # Before the admin's own, which knows no limit on guessing passwords.
    path("admin/login/", login),
    path("admin/", admin.site.urls),
    # Both lists are empty unless DEBUG is on.
    *static(settings.STATIC_URL, view=serve_static),
    *static(settings.MEDIA_URL, view=serve_upload, document_root=settings.MEDIA_ROOT),
]
