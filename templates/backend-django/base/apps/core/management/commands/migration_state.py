"""For docker-dev.sh: where the database and the migrations of this checkout differ."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from apps.core.migration_state import differences


class Command(BaseCommand):
    help = "Say where the database and the migrations of this checkout differ; exit code 1 if they do."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        told = differences()
        for difference in told:
            self.stdout.write(str(difference))
        if told:
            sys.exit(1)
