"""Starting a task and asking how it is. The id is all that is needed to ask, and nobody can guess it."""

from typing import Any
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django_tasks import TaskResult, default_task_backend
from django_tasks.exceptions import TaskResultDoesNotExist
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAdminUser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.core.openapi import problems
from apps.worker.tasks import clean_up

# Written out, and marked as optional: the frontend's types are the same for projects without a worker.
STATE = {
    "type": "object",
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "status": {"type": "string", "enum": ["ready", "running", "successful", "failed"]},
        "finishedAt": {"type": "string", "format": "date-time", "nullable": True},
    },
    "required": ["id", "status", "finishedAt"],
}
OPTIONAL = {"x-optional": True}


class TaskView(APIView):
    @extend_schema(operation_id="task", responses={200: STATE, **problems(401, 404)}, extensions=OPTIONAL)
    def get(self, request: Request, task_id: UUID) -> Response:
        """How a task is. Known for an hour after it was last heard of."""
        try:
            return Response(state(default_task_backend.get_result(str(task_id))))
        except (TaskResultDoesNotExist, ImportError) as error:
            raise Http404 from error


class CleanUpView(APIView):
    """An example: whoever may use the admin starts a task, and asks for its state where `Location` says."""

    permission_classes = (IsAdminUser,)

    @extend_schema(
        operation_id="clean_up", request=None, responses={202: STATE, **problems(401, 403)}, extensions=OPTIONAL
    )
    def post(self, request: Request) -> Response:
        """Delete expired sessions, in the background."""
        result = clean_up.enqueue()
        return Response(state(result), status=202, headers={"Location": reverse("task", args=[result.id])})


def state(result: TaskResult[Any]) -> dict[str, Any]:
    return {"id": result.id, "status": result.status.lower(), "finishedAt": result.finished_at}
