"""Core's routes, under /api/v1/."""

from django.urls import path

from apps.core.development import DevelopmentView
from apps.core.views import FrontendConfigView, HealthView, LiveView

urlpatterns = [
    path("health/", HealthView.as_view(), name="health"),
    path("health/live/", LiveView.as_view(), name="health-live"),
    path("development/", DevelopmentView.as_view(), name="development"),
    path("config/frontend/", FrontendConfigView.as_view(), name="frontend-config"),
]
