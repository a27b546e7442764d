"""Static files and uploads. Development serves what is public from Django; in production nginx does."""

from config.settings.core import BASE_DIR

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"

# What everybody may read who has the address.
MEDIA_URL = "/media/"
MEDIA_ROOT = BASE_DIR / "media"

# What a view hands over to those who may (apps/core/private_files.py). It lies in the same volume, and so in each
# backup; a name with a dot in front is served to nobody. The address is one that nginx takes from Django alone.
PRIVATE_ROOT = MEDIA_ROOT / ".private"
PRIVATE_URL = "/private/"

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_ROOT, "base_url": PRIVATE_URL},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
