"""The worker's routes, under /api/v1/."""

from django.urls import path

from apps.worker.views import CleanUpView, TaskView

urlpatterns = [
    path("tasks/clean-up/", CleanUpView.as_view(), name="clean-up"),
    path("tasks/<uuid:task_id>/", TaskView.as_view(), name="task"),
]
