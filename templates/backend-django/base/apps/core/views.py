"""Health and runtime configuration: open to everybody, so they touch neither session nor user."""

import hashlib
from http import HTTPStatus
from typing import ClassVar

from django.http.response import HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.core import frontend_config
from apps.core.health.report import reporter
from apps.core.serializers import FrontendConfigSerializer, HealthSerializer, LiveSerializer


class OpenView(APIView):
    """No authentication at all: that would load the session, and with it need the database."""

    authentication_classes = ()
    permission_classes = (AllowAny,)


class LiveView(OpenView):
    """The process answers. No input or output: nothing that is down elsewhere can fail this."""

    @extend_schema(operation_id="health_live", responses=LiveSerializer)
    def get(self, request: Request) -> Response:
        return Response({"status": "ok"}, headers={"Cache-Control": "no-store"})


class HealthView(OpenView):
    """Everything that this service uses, each with its own answer and latency.

    503 if something fails that requests need. What is away beside them makes it `degraded`, with 200: replicas of
    this service and the start of others must not depend on it.
    """

    @extend_schema(operation_id="health", responses={200: HealthSerializer, 503: HealthSerializer})
    def get(self, request: Request) -> Response:
        report = reporter.current()
        return Response(
            report,
            status=HTTPStatus.SERVICE_UNAVAILABLE if report["status"] == "unhealthy" else HTTPStatus.OK,
            headers={"Cache-Control": "no-store"},
        )


class FrontendConfigView(OpenView):
    """The runtime configuration. The browser keeps it and asks each time whether it is still current."""

    # The same for everybody, and of the same values until a restart or a switch: rendered and hashed once.
    _last: ClassVar[tuple[frontend_config.FrontendConfig, bytes, str] | None] = None

    @extend_schema(operation_id="frontend_config", responses=FrontendConfigSerializer)
    def get(self, request: Request) -> HttpResponseBase:
        body, etag = self._rendered(frontend_config.current())
        response = HttpResponse(body, content_type="application/json", headers={"ETag": etag})
        patch_cache_control(response, no_cache=True)
        # Returns the response itself, or a 304 for a browser that has this version.
        return get_conditional_response(request._request, etag=etag, response=response) or response

    @classmethod
    def _rendered(cls, config: frontend_config.FrontendConfig) -> tuple[bytes, str]:
        last = cls._last
        if last is None or last[0] != config:
            body: bytes = JSONRenderer().render(FrontendConfigSerializer(config).data)
            last = cls._last = (config, body, quote_etag(hashlib.sha256(body).hexdigest()[:32]))
        return last[1:]
