"""How core's answers look in JSON: the OpenAPI schema, and from it the frontend's types, come from here."""

from rest_framework import serializers

from apps.core.frontend_config import FrontendConfig

STATES = ("healthy", "unhealthy")


class LiveSerializer(serializers.Serializer[dict[str, str]]):
    status = serializers.ChoiceField(choices=("ok",))


class CheckSerializer(serializers.Serializer[dict[str, object]]):
    status = serializers.ChoiceField(choices=STATES)
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
    apiDocs = serializers.BooleanField(source="api_docs")
    maintenance = serializers.BooleanField()
    worker = serializers.BooleanField()


class FrontendConfigSerializer(serializers.Serializer[FrontendConfig]):
    schemaVersion = serializers.IntegerField(source="schema_version")
    appName = serializers.CharField(source="app_name")
    environment = serializers.CharField()
    apiBaseUrl = serializers.CharField(source="api_base_url")
    supportEmail = serializers.EmailField(source="support_email", allow_null=True)
    links = LinksSerializer()
    features = FeaturesSerializer()


class ProblemSerializer(serializers.Serializer[dict[str, object]]):
    # Two of these are called like properties of a serializer; its metaclass keeps fields and properties apart.
    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    instance = serializers.CharField(required=False)  # type: ignore[assignment]
    requestId = serializers.CharField(required=False)
    errors = serializers.DictField(required=False)  # type: ignore[assignment]
