"""The OpenAPI schema says what is really sent: every error is a problem document, whatever its status."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import Direction
from rest_framework import serializers

from apps.core.problems import CONTENT_TYPE
from apps.core.serializers import ProblemSerializer


class ProblemSchema(AutoSchema):
    """Each operation may also answer with any other error, in the one shape that errors have."""

    def _map_serializer_field(
        self, field: serializers.Field[Any, Any, Any, Any], direction: Direction, bypass_extensions: bool = False
    ) -> dict[str, Any]:
        schema: dict[str, Any] = super()._map_serializer_field(  # type: ignore[no-untyped-call]
            field, direction, bypass_extensions
        )
        if direction == "request" and type(field) is serializers.CharField:
            # REST framework refuses the null character everywhere; PostgreSQL cannot keep it.
            schema = {**schema, "pattern": r"^[^\u0000]*$"}
        return schema

    def _get_response_bodies(self, direction: Direction = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        rest = self._get_response_for_code(  # type: ignore[no-untyped-call]
            ProblemSerializer, "500", media_types=[CONTENT_TYPE]
        )
        return {**bodies, "default": {**rest, "description": "Any other error."}}


def problems(*statuses: int) -> dict[tuple[int, str], type[ProblemSerializer]]:
    """For `extend_schema(responses=…)`: the errors that a client should expect of this operation."""
    return {(status, CONTENT_TYPE): ProblemSerializer for status in statuses}
