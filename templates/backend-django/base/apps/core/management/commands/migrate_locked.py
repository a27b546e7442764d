"""`migrate`, one process at a time: several containers may start at once, and migrations must not run twice."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

# Any number that nothing else in this database locks; the bytes spell "migrate".
LOCK = int.from_bytes(b"migrate")


class Command(BaseCommand):
    help = "Apply migrations under a PostgreSQL advisory lock; a second process waits and then finds nothing to do."
    # As `migrate` itself: the checks that need tables cannot pass before there are any.
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        # A connection apart from the one that migrates, since `migrate` may close its own. The lock lives in
        # this session: it is gone with it, should the process be killed.
        guard = connection.copy()
        with guard.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            try:
                call_command("migrate", interactive=False, verbosity=options["verbosity"])
            finally:
                # Closing alone would hand the connection back to the pool, and the lock with it.
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        guard.close()
