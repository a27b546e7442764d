"""How core's answers look in JSON: the OpenAPI schema, and from it the frontend's types, come from here."""

from typing import Any

from rest_framework import serializers

from apps.core.frontend_config import FrontendConfig, features
from apps.core.migration_state import Difference

CHECK_STATES = ("healthy", "unhealthy")
STATES = ("healthy", "degraded", "unhealthy")


class LiveSerializer(serializers.Serializer[dict[str, str]]):
    status = serializers.ChoiceField(choices=("ok",))


class CheckSerializer(serializers.Serializer[dict[str, object]]):
    status = serializers.ChoiceField(choices=CHECK_STATES)
    latencyMs = serializers.FloatField()
    error = serializers.CharField(required=False)


class HealthSerializer(serializers.Serializer[dict[str, object]]):
    status = serializers.ChoiceField(choices=STATES)
    checks = serializers.DictField(child=CheckSerializer())


class LinksSerializer(serializers.Serializer[dict[str, str]]):
    admin = serializers.CharField()
    apiDocs = serializers.CharField(source="api_docs")
    schema = serializers.CharField()


class FeaturesSerializer(serializers.Serializer[dict[str, bool]]):
    """A field for each switch that is registered: the schema of this project names its own parts and no other."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return {name: serializers.BooleanField() for name in features.names}


class FrontendConfigSerializer(serializers.Serializer[FrontendConfig]):
    schemaVersion = serializers.IntegerField(source="schema_version")
    appName = serializers.CharField(source="app_name")
    environment = serializers.CharField()
    release = serializers.CharField(allow_null=True)
    apiBaseUrl = serializers.CharField(source="api_base_url")
    csrfCookieName = serializers.CharField(source="csrf_cookie_name")
    supportEmail = serializers.EmailField(source="support_email", allow_null=True)
    links = LinksSerializer()
    features = FeaturesSerializer()


class DifferenceSerializer(serializers.Serializer[Difference]):
    what = serializers.CharField()
    command = serializers.CharField()


class DevelopmentSerializer(serializers.Serializer[dict[str, object]]):
    hasSuperuser = serializers.BooleanField()
    hasRunTests = serializers.BooleanField()
    migrations = DifferenceSerializer(many=True)


class ProblemSerializer(serializers.Serializer[dict[str, object]]):
    # Two of these are called like properties of a serializer; its metaclass keeps fields and properties apart.
    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.CharField(required=False)
    instance = serializers.CharField(required=False)  # type: ignore[assignment]
    requestId = serializers.CharField(required=False)
    errors = serializers.DictField(required=False)  # type: ignore[assignment]
