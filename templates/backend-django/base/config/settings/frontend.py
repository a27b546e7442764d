"""The values that the browser may know: apps/core/frontend_config.py lists them, and nothing else gets out."""

from config.env import env
from config.settings.core import DEBUG

FRONTEND_APP_NAME = env.public("FRONTEND_APP_NAME", default="App")
FRONTEND_ENVIRONMENT = env.public("FRONTEND_ENVIRONMENT", default="development" if DEBUG else "production")
# Which build this is, by whatever name: errors are reported under it, too.
RELEASE = env.public("SENTRY_RELEASE", default="")
FRONTEND_SUPPORT_EMAIL = env.email("FRONTEND_SUPPORT_EMAIL")
FRONTEND_FEATURE_API_DOCS = env.flag("FRONTEND_FEATURE_API_DOCS", default=True)
FRONTEND_FEATURE_MAINTENANCE = env.flag("FRONTEND_FEATURE_MAINTENANCE", default=False)
# And whatever else is called so: FRONTEND_FEATURE_NEW_SEARCH=1 is `newSearch` in the browser.
FRONTEND_FEATURES = {
    name.removeprefix("FRONTEND_FEATURE_"): env.flag(name, default=False)
    for name in env.others("FRONTEND_FEATURE_", "FRONTEND_FEATURE_API_DOCS", "FRONTEND_FEATURE_MAINTENANCE")
}
