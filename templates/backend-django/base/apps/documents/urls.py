"""The documents' routes, under /api/v1/."""

from rest_framework.routers import SimpleRouter

from apps.documents.views import DocumentViewSet

router = SimpleRouter()
router.register("documents", DocumentViewSet, basename="document")

urlpatterns = router.urls
