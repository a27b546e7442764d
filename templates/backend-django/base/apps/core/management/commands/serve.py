"""The development server, and before it the migrations: in one process, for importing Django is what takes time."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.core.servers.basehttp import WSGIServer


class Command(BaseCommand):
    help = "Run the development server; migrate first while FILE is there, which goes once that has succeeded."
    requires_system_checks = []  # what this runs has its own

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--first", type=Path, metavar="FILE", help="Stands for migrations that are still to come.")
        parser.add_argument("address")

    def handle(self, *args: Any, **options: Any) -> None:
        first: Path | None = options["first"]
        if first is not None and first.exists():
            call_command("migrate_locked", verbosity=0)
            first.unlink()
        # Of many who come at once the system keeps as many waiting, and forgets the others: they would come again after
        # one second, three, seven. Django's own ten are few.
        WSGIServer.request_queue_size = 1024
        # develop.py reloads it; static files come from apps/core/local_files.py.
        call_command("runserver", options["address"], use_reloader=False, use_static_handler=False, skip_checks=False)
