"""What the first page tells of a development stack beside its health: how far its owner has come, and where the
database and the checkout differ. In production there is no such thing, and nobody to tell it to."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.migration_state import differences
from apps.core.openapi import problems
from apps.core.serializers import DevelopmentSerializer
from apps.core.views import OpenView


class DevelopmentView(OpenView):
    @extend_schema(operation_id="development", responses={200: DevelopmentSerializer, **problems(404)})
    def get(self, request: Request) -> Response:
        """For the first page, in development; in production it is not found."""
        if not settings.DEBUG:
            raise Http404
        told = {
            "hasSuperuser": get_user_model().objects.filter(is_superuser=True).exists(),
            # `./docker-dev.sh test` leaves it.
            "hasRunTests": (settings.BASE_DIR / "logs/tests-passed").exists(),
            "migrations": differences(),
        }
        return Response(DevelopmentSerializer(told).data, headers={"Cache-Control": "no-store"})
