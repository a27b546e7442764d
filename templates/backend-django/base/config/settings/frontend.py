"""The values that the browser may know: apps/core/frontend_config.py lists them, and nothing else gets out."""

from config.env import env
from config.settings.core import DEBUG

FRONTEND_APP_NAME = env.text("FRONTEND_APP_NAME", default="App")
FRONTEND_ENVIRONMENT = env.text("FRONTEND_ENVIRONMENT", default="development" if DEBUG else "production")
FRONTEND_SUPPORT_EMAIL = env.email("FRONTEND_SUPPORT_EMAIL")
FRONTEND_FEATURE_API_DOCS = env.flag("FRONTEND_FEATURE_API_DOCS", default=True)
FRONTEND_FEATURE_MAINTENANCE = env.flag("FRONTEND_FEATURE_MAINTENANCE", default=False)
