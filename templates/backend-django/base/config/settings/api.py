"""Django REST framework and the OpenAPI schema."""

API_PREFIX = "/api/v1"

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["apps.users.authentication.BrowserSession"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["apps.core.json.StrictJSONParser"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "apps.core.json.JSONAnyway",
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "PAGE_SIZE": 25,
    "DEFAULT_SCHEMA_CLASS": "apps.core.openapi.ProblemSchema",
    # One proxy stands in front: the last address of X-Forwarded-For is the one that nginx saw itself.
    "NUM_PROXIES": 1,
    # As all names in its JSON.
    "NON_FIELD_ERRORS_KEY": "nonFieldErrors",
    "EXCEPTION_HANDLER": "apps.core.problems.exception_handler",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}

SPECTACULAR_SETTINGS = {
    "TITLE": "API",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_AUTHENTICATION": [],
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SCHEMA_PATH_PREFIX": API_PREFIX,
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "HealthStateEnum": "apps.core.serializers.STATES",
        "CheckStateEnum": "apps.core.serializers.CHECK_STATES",
    },
    # The pages' scripts and styles come with the application: the documentation works without a network.
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    # Links within buttons are neither to be reached by keyboard nor told by a screen reader.
    "SWAGGER_UI_SETTINGS": {"deepLinking": False},
}
