"""Example data for development: what each app makes by `seed()` in a `seed.py` of its own."""

from importlib import import_module
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.module_loading import module_has_submodule


class Command(BaseCommand):
    help = "Make example data, as far as it is not there: a second run changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("Example data has accounts that anybody could guess: only where DJANGO_DEBUG is on.")
        for config in apps.get_app_configs():
            if config.name.startswith("apps.") and config.module and module_has_submodule(config.module, "seed"):
                with transaction.atomic():
                    made: str = import_module(f"{config.name}.seed").seed()
                self.stdout.write(f"{config.verbose_name}: {made}")
